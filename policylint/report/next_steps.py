"""What to do next, in a few lines, by what was found."""

from collections.abc import Iterator

from policylint.judging.insteads import insteads
from policylint.judging.report import Report
from policylint.writing.style import Look, and_more, printable, quoted
from policylint.writing.table import wrap

_NAMED = 3


def next_steps(report: Report, look: Look) -> Iterator[str]:
    """Yield what to do about what a report says; nothing where nothing is to be done."""
    steps = list(_steps(report))
    if not steps:
        return
    yield look.style.bold("What to do next") + "\n"
    for step in steps:
        first, *more = wrap(printable(step), max(40, look.width - 4))
        yield f"  - {first}\n"
        yield from (f"    {line}\n" for line in more)


def _steps(report: Report) -> Iterator[str]:
    access = {word for verdicts in report.verdicts for word in verdicts.access}
    is_refused = bool(access & {"refused", "refused-on-some"})
    if is_refused:
        yield "Some clients are shut out: policylint fix, with the same files and devices, compares the ways out."
    told = insteads(report.findings)
    for each in told:
        yield f"{each.where(report.targets)}: {each.text}"
    if not is_refused and not told and any(verdicts.met.get("not") for verdicts in report.verdicts):
        yield "No value makes a client obey. policylint explain SETTING tells who enforces it, and since when."
    if "maybe" in access or report.unknown:
        yield "What is unknown has no source yet: --show-unknown lists it. A test policy on one phone would tell."
    idle = [verdicts.about.name for verdicts in report.verdicts if verdicts.policy.asks_nothing]
    if idle:
        named = and_more([quoted(name) for name in idle], _NAMED)
        profiles = "policylint rules lists profiles of benchmarks for --profile"
        yield f"{named} {'asks' if len(idle) == 1 else 'ask'} nothing of a phone; {profiles}."
