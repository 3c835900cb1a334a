"""Makes the previews of a run: loads the knowledge, resolves the devices, merges, judges."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from policylint.cli.commands.check import FailOn
from policylint.cli.judging import Gate, Scope, load_knowledge, scope

if TYPE_CHECKING:
    from policylint.merging.model import Account, DeviceMerge, Preview


class Output(StrEnum):
    """What --output takes."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"


class Previewer:
    """Makes previews, all with the same knowledge, devices and options, and remembers how grave their findings are."""

    def __init__(
        self,
        ctx: typer.Context,
        device: list[str] | None,
        own_rules: list[Path] | None,
        server: str | None,
        assume_gate: Gate | None,
        everything: bool,
    ):
        from policylint.judging.stamp import Stamp
        from policylint.judging.targets import TargetSet
        from policylint.merging.model import Setup

        if device:
            self.scope = scope(ctx, device, own_rules=own_rules, server=server)
        else:
            self.scope = Scope(load_knowledge(ctx, own_rules), (), "", "", None)
        knowledge, targets = self.scope.knowledge, self.scope.targets
        self._severities: set[str] = set()
        merges: tuple[DeviceMerge, ...] = ()
        self._needs: dict[str, str] = {}
        if targets:
            from policylint.merging.devices import device_merges, shared_needs

            merges = tuple(device_merges(targets, knowledge))
            self._needs = shared_needs(targets)
        self.setup = Setup(
            Stamp.of(knowledge, TargetSet(targets), self.scope.chosen_by, self.scope.server),
            assume_gate=None if assume_gate is None else assume_gate is Gate.TRUE,
            devices=merges,
            everything=everything,
        )

    def preview(self, accounts: "Sequence[Account]") -> "Preview":
        """Merge accounts, and judge the merged set for the devices."""
        from policylint.merging.merge import merge as join
        from policylint.merging.model import Preview

        knowledge = self.scope.knowledge
        merged = join(accounts, knowledge.catalogue, needs=self._needs)
        if not self.setup.judges:
            return Preview(self.setup, merged)
        from policylint.merging.admission import admissions

        found = admissions(merged, knowledge, self.scope.targets, self.scope.server, self.setup.assume_gate)
        self._severities.update(finding.rule.severity for each in found for finding in each.verdicts.findings)
        return Preview(self.setup, merged, tuple(found))

    def exit_code(self, fail_on: FailOn) -> int:
        """Return 1 if a finding was as grave as that."""
        return fail_on.exit_code(self._severities)
