"""From the commands of a script to policies: what is certain of one policy is joined, all else stands by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from policylint.exports.error import CommandError
from policylint.exports.powershell.document import ScriptDocument
from policylint.exports.powershell.names import NAMED
from policylint.exports.record import Document, Raw, Record
from policylint.knowledge.catalogue import Catalogue
from policylint.policies.binding import IDENTITY, NAME, Binder, Draft, Unbound
from policylint.policies.policy import Policy, Problem

_BEHIND = "a command before it may fail, and the script stops at errors"
_AGAIN = "a command before it sets a policy of this name already"
_RENAMED = "a command before it gives or takes this name, so which policy it sets is not certain"
_PAGES = {"activesync": "PS-NEW-AS", "mobiledevice": "PS-NEW-MD"}
"""The pages whose defaults hold for a new policy, by the family of cmdlets."""
_INFERRED = "INFER"
"""What no page prints and the catalogue infers: a new policy has no list of applications."""


@dataclass(slots=True)
class _Joined:
    """The commands that make up one policy, in their order; `closed` if no more may be joined."""

    drafts: list[Draft]
    closed: bool = False


class _Policies:
    """Joins the commands that are certain by the names of the policies."""

    def __init__(self) -> None:
        self.found: list[_Joined] = []
        self._by_name: dict[str, _Joined] = {}

    def add(self, draft: Draft) -> None:
        """Join a draft to the policy it goes on with, or begin another."""
        if draft.name is None or draft.doubt is not None:
            if draft.verb != "remove":
                self.found.append(_Joined([draft]))
            return
        name = draft.name.casefold()
        same = self._by_name.get(name)
        if draft.verb == "remove":
            if same is not None:
                same.closed = True
        elif same is None:
            same = self._by_name[name] = _Joined([draft])
            self.found.append(same)
        elif same.closed or draft.verb == "new":
            draft.doubt = _RENAMED if same.closed else _AGAIN
            self.found.append(_Joined([draft]))
        else:
            same.drafts.append(draft)
        if draft.new_name is not None and draft.doubt is None and same is not None:
            same.closed = True
            self._by_name[draft.new_name.casefold()] = same


def policies_of(document: Document, catalogue: Catalogue, build: Callable[[Record], Policy]) -> list[Policy]:
    """Return the policies that the commands of a script set, each made of a record by `build`.

    Raises `CommandError`, with the place, where there are commands and none of them can be read.
    """
    assert isinstance(document, ScriptDocument)
    binder = Binder(catalogue, document)
    joined = _Policies()
    refused: list[tuple[str, Unbound]] = []
    for command in document.commands:
        try:
            draft = binder.bind(command)
        except Unbound as unbound:
            if not (command.type_name or "").startswith("remove-"):
                refused.append((_written(document, command.mark), unbound))
            continue
        if draft is not None and draft.doubt is None and document.stops and refused:
            draft.doubt = _BEHIND
        if draft is not None:
            joined.add(draft)
    found = [_policy(each.drafts, document, catalogue, build) for each in joined.found]
    if refused and not found:
        cmdlet, first = refused[0]
        place = document.place(first.mark)
        what = "log of the Hybrid Configuration Wizard" if document.format == "hcw-log" else "script"
        message = f"{cmdlet} cannot be read from this {what}: {first.detail}"
        raise CommandError(message, path=document.path, line=place.line, column=place.column, advised=True)
    for cmdlet, each in refused:
        _tell(found, Problem("not-literal", cmdlet, each.detail, each.mark))
    return found


def _policy(
    drafts: list[Draft], document: ScriptDocument, catalogue: Catalogue, build: Callable[[Record], Policy]
) -> Policy:
    first, last = drafts[0], drafts[-1]
    names: dict[str, tuple[str, Raw, int]] = {}
    for draft in drafts:
        names.update(draft.settings)
    assumed = _defaults(first, names, catalogue) if first.verb == "new" else {}
    columns = list(names.values()) + [(spelling, value, first.command.mark) for spelling, value in assumed.values()]
    name = last.new_name or first.name
    if name is not None:
        columns.insert(0, (IDENTITY if first.verb == "set" else NAME, name, first.name_mark))
    record = Record(
        first.command.type_name,
        None,
        tuple(spelling for spelling, _, _ in columns),
        tuple(value for _, value, _ in columns),
        tuple(mark for _, _, mark in columns),
        first.command.mark,
    )
    policy = build(record)
    policy.drafted = True
    policy.assumed = frozenset(assumed)
    if name is None:
        policy.stand_in = first.stand_in
    cmdlet = _written(document, first.command.mark)
    if first.doubt is not None:
        policy.problems.append(Problem("uncertain", cmdlet, first.doubt, first.command.mark))
    if assumed:
        policy.problems.append(Problem("assumed", cmdlet, str(len(assumed)), first.command.mark))
    return policy


def _defaults(draft: Draft, given: dict[str, tuple[str, Raw, int]], catalogue: Catalogue) -> dict[str, tuple[str, Raw]]:
    """Return what the page of a New- cmdlet says of the properties that are not given, by key."""
    dialect = "activesync" if "activesync" in (draft.command.type_name or "") else "mobiledevice"
    found: dict[str, tuple[str, Raw]] = {}
    for known in catalogue:
        spelling = getattr(known, dialect)
        default = known.default_of(_PAGES[dialect]) or known.default_of(_INFERRED)
        if spelling and default and known.key not in given and known.kind in ("device", "server"):
            found[known.key] = (spelling, default[0])
    return found


def _written(document: ScriptDocument, mark: int) -> str:
    """Return how a command is called where it stands, or is named there."""
    written = document.written(mark)
    found = NAMED.search(written)
    return found[0] if found else written


def _tell(policies: list[Policy], problem: Problem) -> None:
    """Tell what cannot be read with the policy whose commands stand before it, or with the first one."""
    before = [policy for policy in policies if policy.record.mark <= problem.mark]
    (before[-1] if before else policies[0]).problems.append(problem)
