"""Entries as text: what was found about each setting, with the clients, the reasons and the policies beneath."""

from collections.abc import Iterator

from policylint.judging.findings import Finding, Ruling
from policylint.judging.report import Report
from policylint.knowledge import Source
from policylint.knowledge.families import first_sentence
from policylint.report.entries import Entries, Entry, Idle, Said, names, settings
from policylint.report.excerpt import excerpt
from policylint.report.words import beneath, gate_text, reasons
from policylint.writing.style import SEVERITY_COLOURS, Look, and_more, number, printable, quoted
from policylint.writing.table import wrapped

MOST = 50
"""Entries beyond these are counted only."""
_MOST_LINES = 120
"""Entries told in short that would fill more lines are counted only."""
_NAMED = 3
_SETTINGS = 5
_IN_FULL = 12
"""More entries than these are told in short, without reasons, sources and the lines of the export."""


def grouped(found: Entries, report: Report, look: Look) -> Iterator[str]:
    """Yield the entries in lines, the gravest first, and what does not count as one line."""
    advice = [entry for entry in found.entries if not entry.title]
    of_settings = [entry for entry in found.entries if entry.title]
    in_short = len(of_settings) > _IN_FULL
    shown = lines = 0
    for entry in of_settings[:MOST]:
        told = list(_in_short(entry, report, look) if in_short else _entry(entry, look))
        if in_short and shown and lines + len(told) > _MOST_LINES:
            break
        yield from told
        shown, lines = shown + 1, lines + len(told)
    if in_short:
        yield from wrapped(_more(len(of_settings) - shown), look, "")
        yield "\n"
    for idle in found.idle:
        yield from _idle(idle, report, look)
    for entry in advice:
        for said in entry.said.values():
            for part in _apart(said):
                yield from _advice(part, report, look)
    if advice:
        yield "\n"
    if found.waived:
        yield f"{number(found.waived, 'finding')} waived or in the baseline (--group line prints them)\n\n"


def _more(left: int) -> str:
    reasons_are = "Reasons and sources: policylint explain SETTING, or --group line for every finding."
    return f"And {number(left, 'setting')} more. {reasons_are}" if left else reasons_are


def _entry(entry: Entry, look: Look) -> Iterator[str]:
    """Tell all about a setting: the line of the export, reasons, the fix, the first source."""
    title = entry.first.setting
    yield f"{_kind(entry.severity, look)}  {look.style.bold(printable(title))}\n"
    is_quoted = False
    for said in entry.said.values():
        finding = said.first
        yield from wrapped(f"{finding.rule.id} {beneath(title, finding.headline)}", look, "  ")
        for reason in reasons(finding.ruling):
            yield from wrapped(reason, look, "    ")
        if finding.gate_mark is not None:
            gate = gate_text(finding, finding.about.place(finding.gate_mark).line)
            if gate:
                yield from wrapped(gate, look, "    ")
        if finding.ruling.answer:
            yield from wrapped(f"answer: {finding.ruling.answer}", look, "    ")
        yield from wrapped(_where(said.findings), look, "    ")
        if not is_quoted and finding.rule.severity != "note":
            is_quoted = True
            yield from _quoted(finding, look)
        if finding.fix:
            # a command stays on one line: it is there to be copied
            yield f"    fix: {finding.fix}\n"
        if finding.ruling.sources:
            yield f"    {_sources(finding.ruling, look)}\n"
    yield "\n"


def _in_short(entry: Entry, report: Report, look: Look) -> Iterator[str]:
    """Tell what is said of a setting, and where."""
    title = entry.first.setting
    findings = [finding for said in entry.said.values() for finding in said.findings]
    lines = wrapped(f"{title} {_where_in_short(findings, report)}", look, "         ")
    yield f"{_kind(entry.severity, look)}  {next(lines).lstrip()}"
    yield from lines
    for said in entry.said.values():
        yield from wrapped(f"{said.first.rule.id} {beneath(title, said.first.headline)}", look, "  ")


def _kind(severity: str, look: Look) -> str:
    return look.style.paint(severity, SEVERITY_COLOURS[severity])


def _quoted(finding: Finding, look: Look) -> Iterator[str]:
    place = finding.place
    quote, carets = excerpt(finding.document.line(place.line), place, look.style, max(60, look.width - 16))
    painted = look.style.paint(carets, SEVERITY_COLOURS[finding.rule.severity])
    for line in f"{quote}{painted}".splitlines()[1:]:
        yield f"    {line}\n"


def _apart(said: Said) -> list[Said]:
    """Take apart what is told once whatever the policy: it is about clients, and says of each something else."""
    if not said.first.rule.once:
        return [said]
    by_message: dict[str, Said] = {}
    for finding in said.findings:
        by_message.setdefault(finding.message, Said(finding, [])).findings.append(finding)
    return list(by_message.values())


def _advice(said: Said, report: Report, look: Look) -> Iterator[str]:
    finding = said.first
    text = finding.message
    if len({each.message for each in said.findings}) > 1:
        about = settings(said.findings)
        of_which = f": {and_more(about, _SETTINGS)}" if about else ""
        text = f"{first_sentence(finding.rule.entry['meaning'])}{of_which}"
    lines = wrapped(f"{finding.rule.id} {text} ({_where_in_short(said.findings, report)})", look, "      ")
    yield f"{_kind(finding.rule.severity, look)}  {next(lines).lstrip()}"
    yield from lines


def _idle(idle: Idle, report: Report, look: Look) -> Iterator[str]:
    title = f"{report.targets.fold(idle.mask)} does nothing of what is asked"
    yield f"{_kind('warning', look)}  {look.style.bold(printable(title))}\n"
    yield from wrapped(f"in {_listed([policy.about.name for policy in idle.policies])}", look, "  ")
    yield "\n"


def _where(findings: list[Finding]) -> str:
    """Name the policies, the first with its place."""
    return f"in {_listed(names(findings))} ({printable(findings[0].place.at)})"


def _where_in_short(findings: list[Finding], report: Report) -> str:
    """Name the policies, the first with its line; the file goes without saying where there is one only."""
    place = findings[0].place
    at = f"line {place.line}" if len(report.inputs) == 1 else f"{printable(place.path)}:{place.line}"
    return f"in {_listed(names(findings))}, {at}"


def _listed(many: list[str]) -> str:
    return and_more([quoted(name) for name in many], _NAMED)


def _sources(ruling: Ruling, look: Look) -> str:
    first, *more = ruling.sources
    also = f", and {len(more)} more (policylint explain)" if more else ""
    return f"source: {_source(first, look)}{also}"


def _source(source: Source, look: Look) -> str:
    named = look.style.link(f"[{source.id}]", source.url)
    return f"{named} {(source.date or '')[:7]}".strip()
