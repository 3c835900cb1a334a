r"""Which policy a name in the evidence means: by name, distinguished or canonical name, `tenant\name` or Guid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policylint.evidence.dates import Moment
from policylint.evidence.identities import distinguished
from policylint.evidence.spellings import GUID, NAME, mangled, spelling
from policylint.policies.policy import Policy

_CONTAINERS = ("mobile mailbox policies/", "mobile mailbox settings/")


@dataclass(frozen=True, slots=True, eq=False)
class NamedPolicy:
    """A policy that the evidence speaks of: its name, the policy itself if it was exported, and when it was changed."""

    name: str
    policy: Policy | None = field(default=None, repr=False)
    changed: Moment | None = None


class PolicyNames:
    """Finds policies by the names that evidence has for them. One name is one object, whichever way it is written."""

    def __init__(self, policies: Sequence[tuple[Policy, Moment | None]]):
        self._by_key: dict[str, list[NamedPolicy]] = {}
        self._unknown: dict[str, NamedPolicy] = {}
        self._found: dict[str, NamedPolicy] = {}
        self.known: list[NamedPolicy] = []
        for policy, changed in _newest(policies):
            named = NamedPolicy(policy.name, policy, changed)
            self.known.append(named)
            name = policy.name.casefold()
            for key in {name, mangled(name), policy.guid or name}:
                self._by_key.setdefault(key, []).append(named)

    @property
    def default(self) -> NamedPolicy | None:
        """The policy that users have who are given none; None where the export marks none, or several."""
        marked = [each for each in self.known if each.policy and each.policy.value("IsDefaultPolicy") is True]
        return marked[0] if len(marked) == 1 else None

    def find(self, text: str) -> NamedPolicy:
        """Return the policy that a text names; one without its settings where no export has it, or several have it."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._search(text)
        return found

    def _search(self, text: str) -> NamedPolicy:
        names = list(_readings(text))
        for name in names:
            found = self._by_key.get(name.casefold(), [])
            if len(found) == 1:
                return found[0]
        name = names[-1]
        return self._unknown.setdefault(name.casefold(), NamedPolicy(name))


def _readings(text: str) -> Iterator[str]:
    """Yield what a text may name, the text itself first, the name that it comes to last."""
    text = " ".join(text.split())
    yield text
    guid = next((each.key for each in spelling(text, NAME) if each.kind == GUID), None)
    if guid:
        yield guid
        return
    components = distinguished(text)
    if components and len(components) > 1:
        yield components[0][1]
        return
    folded = text.casefold()
    for container in _CONTAINERS:
        if container in folded:
            yield text[folded.index(container) + len(container) :].replace("\\/", "/")
            return
    if "\\" in text and "." in text.split("\\", 1)[0]:
        yield text.split("\\", 1)[1]


def _newest(policies: Sequence[tuple[Policy, Moment | None]]) -> Iterator[tuple[Policy, Moment | None]]:
    """Yield each policy once, as it was changed last: the same one may stand in several files, with its Guid or not."""
    guids: dict[str, set[str]] = {}
    for policy, _ in policies:
        if policy.guid:
            guids.setdefault(policy.name.casefold(), set()).add(policy.guid)
    kept: dict[str, tuple[Policy, Moment | None]] = {}

    def rank(each: tuple[Policy, Moment | None]) -> tuple[bool, float, bool, str, int]:
        policy, changed = each
        when = changed.at.timestamp() if changed else 0.0
        return changed is not None, when, policy.guid is not None, policy.document.path, policy.record.mark

    for each in policies:
        policy = each[0]
        named = guids.get(policy.name.casefold(), set())
        identity = policy.guid or (next(iter(named)) if len(named) == 1 else policy.name.casefold())
        if identity not in kept or rank(each) > rank(kept[identity]):
            kept[identity] = each
    yield from sorted(kept.values(), key=lambda each: (each[0].name.casefold(), each[0].identity))
