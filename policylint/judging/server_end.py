"""What the server end decides before any policy is looked at: the design, section 2, step 3a."""

from policylint.judging.findings import Ruling
from policylint.judging.known_bugs import bugs_at_server
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.servers import REFUSED, UNKNOWN, Server, ServerFact
from policylint.policies.policy import Layout


class ServerEnd:
    """The rulings of one server on the targets of a run.

    `refused` is the mask of the targets that cannot connect at all. `rulings` concern targets, whatever the policy, and
    are told once.
    """

    def __init__(self, server: Server | None, knowledge: Knowledge, targets: TargetSet):
        self.server = server
        self._knowledge = knowledge
        self._targets = targets
        self.refused = 0
        self.rulings: list[Ruling] = []
        if server is not None:
            self._judge(server)

    def _judge(self, server: Server) -> None:
        everyone = self._targets.targets
        self.refused = self._targets.mask(each for each in everyone if server.lets_connect(each) == REFUSED)
        unknown = self._targets.mask(each for each in everyone if server.lets_connect(each) == UNKNOWN)
        unsupported = self._targets.mask(each for each in everyone if server.is_unsupported(each))
        if server.minimum_eas is not None:
            fact = server.minimum_eas.fact
            self._add("cannot-connect", self.refused, fact.text, fact.sources, fact.evidence)
            self._add("server-unknown", unknown, f"EAS {server.minimum_eas.version}", fact.sources, None)
        sources = tuple(
            dict.fromkeys(
                source
                for target in self._targets.members(unsupported)
                for source in (target.fact("servers") or {}).get("sources", ())
            )
        )
        self._add("server-unsupported", unsupported & ~self.refused, server.name, sources, "documented")
        self.rulings += bugs_at_server(self._knowledge, self._targets, server, self.refused)

    def _add(self, outcome: str, mask: int, detail: str, sources: tuple[str, ...], evidence: str | None) -> None:
        if mask:
            rule = self._knowledge.rulebook.by_outcome[outcome]
            named = tuple(self._knowledge.sources[name] for name in sources)
            self.rulings.append(Ruling(rule, self._targets, mask, (), detail, None, evidence, named))

    def answer(self, outcome: str | None) -> str | None:
        """Say what a client gets that a closed gate refuses, by the outcome that refuses it; None if not known."""
        if self.server is None:
            return None
        fact: ServerFact | None = {
            "blocks": self.server.refused_answer,
            "blocks-some": self.server.refused_answer,
            "cannot-provision": self.server.no_policy_key,
        }.get(outcome or "")
        if fact is None:
            return None
        return f"{self.server.name}: {fact.text}" + (" (inferred)" if fact.evidence == "inferred" else "")

    def missing(self, layout: Layout) -> list[Property]:
        """List the properties of an export that do not exist on the server."""
        if self.server is None:
            return []
        return [
            known
            for known in layout.columns
            if known is not None and known.first_exchange and known.first_exchange not in self.server.has
        ]
