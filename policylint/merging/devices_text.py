"""What a merge means for devices, for a person: how each client merges, verdicts, and findings in short."""

from collections.abc import Iterator, Sequence

from policylint.judging.findings import Finding
from policylint.judging.report import VERDICTS
from policylint.knowledge.query import fold
from policylint.matrix.words import listed
from policylint.merging.admission import counts, judged
from policylint.merging.model import DeviceMerge, Preview
from policylint.report.words import number
from policylint.writing.style import SEVERITY_COLOURS, VERDICT_COLOURS, Style, printable
from policylint.writing.table import clip, columns, fill

KNOWN = "What is known of how each client merges accounts"
ASSUMED = "assumed: strictest wins"
JUDGED = "The merged set on the devices, by account"

_WIDEST_NAME = 24
_VERDICT = max(map(len, VERDICTS))


def device_merges(devices: Sequence[DeviceMerge], style: Style, width: int) -> Iterator[str]:
    """Yield what is known of how some clients merge, a paragraph for each."""
    yield "\n"
    yield from _heading(KNOWN, width, style)
    for each in devices:
        yield from _heading(f"{fold(each.targets)}{f' ({ASSUMED})' if each.assumed else ''}", width, style)
        yield from _indented(f"{each.text} {cited(each)}", width)


def cited(device: DeviceMerge) -> str:
    """Name the sources of what is known, by their ids."""
    return f"[{', '.join(device.sources)}]" if device.sources else ""


def admissions(preview: Preview, style: Style, width: int) -> Iterator[str]:
    """Yield for each account a verdict line for each outcome, then its findings, then counts."""
    targets = preview.setup.stamp.targets
    yield "\n"
    yield from _heading(JUDGED, width, style)
    names = [clip(printable(each.account.name), min(_WIDEST_NAME, width // 4)) for each in preview.admissions]
    room = max(map(columns, names), default=0)
    for name, each in zip(names, preview.admissions, strict=True):
        for verdict in VERDICTS:
            mask = each.verdicts.masks.get(verdict)
            if mask:
                left = width - room - _VERDICT - 4
                first, *rest = fill(targets.fold(mask).split(), left)
                shown = style.paint(f"{verdict:{_VERDICT}}", VERDICT_COLOURS.get(verdict))
                yield f"{name}{' ' * (room - columns(name))}  {shown}  {first}\n"
                yield from (f"{' ' * (width - left)}{line}\n" for line in rest)
    for named, verdicts in judged(preview):
        yield "\n"
        yield from _heading(f"{', '.join(named)}:", width, style)
        for finding in verdicts.findings:
            yield from _finding(finding, style, width)
    yield "\n"
    yield from (f"{style.bold(line)}\n" for line in fill(summary(preview), width))


def summary(preview: Preview) -> list[str]:
    """Count accounts, targets and findings: words for a line."""
    stamp = preview.setup.stamp
    accounts = number(len(preview.accounts), "account", "accounts")
    head = f"{accounts} × {number(len(stamp.targets.targets), 'target', 'targets')} ({stamp.chosen_by}):"
    return [*head.split(), *listed([number(count, name, f"{name}s") for name, count in counts(preview).items()], ",")]


def place(finding: Finding) -> str:
    """Say where a finding stands: path, line and column."""
    found = finding.place
    return f"{found.path}:{found.line}:{found.column}"


def _finding(finding: Finding, style: Style, width: int) -> Iterator[str]:
    rule = finding.rule
    found = fill(printable(f"{place(finding)} {rule.severity} {rule.id} {finding.message}").split(), width - 2)
    colour = SEVERITY_COLOURS[rule.severity]
    marked = f" {rule.severity} {rule.id}"
    yield found[0].replace(marked, f" {style.paint(rule.severity, colour)} {rule.id}", 1) + "\n"
    yield from (f"  {line}\n" for line in found[1:])


def _heading(text: str, width: int, style: Style) -> Iterator[str]:
    yield from (f"{style.bold(line)}\n" for line in fill(printable(text).split(), width))


def _indented(text: str, width: int) -> Iterator[str]:
    yield from (f"  {line}\n" for line in fill(printable(text).split(), width - 2))
