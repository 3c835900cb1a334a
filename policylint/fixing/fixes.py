"""What a run of `fix` makes: the policies that refuse devices, and the script of a strategy for all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from policylint.fixing.comparison import comparison
from policylint.fixing.plan import Plan, verify
from policylint.fixing.script import comment, script_of, verification
from policylint.fixing.strategies import STRATEGIES
from policylint.fixing.subject import Subject, refused
from policylint.fixing.weak import standing, told
from policylint.judging.problems import not_told
from policylint.judging.report import Verdicts
from policylint.judging.run import Run
from policylint.judging.stamp import Stamp
from policylint.policies.files import Input, Inputs
from policylint.report.words import brief
from policylint.writing.style import Style, printable


@dataclass(frozen=True, slots=True)
class Fixes:
    """The policies because of which devices are refused.

    `inputs` are the files that were read, `unread` tells of those that could not be, `not_told` what the others do not
    tell of policies. `left` are lines on what no strategy changes.
    """

    stamp: Stamp
    subjects: tuple[Subject, ...]
    inputs: list[Input]
    unread: list[str]
    not_told: Sequence[Verdicts] = ()
    left: Sequence[str] = ()

    @property
    def damaged(self) -> bool:
        """Whether a value cannot be read that an error tells of, as in a check."""
        return any(finding.rule.severity == "error" for each in self.not_told for finding in each.findings)

    def plans(self, strategy: str) -> list[Plan]:
        """Return what a strategy (`separate`, `relax`, `open-gate`) does about each policy."""
        return [STRATEGIES[strategy](subject) for subject in self.subjects]

    def comparison(self, style: Style) -> Iterator[str]:
        """Yield what each strategy would do about each policy, side by side."""
        for line in _told(self.not_told):
            yield f"{line}\n"
        for subject in self.subjects:
            yield from comparison(subject, [plan(subject) for plan in STRATEGIES.values()], style)
        for line in self.left:
            yield f"{printable(line)}\n"

    def script(self, strategy: str, *, what_if: bool = True, verified: bool = False) -> "Script":
        """Return what one strategy does about every policy. See `Script`."""
        return Script(self.stamp, strategy, tuple(self.plans(strategy)), what_if, verified, self.not_told, self.left)


def fixes_of(inputs: Inputs, run: Run, query: str, *, assume_gate: bool) -> Fixes:
    """Find the policies because of which targets of a run are refused; `query` is how these were asked for."""
    subjects = tuple(
        refused(
            inputs.policies,
            run.knowledge,
            run.targets.targets,
            query,
            taken=inputs.left_out,
            server=run.server,
            assume_gate=assume_gate,
        )
    )
    errors = [str(error) for error in inputs.errors]
    refusing = {subject.policy for subject in subjects}
    left = told(standing((policy for policy in inputs.policies if policy not in refusing), run), run)
    return Fixes(run.stamp, subjects, inputs.summary, errors, not_told(run, inputs.policies), list(left))


@dataclass(frozen=True, slots=True)
class Script:
    """What one strategy does about every policy, for a person to read before anybody runs it.

    With `what_if` its commands only show what they would do. If `verified`, each plan is tried in memory and says what
    came of it.
    """

    stamp: Stamp
    strategy: str
    plans: tuple[Plan, ...]
    what_if: bool
    verified: bool
    not_told: Sequence[Verdicts] = ()
    left: Sequence[str] = ()
    kind: ClassVar[str] = "fix"

    def lines(self) -> Iterator[str]:
        """Yield the lines of a PowerShell script."""
        stamp = self.stamp
        yield comment(f"policylint {stamp.program}, knowledge {stamp.knowledge} (as of {stamp.as_of})")
        yield comment(f"devices: {stamp.chosen_by}")
        yield comment(
            "-WhatIf shows what a command would do; without it (--apply-ready) it does it"
            if self.what_if
            else "each command changes something"
        )
        yield from map(comment, _told(self.not_told))
        for plan in self.plans:
            yield ""
            yield from script_of(plan, what_if=self.what_if)
            if self.verified:
                yield from verification(plan, verify(plan))
        if self.left:
            yield ""
            yield from map(comment, self.left)


def _told(not_told: Sequence[Verdicts]) -> Iterator[str]:
    return (brief(finding) for each in not_told for finding in each.findings)
