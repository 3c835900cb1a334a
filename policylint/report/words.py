"""What the formats for people say in the same words. Texts come out printable, and each on one line."""

from collections.abc import Iterator

from policylint.judging.findings import Finding, Ruling, Waived, shown
from policylint.judging.report import Passed, Report
from policylint.judging.targets import TargetSet
from policylint.knowledge.catalogue import GATE
from policylint.policies.judged import Judged
from policylint.writing.style import number, printable, quoted

# Where a device refuses or ignores a setting, the first sentence of a note says enough; elsewhere it takes all of it.
_IN_FULL = ("partly-enforced", "beyond-limits", "cannot-provision", "never-fetches", "chain-incomplete")

DEMAND_MET = "demand-met"
"""What stands in place of a rule where a format has to name one for a demand that is met."""


def called(subject: Judged) -> str:
    """Say what a finding is about: `policy "Default"`."""
    return f"{subject.kind} {quoted(subject.name)}"


def plural_of(kind: str) -> str:
    """Return the word for several policies, or chains."""
    return {"policy": "policies"}.get(kind, f"{kind}s")


def summary(report: Report) -> str:
    """Count what was judged and found."""
    parts = [number(count, severity) for severity, count in report.counts().items()]
    if waived := report.waived:
        parts.append(f"{waived} waived")
    if unknown := report.unknown:
        parts.append(f"{number(unknown, 'cell')} unknown (--show-unknown lists them)")
    if report.extent is not None:
        return f"{report.extent}: {', '.join(parts)}"
    subjects = number(len(report.verdicts), report.about, plural_of(report.about))
    targets = number(len(report.targets.targets), "target")
    return f"{subjects} × {targets} ({printable(report.stamp.chosen_by)}): {', '.join(parts)}"


def brief(finding: Finding) -> str:
    """Say in one line where a finding stands, how grave it is, and what it says."""
    return printable(f"{finding.place.at} {finding.rule.severity} {finding.rule.id} {finding.message}")


def demands_text(demands: tuple[int, int, int, int]) -> str:
    """Say how much of what is asked is done: `6 of 8, 1 partly, 1 unknown`."""
    met, partly, unmet, unknown = demands
    total = sum(demands)
    if not total:
        return "nothing asked"
    parts = [f"{met} of {total}"]
    parts += [f"{count} {word}" for count, word in ((partly, "partly"), (unmet, "not"), (unknown, "unknown")) if count]
    return ", ".join(parts)


def waiver_text(waived: Waived) -> str:
    """Say why a finding does not count, and until when."""
    until = f" until {waived.expires}" if waived.expires else ""
    reason = f": {printable(waived.reason)}" if waived.reason else ""
    return f"{'in the baseline' if waived.by == 'baseline' else 'waived'}{until}{reason}"


def passed_text(passed: Passed, targets: TargetSet) -> str:
    """Say which demand is met, how, and by which targets."""
    met = "; ".join(part for support, mask in passed.masks.items() for part in _met(passed, support, mask, targets))
    return printable(f"{passed.setting.spelling} {shown(passed.setting.value)}: {met}")


def _met(passed: Passed, support: str, mask: int, targets: TargetSet) -> Iterator[str]:
    """Say on which targets a demand is met in one way: those of which it was only observed by themselves."""
    known, value = passed.setting.property, passed.setting.value
    seen: dict[str, int] = {}
    for bit in targets.bits(mask):
        cell = targets.targets[bit].cell(known.key)
        devices = cell.devices_seen(known, value) if cell.observed else 0
        told = f" (observed on {number(devices, 'device')} here)" if devices else ""
        seen[told] = seen.get(told, 0) | 1 << bit
    for told, part in seen.items():
        yield f"{support} on {targets.fold(part)}{told}"


def reasons(ruling: Ruling) -> Iterator[str]:
    """Give each reason once, with the targets it holds for unless it holds for all."""
    in_full = ruling.rule.outcome in _IN_FULL
    masks: dict[tuple[str, str | None], int] = {}
    for reason in ruling.reasons:
        text = reason.note if in_full or not reason.claim else f"{reason.claim}."
        if text:
            masks[text, reason.evidence] = masks.get((text, reason.evidence), 0) | reason.mask
    for (text, evidence), mask in masks.items():
        where = "" if mask == ruling.mask else f"{ruling.targets.fold(mask)}: "
        grade = f" ({evidence})" if evidence in ("inferred", "observed") else ""
        yield f"{where}{text}{grade}"


def beneath(title: str, headline: str) -> str:
    """Leave out of a headline what stands above it already."""
    text = headline.replace(f" because of {title}", "")
    return text.removeprefix(f"{title} is ").removeprefix(f"{title} ")


def instead(ruling: Ruling) -> Iterator[str]:
    """Say what else would bring about what is not done, with the targets unless it holds for all, and the source."""
    for each in ruling.instead:
        where = "" if each.mask == ruling.mask else f"{ruling.targets.fold(each.mask)}: "
        yield f"{where}{each.cited}"


def gate_text(finding: Finding, line: int) -> str:
    """Say what the provisioning gate, which stands on a line of the export, has to do with it; empty if nothing."""
    if finding.rule.outcome in ("blocks", "blocks-some"):
        return f"refused: {GATE} is False (line {line})"
    if finding.policy.value(GATE):
        return f"let in: {GATE} is True (line {line})"
    return ""


def source_text(ruling: Ruling) -> str:
    """Name the first source, and how many more there are; empty if there is none."""
    if not ruling.sources:
        return ""
    more = f", and {len(ruling.sources) - 1} more" if len(ruling.sources) > 1 else ""
    return f"{ruling.sources[0].dated}{more}"
