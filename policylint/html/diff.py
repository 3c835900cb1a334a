"""`diff` as a page: before and after, policy by policy, and who fares worse or better for it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.comparing import words
from policylint.comparing.model import Comparison, Impact, Move, PolicyDiff
from policylint.html import embed
from policylint.html.findings import Shown, cite, shown
from policylint.html.page import page
from policylint.html.words import GRADE, MEANINGS
from policylint.judging.targets import TargetSet
from policylint.knowledge import Source

_GRADES = ("refused", "weak", "unknown", "fine", "none")
_TOLD = (
    ("newly_refused", "refused", "Newly refused", "findings that now keep a client out"),
    ("newly_unenforced", "weak", "Newly not enforced", "demands that clients now do not meet"),
    ("no_longer_seen", "unknown", "No longer seen", "the new export does not show what they depend on"),
    ("cured", "fine", "Cured", "findings that are gone"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: what it is called, before, after, which way it goes, and a note."""

    name: str
    old: str
    new: str
    direction: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One side as a bar: how many clients have each grade; a stretch is (x, width, grade, text), of 100."""

    name: str
    stretches: tuple[tuple[float, float, str, str], ...]

    @property
    def text(self) -> str:
        """The same in words."""
        return ", ".join(text for _, _, _, text in self.stretches)


@dataclass(slots=True)
class Part:
    """One policy that differs."""

    name: str
    status: str
    former: str | None
    gravity: str
    rows: list[Row]
    bars: list[Bar]
    moves: list[tuple[str, str, str]]
    shifts: list[tuple[str, str]]
    remarks: list[str]
    impacts: list[tuple[str, str, Shown]]


def render(comparison: Comparison) -> Iterator[str]:
    """Yield the page of a comparison."""
    cited: dict[str, Source] = {}
    parts = [_part(policy, comparison.stamp.targets, cited) for policy in comparison.policies]
    parts.sort(key=lambda part: ("refused", "weak", "unknown", "fine").index(part.gravity))
    counts = words.counts(comparison)
    shared = {
        "title": "Before and after",
        "stamp": comparison.stamp,
        "comparison": comparison,
        "headline": words.headline(comparison),
        "summary": words.summary(comparison),
        "tiles": [(grade, title, text, name, counts[name]) for name, grade, title, text in _TOLD],
        "parts": parts,
        "not_told": [text for _, text in words.not_told(comparison)],
        "meanings": MEANINGS,
        "sources": sorted(cited.values(), key=lambda source: source.id),
    }
    new = embed.policies(comparison.new.policies)
    return page("diff", shared, [embed.report(comparison), new])


def _part(policy: PolicyDiff, targets: TargetSet, cited: dict[str, Source]) -> Part:
    cite((each.finding for each in policy.impacts), cited)
    return Part(
        policy.policy.name,
        policy.status,
        policy.former_name,
        _gravity(policy.impacts),
        [
            Row(
                words.shown(change).spelling,
                words.value(change.old),
                words.value(change.new),
                change.direction or "cannot be compared",
                words.note(change),
            )
            for change in policy.changes
        ],
        _bars(policy.moves),
        [(words.move(each), GRADE.get(each.new, "none"), targets.fold(each.mask)) for each in policy.moves],
        [(words.shift(each), targets.fold(each.mask)) for each in policy.shifts],
        [str(remark) for remark in policy.remarks],
        [(each.kind.replace("-", " "), _grade(each), _shown(each)) for each in policy.impacts],
    )


def _shown(each: Impact) -> Shown:
    return shown(each.finding, "", with_fix=each.worse)


def _grade(each: Impact) -> str:
    return {"newly-refused": "refused", "newly-unenforced": "weak", "cured": "fine"}.get(each.kind, "unknown")


def _gravity(impacts: Sequence[Impact]) -> str:
    found = {_grade(each) for each in impacts if each.finding.waived is None}
    return next((grade for grade in _GRADES if grade in found), "fine")


def _bars(moves: Sequence[Move]) -> list[Bar]:
    """Return the clients that moved, before and after; nothing where none did."""
    if not moves:
        return []
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for each in moves:
        if each.old is not None:
            before[GRADE.get(each.old, "none")] += each.mask.bit_count()
        after[GRADE.get(each.new, "none")] += each.mask.bit_count()
    return [_bar(name, counts) for name, counts in (("before", before), ("after", after)) if counts]


def _bar(name: str, counts: Counter[str]) -> Bar:
    total, x, found = sum(counts.values()), 0.0, []
    for grade in _GRADES:
        if counts[grade]:
            width = 100 * counts[grade] / total
            found.append((round(x, 2), round(width, 2), grade, f"{counts[grade]} {grade}"))
            x += width
    return Bar(name, tuple(found))
