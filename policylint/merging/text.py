"""A merge for a person at a terminal: no line is wider than it, and colour says nothing that words do not say."""

import re
from collections.abc import Callable, Iterator, Sequence

from policylint.judging.findings import Finding
from policylint.judging.report import VERDICTS
from policylint.knowledge.query import fold
from policylint.merging import words
from policylint.merging.admission import judged
from policylint.merging.model import DeviceMerge, MergedSetting, Preview, Share
from policylint.merging.users import UserMerges
from policylint.writing.style import SEVERITY_COLOURS, VERDICT_COLOURS, Look, Style, printable
from policylint.writing.table import GAP, NARROWEST, Entry, clip, columns, fill, lines, listed, painted, side_by_side

_LEAST_ACCOUNT = 10
_EASY_ACCOUNT = 13  # `True, decides`
_WIDEST_ACCOUNT = 28
_WIDEST_VALUE = 24
_WIDEST_HEADING = 32
_WIDEST_NAME = 24
_VERDICT = max(map(len, VERDICTS))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def render(preview: Preview, look: Look = Look()) -> Iterator[str]:
    """Yield a merge line by line: its tables, what they cannot say, and with `--device` what becomes of the devices."""
    style, width = look.style, max(look.width, NARROWEST)
    yield from _body(preview, style, width)
    if preview.setup.judges:
        yield from _device_merges(preview.setup.devices, style, width)
    yield from _found(preview, style, width)


def render_users(merges: UserMerges, look: Look = Look()) -> Iterator[str]:
    """Yield a block for each set of policies, and once what is known of the devices."""
    style, width = look.style, max(look.width, NARROWEST)
    users = index = 0
    for index, (preview, named) in enumerate(merges, 1):
        if index == 1 and preview.setup.judges:
            yield from _device_merges(preview.setup.devices, style, width)
            yield "\n"
        users += len(named)
        yield from painted(_filled(words.heading(index, len(merges.sets), named), width), style.bold)
        yield from _body(preview, style, width)
        yield from _found(preview, style, width)
        yield "\n"
    yield style.bold(words.total(users, index)) + "\n"


def _found(preview: Preview, style: Style, width: int) -> Iterator[str]:
    yield from _admissions(preview, style, width) if preview.setup.judges else _findings(preview, style, width)


def _body(preview: Preview, style: Style, width: int) -> Iterator[str]:
    """Yield what holds whatever the devices."""
    for account in preview.accounts:
        head = f'{account.name}: policy "{account.policy.name}" of {account.policy.document.path}'
        yield from painted(_filled(head, width, 2), str)
    yield "\n"
    device = preview.of_scope("device")
    if device:
        yield from _table(preview, device, "effective", _merged_cell(style), style, width)
        yield from painted(fill(listed(words.legend(device), ";"), width), style.dim)
    else:
        yield "No account demands anything of the device.\n"
    strictness = words.strictness(preview)
    if strictness:
        yield "\n"
        yield from painted(_filled(strictness, width), style.bold)
    for scope, title in (("account", words.PER_ACCOUNT), ("server", words.SERVER)):
        found = preview.of_scope(scope)
        if found and (scope == "account" or preview.setup.everything):
            yield "\n"
            yield from painted(_filled(title, width), style.bold)
            heading = "strictest" if scope == "account" else None
            yield from _table(preview, found, heading, _plain_cell, style, width)
    for remark in words.remarks(preview):
        yield "\n"
        yield from painted(_filled(remark, width), lambda line: style.paint(line, "yellow"))
    yield "\n"
    yield from painted(_filled(words.GATES, width), style.bold)
    for name, told in words.gates(preview):
        yield from painted(_filled(f"{name}: {told}", width, 2), str)


def _merged_cell(style: Style) -> Callable[[Share], Entry]:
    def cell(share: Share) -> Entry:
        return Entry(_shown(words.share(share, short=True)), style.bold if share.state == "decides" else style.dim)

    return cell


def _plain_cell(share: Share) -> Entry:
    return Entry(_shown(words.value(share, short=True)))


def _table(
    preview: Preview,
    settings: Sequence[MergedSetting],
    heading: str | None,
    cell: Callable[[Share], Entry],
    style: Style,
    width: int,
) -> Iterator[str]:
    """Yield a table of settings × accounts; what does not fit beside each other follows as a further table."""
    names = [clip(_shown(account.name), _WIDEST_HEADING) for account in preview.accounts]
    shown = [[cell(share) for share in setting.shares] for setting in settings]
    values = [_shown(words.effective(setting, short=True)) for setting in settings] if heading else []
    second = [min(max(map(columns, (heading, *values))), _WIDEST_VALUE, width // 5)] if heading else []
    wanted = [max(columns(name), *(columns(row[index].text) for row in shown)) for index, name in enumerate(names)]
    longest = max(len(setting.property.key) for setting in settings)
    for first in (min(longest, width * 3 // 10), min(longest, width // 4), min(longest, max(width * 18 // 100, 18))):
        fixed = (first, *second)
        room = width - sum(fixed) - GAP * len(second)
        # long names make way for the accounts
        if sum(min(want, _EASY_ACCOUNT) + GAP for want in wanted) <= room:
            break
    for run in side_by_side(widths := _account_widths(wanted, room), room):
        if run.start:
            yield "\n"
        chosen = (*fixed, *(widths[index] for index in run))
        top = [Entry("setting", style.bold), *([Entry(heading, style.bold)] if heading else [])]
        yield from lines([*top, *(Entry(names[index], style.bold) for index in run)], chosen)
        yield style.dim("-" * (sum(chosen) + GAP * (len(chosen) - 1))) + "\n"
        for number, (setting, row) in enumerate(zip(settings, shown, strict=True)):
            left = [Entry(_broken(setting.property.key, first))]
            if heading:
                left.append(Entry(values[number], style.bold))
            yield from lines([*left, *(row[index] for index in run)], chosen)


def _account_widths(wanted: Sequence[int], room: int) -> list[int]:
    """Give accounts what they want, or equal shares, or, where those are too narrow, room in a further table."""
    capped = [min(want, _WIDEST_ACCOUNT, room - GAP) for want in wanted]
    if sum(capped) + GAP * len(capped) <= room:
        return capped
    share = room // len(wanted) - GAP
    if share < _LEAST_ACCOUNT:
        share = max(room // max(room // (_LEAST_ACCOUNT + GAP), 1) - GAP, 2)
    return [min(want, share) for want in capped]


def _broken(key: str, width: int) -> str:
    """Let a long name break between two of its words."""
    parts, made = _CAMEL.split(key), ""
    for part in parts:
        line = made.rsplit(" ", 1)[-1]
        made += f" {part}" if line and len(key) > width and len(line) + len(part) > width else part
    return made


def _filled(text: str, width: int, indent: int = 0) -> list[str]:
    found = fill(_shown(text).split(), width - indent)
    return [found[0], *(" " * indent + line for line in found[1:])]


def _shown(text: str) -> str:
    return printable(text).strip() or "-"


def _device_merges(devices: Sequence[DeviceMerge], style: Style, width: int) -> Iterator[str]:
    """Yield what is known of how some clients merge, a paragraph for each."""
    yield "\n"
    yield from _heading(words.KNOWN, width, style)
    for each in devices:
        yield from _heading(f"{fold(each.targets)}{f' ({words.ASSUMED})' if each.assumed else ''}", width, style)
        yield from _indented(f"{each.text} {words.cited(each)}", width)


def _admissions(preview: Preview, style: Style, width: int) -> Iterator[str]:
    """Yield for each account a verdict line for each outcome, then its findings, then counts."""
    targets = preview.setup.stamp.targets
    yield "\n"
    yield from _heading(words.JUDGED, width, style)
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
    yield from _findings(preview, style, width)
    yield "\n"
    yield from (f"{style.bold(line)}\n" for line in fill(words.summary(preview), width))


def _findings(preview: Preview, style: Style, width: int) -> Iterator[str]:
    for named, verdicts in judged(preview):
        yield "\n"
        yield from _heading(f"{', '.join(named)}:", width, style)
        for finding in verdicts.findings:
            yield from _finding(finding, style, width)


def _finding(finding: Finding, style: Style, width: int) -> Iterator[str]:
    rule = finding.rule
    found = fill(printable(f"{words.place(finding)} {rule.severity} {rule.id} {finding.message}").split(), width - 2)
    colour = SEVERITY_COLOURS[rule.severity]
    marked = f" {rule.severity} {rule.id}"
    yield found[0].replace(marked, f" {style.paint(rule.severity, colour)} {rule.id}", 1) + "\n"
    yield from (f"  {line}\n" for line in found[1:])


def _heading(text: str, width: int, style: Style) -> Iterator[str]:
    yield from (f"{style.bold(line)}\n" for line in fill(printable(text).split(), width))


def _indented(text: str, width: int) -> Iterator[str]:
    yield from (f"  {line}\n" for line in fill(printable(text).split(), width - 2))
