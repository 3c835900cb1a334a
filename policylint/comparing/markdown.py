"""A comparison as Markdown for a comment on a pull request: a verdict, a table, and the details folded away.

The first line is a marker that nobody sees, by which a bot finds its own comment to update it. What an export says is
code everywhere, so that it links nothing and calls nobody.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from policylint.comparing import words
from policylint.comparing.model import Comparison, Impact, PolicyDiff
from policylint.judging.targets import TargetSet
from policylint.report.words import reasons, source_text, waiver_text
from policylint.writing.markdown import code, escaped, table
from policylint.writing.style import and_more

MARKER = "<!-- policylint diff -->"

# GitHub takes 65,536 characters for a comment.
_TABLE_ROOM = 28_000
_DETAILS_ROOM = 30_000
_NOT_TOLD_ROOM = 2_000
_NAMED = 5
_LEFT_OUT = "\n(Too long for a comment: the rest is left out here, and in no other form of output.)\n"
_HEADER = ("policy", "setting", "old", "new", "direction", "devices")


def render(comparison: Comparison) -> Iterator[str]:
    """Yield a comparison: the marker, a headline, a table of changes, and folded details."""
    headline = "<br>".join(f"**{escaped(part)}**" for part in words.headline(comparison))
    yield f"{MARKER}\n**policylint:** {headline}\n"
    if comparison.policies:
        yield "\n"
        targets = comparison.stamp.targets
        policies = sorted(comparison.policies, key=_gravity)
        rows = (row for policy in policies for row in _rows(policy, targets))
        yield from _capped(table(_HEADER, rows), _TABLE_ROOM)
        yield "\n<details><summary>Verdicts, reasons and fixes</summary>\n\n"
        items = (item for policy in policies for item in _items(policy))
        notes = (f"- {code(note)}\n" for note in comparison.notes)
        yield from _capped(chain(_remarks(policies), notes, _moves(policies, targets), items), _DETAILS_ROOM)
        yield "\n</details>\n"
    told = [f"- {code(line)}\n" for _, line in words.not_told(comparison)]
    yield from ["\n", *_capped(told, _NOT_TOLD_ROOM)] if told else []
    yield f"\n{code(words.summary(comparison))}\n"


def _gravity(policy: PolicyDiff) -> int:
    """Order policies by what becomes of targets, the gravest first."""
    kinds = {each.kind for each in policy.impacts if each.finding.waived is None}
    return 0 if "newly-refused" in kinds else 1 if "newly-unenforced" in kinds else 2


def _rows(policy: PolicyDiff, targets: TargetSet) -> Iterator[Sequence[str]]:
    name, impacts = code(policy.policy.name), policy.by_cause()
    if policy.former_name is not None:
        yield name, "renamed", code(policy.former_name), name, "", ""
    for change in policy.changes:
        if change.kind not in words.NOT_COMPARED:
            devices = _devices(impacts.get(change.property.key, []), targets)
            old, new = code(words.value(change.old)), code(words.value(change.new))
            note = words.note(change)
            direction = f"{change.direction or 'cannot be compared'}{f': {code(note)}' if note else ''}"
            yield name, code(words.shown(change).spelling), old, new, direction, devices
    for kind, what in words.NOT_COMPARED.items():
        group = [change for change in policy.changes if change.kind == kind]
        if group:
            names = ", ".join(code(words.shown(change).spelling) for change in group)
            theirs = [each for change in group for each in impacts.get(change.property.key, [])]
            yield name, f"{what}: {names}", "", "", "", _devices(theirs, targets)
    others = _devices(impacts.get(None, []), targets)
    if others or policy.status != "changed":
        yield name, policy.status if policy.status != "changed" else "", "", "", "", others


def _devices(impacts: Iterable[Impact], targets: TargetSet) -> str:
    """Say in short what becomes of which targets."""
    masks: dict[str, int] = {}
    for each in impacts:
        told = "waived" if each.worse and each.finding.waived is not None else each.kind.replace("-", " ")
        masks[told] = masks.get(told, 0) | each.finding.ruling.mask
    return "<br>".join(f"{told}: {escaped(targets.fold(mask))}" for told, mask in masks.items())


def _moves(policies: Iterable[PolicyDiff], targets: TargetSet) -> Iterator[str]:
    for policy in policies:
        for move in policy.moves:
            yield f"- {code(policy.policy.name)}: {words.move(move)} for {escaped(targets.fold(move.mask))}\n"
        for shift in policy.shifts:
            yield f"- {code(policy.policy.name)}: {words.shift(shift)} for {escaped(targets.fold(shift.mask))}\n"


def _remarks(policies: Iterable[PolicyDiff]) -> Iterator[str]:
    """Yield an item for each remark, with the policies that it is about."""
    named: dict[str, list[str]] = {}
    for policy in policies:
        for remark in policy.remarks:
            named.setdefault(str(remark), []).append(code(policy.policy.name))
    for text, names in named.items():
        yield f"- {and_more(names, _NAMED)}: {escaped(text)}\n"


def _items(policy: PolicyDiff) -> Iterator[str]:
    """Yield an item for each impact that makes something worse."""
    for each in policy.impacts:
        finding = each.finding
        if not each.worse:
            continue
        head = (
            f"- {code(finding.place.at)} {finding.rule.severity} {finding.rule.id}, policy {code(policy.policy.name)}"
        )
        if finding.waived is not None:
            yield f"{head}: {code(words.impact(each))}, {escaped(waiver_text(finding.waived))}\n"
            continue
        ruling = finding.ruling
        parts = [escaped(line) for line in reasons(ruling)]
        if ruling.answer:
            parts.append(f"answer: {escaped(ruling.answer)}")
        if finding.fix:
            parts.append(f"fix: {code(finding.fix)}")
        parts.append(f"source: {escaped(source_text(ruling))}")
        yield f"{head}: {code(words.impact(each))}\n" + "".join(f"  - {part}\n" for part in parts)


def _capped(pieces: Iterable[str], room: int) -> Iterator[str]:
    """Yield pieces as long as there is room for them, and say so where there is not."""
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            yield _LEFT_OUT
            return
        yield piece
