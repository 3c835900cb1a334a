"""A fleet for a person: the population, each policy and line of devices, what was learned, then what is to be told."""

from collections.abc import Iterator

from policylint.fleet.report import FleetReport
from policylint.fleet.rows import Group
from policylint.fleet.taught import learned_rows, suspects_rows
from policylint.judging.findings import SEVERITIES, shown
from policylint.report.words import summary
from policylint.writing.style import SEVERITY_COLOURS, Look, and_more, number, printable, quoted
from policylint.writing.table import wrap, wrapped

_MOST = 40
"""More groups than these are counted only."""


def render(report: FleetReport, look: Look = Look()) -> Iterator[str]:
    """Yield the report in pieces, each ending with a line break."""
    if look.only is None and not look.statistics:
        yield from _population(report, look)
        yield from _groups(report, look)
        yield from _learned(report, look)
        yield from _servers(report, look)
    yield from _findings(report, look)
    if look.only is None:
        yield from _devices(report)
        yield look.style.bold(summary(report)) + "\n"


def _population(report: FleetReport, look: Look) -> Iterator[str]:
    yield look.style.bold(f"The fleet: {report.peopled}") + "\n"
    logs = report.logs
    if logs is not None and logs.start is not None and logs.end is not None:
        missing = f"; no line on {and_more(logs.missing_days, 5)}" if logs.missing_days else ""
        never = f"; {number(logs.never_seen, 'device')} of the inventory never seen" if logs.never_seen else ""
        span = f"{logs.start:%Y-%m-%d %H:%M} to {logs.end:%Y-%m-%d %H:%M} UTC"
        refused = f"refused counts from {number(logs.refused_hours, 'hour')} with a refusal"
        yield from wrapped(f"Logs from {span}{missing}{never}; {refused}", look, "")
        ordered = sorted(logs.histories.items(), key=lambda each: (-each[1], each[0]))
        yield from wrapped(f"In them: {', '.join(f'{count} {word}' for word, count in ordered)}", look, "")
    yield "\n"


def _groups(report: FleetReport, look: Look) -> Iterator[str]:
    shown_groups = sorted(report.groups, key=lambda group: -group.devices)[:_MOST]
    chosen = {id(group) for group in shown_groups}
    policy: str | None = ""
    for group in report.groups:
        if id(group) not in chosen:
            continue
        if policy == "" or group.policy != policy:
            policy = group.policy
            yield look.style.bold("no policy known" if policy is None else quoted(policy)) + "\n"
        yield from _group(group, look)
    if len(report.groups) > _MOST:
        yield f"and {number(len(report.groups) - _MOST, 'smaller group')} more (-o csv=FILE has all)\n"
    if report.groups:
        yield "\n"


def _group(group: Group, look: Look) -> Iterator[str]:
    seen = ", ".join(f"{count} {word}" for word, count in group.seen().items())
    standing = ", ".join(f"{count} {word}" for word, count in group.standings().items())
    predicted = (group.predicted or "nothing").replace("|", " or ")
    text = f"{number(group.devices, 'device')}; predicted {predicted}; seen {seen}; {standing}"
    first, *more = wrap(printable(text), max(40, look.width - 26))
    yield f"  {printable(group.line):22}  {first}\n"
    yield from (f"{'':26}{line}\n" for line in more)


def _learned(report: FleetReport, look: Look) -> Iterator[str]:
    learned, suspects = learned_rows(report.lessons), suspects_rows(report.lessons)
    if learned:
        yield (
            look.style.bold(f"Learned from at least {number(report.enough, 'device')} each (--learn DIR keeps it)")
            + "\n"
        )
    for row in learned:
        targets = report.targets.fold(report.targets.mask(row.targets))
        what = f"{row.known.key} {shown(row.value)}: {row.support} on {targets}"
        under = number(row.policies, "policy", "policies")
        yield from wrapped(f"{what} ({number(row.devices, 'device')}, {under})", look, "  ")
    if suspects:
        yield look.style.bold("Suspected of the refusals, and not to be told apart") + "\n"
    for suspect in suspects:
        targets = report.targets.fold(report.targets.mask(suspect.targets))
        only = " ".join(f"--only {name}" for name in suspect.names if not name.startswith("("))
        tells = f"policylint rules experiment '{suspect.targets[0].label}' {only}".rstrip()
        text = f"{targets}: {', '.join(suspect.names)} ({number(suspect.devices, 'device')}); with one phone: {tells}"
        yield from wrapped(text, look, "  ")
    if learned or suspects:
        yield "\n"


def _servers(report: FleetReport, look: Look) -> Iterator[str]:
    if len(report.affinity.servers) < 2:
        return
    shares = ", ".join(f"{each.server} {each.share:.0%}" for each in report.affinity.servers[:8])
    yield from wrapped(f"Servers by their share of the devices: {shares}; affinity: {report.affinity.tied}", look, "")
    yield "\n"


def _findings(report: FleetReport, look: Look) -> Iterator[str]:
    if look.statistics:
        from policylint.report.statistics import statistics

        yield from statistics(report if look.only is None else report.only(look.only), look.style)
        return
    chosen = report if look.only is None else report.only(look.only)
    waived = 0
    for severity in SEVERITIES:
        for verdicts in chosen.verdicts:
            for finding in verdicts.findings:
                if finding.waived is not None:
                    waived += finding.rule.severity == severity
                elif finding.rule.severity == severity:
                    kind = look.style.paint(severity, SEVERITY_COLOURS[severity])
                    about = (
                        verdicts.about.name
                        if verdicts.about.kind == "fleet"
                        else f"policy {quoted(verdicts.about.name)}"
                    )
                    yield f"{kind}  {finding.rule.id} {finding.rule.name}  {printable(about)}\n"
                    yield from wrapped(finding.message, look, "  ")
                    if severity != "note":
                        yield from wrapped(
                            f"what to do: {finding.rule.entry['fix'].split('. ')[0].rstrip('.')}.", look, "  "
                        )
    if waived:
        yield f"{number(waived, 'finding')} waived or in the baseline\n"
    if chosen.findings:
        yield "\n"


def _devices(report: FleetReport) -> Iterator[str]:
    if not report.names:
        return
    for row in report.devices:
        named = f"{report.user_name(row.device.user) or 'nobody'}  {report.device_name(row.device) or 'no id'}"
        facts = (row.line, row.policy_name or "no policy", row.observation.seen, row.observation.history, row.standing)
        yield printable(f"{named}  {', '.join(fact for fact in facts if fact)}") + "\n"
    yield "\n"
