"""The words of a comparison: how values, changes and what they mean for devices are put, in every form for people."""

from collections import Counter
from collections.abc import Iterator

from policylint import values
from policylint.comparing.model import Change, Comparison, Impact, Move, Shift, Sight
from policylint.exports.record import Place
from policylint.judging.findings import Finding
from policylint.report.words import brief, demands_text
from policylint.writing.style import number

NOT_COMPARED = {"now-shown": "now shown, not before", "no-longer-shown": "no longer shown"}
"""What to say of settings that one side alone shows."""

_POLICIES = ("added", "removed", "renamed")
_COUNTED = (
    "stricter",
    "looser",
    "neither",
    "not_compared",
    "newly_refused",
    "newly_unenforced",
    "cured",
    "no_longer_seen",
    "waived",
)


def shown(change: Change) -> Sight:
    """Return a setting as the newer of the files that show it has it."""
    sight = change.new or change.old
    assert sight is not None
    return sight


def place(change: Change) -> Place:
    """Find a setting in the newer of the files that show it."""
    sight = shown(change)
    return sight.policy.place(sight.mark)


def value(sight: Sight | None) -> str:
    """Print how one side shows a setting."""
    if sight is None:
        return "(not shown)"
    if sight.unreadable is not None:
        return values.shorten(sight.raw) or "(not set)"
    return values.shorten(values.to_text(sight.value))


def note(change: Change) -> str | None:
    """Say what is not plain to see of a change, or why a value could not be read."""
    unreadable = dict.fromkeys(sight.unreadable for sight in (change.old, change.new) if sight is not None)
    return change.note or "; ".join(text for text in unreadable if text) or None


def impact(each: Impact) -> str:
    """Say what a change means for some targets, in one sentence."""
    text = each.finding.headline
    match each.kind:
        case "cured":
            return f"no longer: {text}"
        case "no-longer-seen":
            return f"no longer seen, since the new export does not show what it depends on: {text}"
        case _:
            asked = "" if each.known_before else " (the old export does not show whether it was so before)"
            return f"newly: {text}{asked}"


def move(each: Move) -> str:
    """Print how a verdict moved; that of an added policy came from nowhere."""
    shown = " (as far as shown)" if each.as_far_as_shown else ""
    return each.new if each.old is None else f"{each.old} → {each.new}{shown}"


def shift(each: Shift) -> str:
    """Say what is different about targets whose verdict is the same: access, and how much of what is asked is done."""
    (was, did), (now, does) = each.old, each.new
    parts = [f"{was} → {now}" if was != now else now]
    if did != does:
        parts.append(f"{demands_text(did)} → {demands_text(does)}")
    return ": ".join(parts)


def not_told(comparison: Comparison) -> Iterator[tuple[Finding, str]]:
    """Yield what exports do not tell, each with a line that says so."""
    for side, every in comparison.not_told.items():
        for finding in (finding for verdicts in every for finding in verdicts.findings if finding.waived is None):
            yield finding, brief(finding) + (" (the old side)" if side == "old" else "")


def headline(comparison: Comparison) -> list[str]:
    """Say in a few words whom the change hurts."""
    targets = comparison.stamp.targets
    masks: dict[str, int] = {}
    for each in comparison.worse:
        masks[each.kind] = masks.get(each.kind, 0) | each.finding.ruling.mask
    worse = [
        f"{kind.replace('-', ' ')}: {targets.fold(masks[kind])}"
        for kind in ("newly-refused", "newly-unenforced")
        if kind in masks
    ]
    return worse or ["no device is known to fare worse" if comparison.policies else "no difference"]


def summary(comparison: Comparison) -> str:
    """Count policies, changes, and what they mean for devices."""
    found, stamp = counts(comparison), comparison.stamp
    differing = len(comparison.policies)
    kinds = ", ".join(f"{found[name]} {name}" for name in _POLICIES if found[name])
    parts = ", ".join(f"{found[name]} {name.replace('_', ' ')}" for name in _COUNTED if found[name])
    policies = number(differing + comparison.unchanged, "policy", "policies")
    targets = number(len(stamp.targets.targets), "target")
    changed = f"{differing} of {policies} changed" + (f" ({kinds})" if kinds else "")
    sides = f"{comparison.old.name} → {comparison.new.name}"
    return f"{sides}: {changed} × {targets} ({stamp.chosen_by}): {parts or 'no difference of a setting'}"


def counts(comparison: Comparison) -> dict[str, int]:
    """Count everything there is to count; of what is waived only what makes something worse."""
    found = Counter(dict.fromkeys(("changed", *_POLICIES, "unchanged", *_COUNTED), 0))
    for policy in comparison.policies:
        found[policy.status] += 1
        found["renamed"] += policy.former_name is not None
        found.update(change.direction or "not_compared" for change in policy.changes)
        found.update(
            "waived" if each.worse and each.finding.waived else each.kind.replace("-", "_") for each in policy.impacts
        )
    found["unchanged"] = comparison.unchanged
    return dict(found)
