"""What a run of `fix` makes: the policies that refuse devices, and the script of a strategy for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from policylint.fixing.comparison import comparison
from policylint.fixing.plan import Plan, verify
from policylint.fixing.script import comment, script_of, verification
from policylint.fixing.strategies import STRATEGIES
from policylint.fixing.subject import Subject
from policylint.judging.stamp import Stamp
from policylint.policies.files import Input
from policylint.writing.style import Style


@dataclass(frozen=True, slots=True)
class Fixes:
    """The policies because of which devices are refused.

    `inputs` are the files that were read, `unread` tells of those that could not be.
    """

    stamp: Stamp
    subjects: tuple[Subject, ...]
    inputs: list[Input]
    unread: list[str]

    def plans(self, strategy: str) -> list[Plan]:
        """Return what a strategy (`separate`, `relax`, `open-gate`) does about each policy."""
        return [STRATEGIES[strategy](subject) for subject in self.subjects]

    def comparison(self, style: Style) -> Iterator[str]:
        """Yield what each strategy would do about each policy, side by side."""
        for subject in self.subjects:
            yield from comparison(subject, [plan(subject) for plan in STRATEGIES.values()], style)

    def script(self, strategy: str, *, what_if: bool = True, verified: bool = False) -> "Script":
        """Return what one strategy does about every policy. See `Script`."""
        return Script(self.stamp, strategy, tuple(self.plans(strategy)), what_if, verified)


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
        for plan in self.plans:
            yield ""
            yield from script_of(plan, what_if=self.what_if)
            if self.verified:
                yield from verification(plan, verify(plan))
