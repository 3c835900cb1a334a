"""What a run judges with: the knowledge, the targets, the server, and what is worked out once for all policies."""

from dataclasses import replace

from policylint.judging.controls import Controls
from policylint.judging.findings import Ruling
from policylint.judging.hidden import HiddenSettings
from policylint.judging.known_bugs import bugs_of_policies
from policylint.judging.patterns import Pattern, pattern_of
from policylint.judging.rulings import Rulings
from policylint.judging.server_end import ServerEnd
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.families import Target
from policylint.knowledge.profiles import Profile
from policylint.knowledge.query import resolve
from policylint.knowledge.rulebook import Rule
from policylint.knowledge.servers import Server


class Run:
    """What all policies of a run are judged with.

    `assume_gate` stands in for a provisioning gate that an export does not show. With `show_unknown`, demands of
    which nobody knows what a target does with them are findings as well as a count; with `show_passed`, the demands
    that targets meet are listed, too. `server` adds what the server end decides, and each of `profiles` what a
    benchmark asks for. A `stamp` is for the same targets.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        targets: tuple[Target, ...],
        *,
        stamp: Stamp | None = None,
        assume_gate: bool | None = None,
        show_unknown: bool = False,
        show_passed: bool = False,
        server: Server | None = None,
        profiles: tuple[Profile, ...] = (),
    ):
        self.knowledge = knowledge
        self.stamp = stamp or Stamp.of(knowledge, TargetSet(targets), "", server, profiles)
        self.targets = self.stamp.targets
        self.server = server
        self.server_end = ServerEnd(server, knowledge, self.targets)
        self.rulings = Rulings(knowledge, self.targets, self.server_end)
        self.controls = Controls(profiles, knowledge, self.targets)
        self.assume_gate = assume_gate
        self.show_unknown = show_unknown
        self.show_passed = show_passed
        self.patterns = [
            (ruling, at, patterns)
            for ruling, at, patterns in map(self._pattern, knowledge.rulebook.patterns)
            if ruling.mask or not ruling.rule.devices
        ]
        self.hidden = HiddenSettings(knowledge.catalogue, self.rulings, self.targets, knowledge.rulebook)
        self.patterns += bugs_of_policies(knowledge, self.targets, server, self.server_end.refused)
        self._plain: dict[tuple[str, str], Ruling] = {}

    def plain(self, outcome: str, detail: str) -> Ruling:
        """Return the ruling of an outcome that speaks of a policy and of no target."""
        found = self._plain.get((outcome, detail))
        if found is None:
            found = self._plain[outcome, detail] = self._ruling(self.knowledge.rulebook.by_outcome[outcome], detail)
        return found

    def _ruling(self, rule: Rule, detail: str = "") -> Ruling:
        sources = tuple(self.knowledge.sources[name] for name in rule.sources)
        return Ruling(rule, self.targets, detail=detail, sources=sources)

    def _pattern(self, rule: Rule) -> tuple[Ruling, str | None, list[Pattern]]:
        """Prepare a rule that is a pattern: its ruling, where it points, its conditions."""
        ruling = self._ruling(rule)
        if rule.devices:
            concerned = self.targets.mask(resolve(rule.devices, self.knowledge)) & ~self.server_end.refused
            ruling = replace(ruling, mask=concerned)
        return ruling, rule.at, [pattern_of(entry, self.knowledge.catalogue) for entry in rule.when]
