"""What the engine says: rulings, which policies share, and findings, each about one policy or one chain.

A finding refers to what it speaks of. Its text, place and fix are worked out when a renderer asks for them, so that
a report over thousands of policies costs no more than what is printed of it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from policylint import values
from policylint.exports.record import Document, Place
from policylint.judging import remedy
from policylint.judging.targets import TargetSet
from policylint.knowledge import Source
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Target
from policylint.knowledge.rulebook import Rule
from policylint.policies.judged import Judged
from policylint.policies.policy import Policy
from policylint.values import Value


def fingerprint(*parts: str) -> str:
    """Return a short name for a few texts, the same in every run."""
    digest: str = _sha256()("\0".join(parts).encode()).hexdigest()
    return digest[:16]


@cache
def _sha256() -> Callable[[bytes], Any]:
    from hashlib import sha256  # felt at start-up, and the text report has no fingerprints

    return sha256


_ASSUMED = "a documented default, not named in the script"
SEVERITIES = ("error", "warning", "note")


class Reason(NamedTuple):
    """Why a ruling holds for some of its targets: what is known of them, how well, and from where."""

    mask: int
    claim: str | None
    note: str | None
    evidence: str | None
    sources: tuple[Source, ...]

    @property
    def cited(self) -> str:
        """The note, with the ids of its sources behind it."""
        return f"{self.note} [{', '.join(source.id for source in self.sources)}]"


@dataclass(frozen=True, slots=True, eq=False)
class Ruling:
    """What a rule says of one value of one property for some targets; shared by all policies with that value.

    `detail` completes the message, `wanted` is the change that would cure it, `evidence` the weakest of the reasons,
    `answer` what a refused client gets from the server, where a server was named. `gated` tells that the provisioning
    gate decides it. `key` tells rulings apart that one rule makes of one property. `instead` has what else would bring
    about what some targets do not do: each a note with its sources.
    """

    rule: Rule
    targets: TargetSet
    mask: int = 0
    reasons: tuple[Reason, ...] = ()
    detail: str = ""
    wanted: tuple[Property, Value] | None = None
    evidence: str | None = None
    sources: tuple[Source, ...] = ()
    answer: str | None = None
    gated: bool = False
    key: str = ""
    instead: tuple[Reason, ...] = ()

    def narrowed(self, mask: int) -> "Ruling":
        """Return what is left of it for some of its targets: with their reasons only, and the sources of these."""
        if mask == self.mask:
            return self
        reasons = tuple(reason._replace(mask=reason.mask & mask) for reason in self.reasons if reason.mask & mask)
        sources = sources_of(reasons) if self.reasons else self.sources
        evidence = weakest(reasons) if self.reasons else self.evidence
        instead = tuple(each._replace(mask=each.mask & mask) for each in self.instead if each.mask & mask)
        return replace(self, mask=mask, reasons=reasons, sources=sources, evidence=evidence, instead=instead)


def sources_of(reasons: Iterable[Reason]) -> tuple[Source, ...]:
    """List the sources of some reasons, each once."""
    return tuple(dict.fromkeys(source for reason in reasons for source in reason.sources))


def weakest(reasons: Iterable[Reason]) -> str | None:
    """Return the weakest grade of evidence among some reasons."""
    grades = {reason.evidence for reason in reasons}
    return next((grade for grade in ("inferred", "observed", "documented") if grade in grades), None)


class Waived(NamedTuple):
    """Why a finding does not count: `by` is `waiver` or `baseline`; `expires` is the last day it holds, as ISO 8601."""

    by: str
    reason: str | None = None
    expires: str | None = None


@dataclass(slots=True, eq=False)
class Finding:
    """One thing to tell the reader about one policy, or one chain of certificates.

    `known` is the property it concerns, if the catalogue has it, `name` the property as the file spells it (of a chain
    the subject of the certificate), `raw` the text to show for a value that could not be read or was assumed, `also`
    the second name of the same flag. `gate_mark` is where the provisioning gate stands, if it decides. `standing_in` is
    the file it stands in, if that is not the one of what it is about. `waived` tells why it does not count.
    """

    ruling: Ruling
    about: Judged
    mark: int
    known: Property | None = None
    name: str | None = None
    value: Value = None
    raw: str | None = None
    gate_mark: int | None = None
    also: str | None = None
    standing_in: Document | None = None
    waived: Waived | None = None

    @property
    def policy(self) -> Policy:
        """The policy it is about; asked for only where it is about one."""
        assert isinstance(self.about, Policy)
        return self.about

    @property
    def rule(self) -> Rule:
        """The rule that made the finding."""
        return self.ruling.rule

    @property
    def wording(self) -> tuple[Any, ...]:
        """What its message, reasons and sources depend on: findings that are alike in this are worded alike."""
        return (self.ruling, self.name, self.also, self.value.__class__, self.value, self.raw, self.assumed)

    @property
    def assumed(self) -> bool:
        """Whether it is about a value that the file does not hold: a new policy gets it by default."""
        return self.known is not None and self.known.key in self.policy.assumed

    def with_ruling(self, ruling: Ruling, waived: Waived | None) -> "Finding":
        """Return the same with another ruling and waiver; it is done far too often for `replace`."""
        about, mark, known, name, value, raw = self.about, self.mark, self.known, self.name, self.value, self.raw
        gate_mark, also, standing_in = self.gate_mark, self.also, self.standing_in
        return Finding(ruling, about, mark, known, name, value, raw, gate_mark, also, standing_in, waived)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets it concerns; none for a finding about the export or the policy itself."""
        return self.ruling.targets.members(self.ruling.mask)

    @property
    def document(self) -> Document:
        """The file it stands in."""
        return self.standing_in or self.about.document

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.document.place(self.mark)

    @property
    def message(self) -> str:
        """The finding in one sentence, naming targets, property and reason."""
        claims = {reason.claim for reason in self.ruling.reasons}
        claim = next(iter(claims)) if len(claims) == 1 else None
        text = self._worded(f": {claim}" if claim else "")
        return text if self.ruling.evidence in (None, "documented") else f"{text} ({self.ruling.evidence})"

    @property
    def headline(self) -> str:
        """The message without its reason, for renderers that print reasons by themselves."""
        return self._worded("")

    @property
    def setting(self) -> str:
        """The property as the file spells it, with its value where the file holds one; empty if it is about none."""
        if self.known is None or (self.value is None and self.raw is None and self.policy.get(self.known.key) is None):
            return self.name or ""
        return f"{self.name or self.known.key} {shown(self.value) if self.raw is None else self.raw}"

    def _worded(self, claim: str) -> str:
        ruling = self.ruling
        worded = ruling.rule.message.format(
            targets=ruling.targets.fold(ruling.mask),
            property=self.name if self.also is None else f"{self.name} (and {self.also})",
            value=shown(self.value) if self.raw is None else self.raw,
            detail=ruling.detail,
            claim=claim,
        )
        return f"{worded} ({_ASSUMED})" if self.assumed else worded

    @property
    def fix(self) -> str | None:
        """One line of PowerShell that would cure it, safe to paste; None where there is no such line."""
        command = remedy.command(self.policy, *self.ruling.wanted) if self.ruling.wanted else None
        return command.text if command else None

    @property
    def subject(self) -> str:
        """The identity of what it is about; empty where it is told once, whatever the policy."""
        return "" if self.rule.once else self.about.identity

    @property
    def subject_property(self) -> str:
        """The property it is about, by its key where it is a known one; empty where it is about none."""
        return self.known.key if self.known else self.name or ""

    @property
    def fingerprint(self) -> str:
        """What identifies the finding in another run over a new export: what it is about, and never the line."""
        rule, key = self.ruling.rule, self.ruling.key
        parts = (rule.id, self.subject, self.subject_property)
        return fingerprint(*parts, key) if key else fingerprint(*parts)


def shown(value: Value) -> str:
    """Show a value in a message, shortened if it is long."""
    return values.shorten(values.to_text(value))


class Divider:
    """Divides findings by targets. What many findings share stays shared."""

    def __init__(self) -> None:
        self._narrowed: dict[tuple[Ruling, int], Ruling] = {}

    def divide(self, finding: Finding, mask: int | None, waived: Waived) -> Iterator[Finding]:
        """Yield a finding in up to two parts: waived for the targets of a mask (None: wholly), and what is left."""
        whole = finding.ruling.mask
        covered = whole if mask is None else whole & mask
        if covered == whole:
            yield self.part(finding, whole, waived)
            return
        if covered:
            yield self.part(finding, covered, waived)
        yield self.part(finding, whole & ~covered, finding.waived)

    def part(self, finding: Finding, mask: int, waived: Waived | None) -> Finding:
        """Return what a finding says of the targets in a mask."""
        key = (finding.ruling, mask)
        ruling = self._narrowed.get(key)
        if ruling is None:
            ruling = self._narrowed[key] = finding.ruling.narrowed(mask)
        return finding.with_ruling(ruling, waived)
