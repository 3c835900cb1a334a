"""Two sides that were read, judged for the targets of a run and compared."""

from collections.abc import Callable, Sequence

from policylint.comparing.compare import compare
from policylint.comparing.model import Comparison, Side
from policylint.judging import engine
from policylint.judging.problems import not_told
from policylint.judging.report import Report, Verdicts
from policylint.judging.run import Run


def between(
    old: Side, new: Side, run: Run, accept: Callable[[Report], Report] | None, *, gate_is_assumed: bool
) -> Comparison:
    """Compare two sides. `accept` says of the report on a side what counts in it."""

    def accepted(verdicts: list[Verdicts]) -> Sequence[Verdicts]:
        report = Report(run.stamp, verdicts=verdicts, sources=run.knowledge.sources)
        return (accept(report) if accept else report).verdicts

    return compare(
        old,
        new,
        run.stamp,
        run.knowledge.catalogue,
        lambda policies: accepted(engine.judge(run, policies)),
        lambda policies: accepted(not_told(run, policies)),
        gate_is_assumed=gate_is_assumed,
    )
