"""What a run has to say of chains: the same report as of policies, with each chain in the place of a policy."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

from policylint.certificates.assessing import Assessment
from policylint.certificates.judging import Fault, Question
from policylint.certificates.model import Certificate
from policylint.exports.record import Document
from policylint.judging.findings import Finding, Ruling, sources_of
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge

_VERDICTS = {True: "complete", False: "incomplete", None: "maybe-complete"}


@dataclass(slots=True, eq=False)
class ChainVerdicts(Verdicts):
    """How one chain fares: complete or not, and its findings."""

    assessment: Assessment = field(kw_only=True)

    def rows(self, targets: TargetSet) -> Iterator[tuple[str, str]]:
        """Yield the verdict and the way that was walked, with what lies beyond its end in brackets."""
        path = [each.subject for each in self.assessment.walk.path]
        if self.assessment.walk.is_open:
            path.append(f"({self.assessment.walk.end.issuer})")
        yield _VERDICTS[self.assessment.complete], " ← ".join(path)


@dataclass(slots=True)
class ChainReport(Report):
    """Everything a run has to say of chains. `warnings` tell of what stands in the files beside certificates."""

    kind: ClassVar[str] = "chain"
    about: ClassVar[str] = "chain"

    warnings: list[str] = field(default_factory=list)

    @property
    def assessments(self) -> list[Assessment]:
        """The chains that were judged."""
        return [each.assessment for each in self.verdicts if isinstance(each, ChainVerdicts)]


def verdicts_of(assessment: Assessment, question: Question, targets: TargetSet, knowledge: Knowledge) -> ChainVerdicts:
    """Make the faults of a chain into findings, each at its certificate."""
    findings = [_finding(fault, assessment, question, targets, knowledge) for fault in assessment.faults]
    findings.sort(key=lambda each: (each.standing_in is not None, each.mark))
    return ChainVerdicts(assessment.chain, {}, {}, {}, [], findings, assessment=assessment)


def _finding(
    fault: Fault, assessment: Assessment, question: Question, targets: TargetSet, knowledge: Knowledge
) -> Finding:
    rule = knowledge.rulebook.by_outcome[fault.outcome]
    if fault.evidence == "inferred" and rule.severity == "error":
        rule = replace(rule, severity="warning")
    sources = sources_of(fault.reasons) or tuple(knowledge.sources[name] for name in rule.sources)
    ruling = Ruling(
        rule, targets, fault.mask, fault.reasons, fault.detail, evidence=fault.evidence, sources=sources, key=fault.key
    )
    mark, elsewhere = _standing(fault.certificate, assessment, question)
    return Finding(ruling, assessment.chain, mark, name=fault.certificate.subject, standing_in=elsewhere)


def _standing(certificate: Certificate, assessment: Assessment, question: Question) -> tuple[int, Document | None]:
    """Return where a certificate stands: in the chain, else among those that phones trust."""
    if certificate in assessment.chain.certificates or question.trusted is None:
        return assessment.chain.mark_of(certificate), None
    return question.trusted.mark_of(certificate), question.trusted.document
