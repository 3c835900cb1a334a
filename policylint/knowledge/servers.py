"""The server end: what a release of Exchange, or Exchange Online, decides before any policy is looked at."""

from typing import Any, NamedTuple

from policylint.knowledge.families import Target

CONNECTS = "connects"
REFUSED = "refused"
UNKNOWN = "unknown"


class ServerFact(NamedTuple):
    """Something known of a server, with the ids of its sources."""

    text: str
    evidence: str | None
    sources: tuple[str, ...]


class MinimumEas(NamedTuple):
    """The lowest EAS version a server talks to."""

    version: str
    fact: ServerFact


class Marks(NamedTuple):
    """Parts, in lower case, of names that only this server gives its policies."""

    parts: tuple[str, ...]
    fact: ServerFact


class Cmdlets(NamedTuple):
    """The only pair of cmdlets that a server has, by the spelling it takes."""

    spelling: str
    fact: ServerFact


class Server(NamedTuple):
    """One server; see `ServerEntry` of the schema for its parts."""

    id: str
    name: str
    aliases: tuple[str, ...]
    on_premises: bool
    has: frozenset[str]
    minimum_eas: MinimumEas | None
    refused_answer: ServerFact | None
    no_policy_key: ServerFact | None
    notes: tuple[ServerFact, ...]
    facts: tuple[ServerFact, ...]
    cmdlets: Cmdlets | None
    marks: Marks | None

    @property
    def told(self) -> tuple[str, ...]:
        """What every run for this server is told of it."""
        return tuple(f"{self.name}: {fact.text}" for fact in self.notes)

    def left_its_mark(self, text: str) -> bool:
        """Tell whether a name in an export is one that only this server gives."""
        folded = text.casefold()
        return self.marks is not None and any(part in folded for part in self.marks.parts)

    def lets_connect(self, target: Target) -> str:
        """Tell whether the server talks to a target at all: `connects`, `refused` or `unknown`.

        It follows from the highest EAS version that the client is known to speak. A client that does not use EAS, or
        not with this kind of server, is not concerned.
        """
        eas = target.fact("eas") or {}
        if self.minimum_eas is None or eas.get("used") is False:
            return CONNECTS
        if eas.get("used") == "on-premises" and not self.on_premises:
            return CONNECTS
        if eas.get("max") is None:
            return UNKNOWN
        return CONNECTS if _number(eas["max"]) >= _number(self.minimum_eas.version) else REFUSED

    def is_unsupported(self, target: Target) -> bool:
        """Tell whether the maker of the server says that it does not support the target with it."""
        return self.id in (target.fact("servers") or {}).get("unsupported", ())


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def fact_of(entry: dict[str, Any]) -> ServerFact:
    """Build a fact from its compiled entry."""
    return ServerFact(entry["text"], entry.get("evidence"), tuple(entry["sources"]))


def _fact(entry: dict[str, Any] | None) -> ServerFact | None:
    return fact_of(entry) if entry else None


def server_of(entry: dict[str, Any]) -> Server:
    """Build a server from its compiled entry."""
    minimum = entry.get("minimum_eas")
    minimum_fact = _fact(minimum)
    marks = entry.get("marks")
    cmdlets = entry.get("cmdlets")
    cmdlets_fact = _fact(cmdlets)
    return Server(
        id=entry["id"],
        name=entry["name"],
        aliases=tuple(entry.get("aliases", ())),
        on_premises=entry["on_premises"],
        has=frozenset(entry["has"]),
        minimum_eas=MinimumEas(minimum["version"], minimum_fact) if minimum and minimum_fact else None,
        refused_answer=_fact(entry.get("refused_answer")),
        no_policy_key=_fact(entry.get("no_policy_key")),
        notes=tuple(map(fact_of, entry.get("notes", ()))),
        facts=tuple(map(fact_of, entry.get("facts", ()))),
        marks=Marks(tuple(map(str.casefold, marks["parts"])), fact_of(marks)) if marks else None,
        cmdlets=Cmdlets(cmdlets["spelling"], cmdlets_fact) if cmdlets and cmdlets_fact else None,
    )
