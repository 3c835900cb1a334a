"""Runs an example of a rule about chains: the certificates that it describes are made, and judged."""

import datetime
from typing import Any

from policylint.certificates.assessing import assess
from policylint.certificates.devices import Devices
from policylint.certificates.judging import Question
from policylint.certificates.making import Making
from policylint.certificates.model import Certificate, CertificateFile, Chain
from policylint.certificates.report import verdicts_of
from policylint.judging.findings import Finding
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge

_AS_OF = "2026-11-22"


def findings_of(example: dict[str, Any], targets: TargetSet, knowledge: Knowledge) -> list[Finding]:
    """Judge an example as of a fixed day, unless it names one."""
    described, trusted = example["chain"], example.get("roots", [])
    made = Making([*described, *trusted]).made()
    at = datetime.datetime.fromisoformat(example.get("as_of", _AS_OF)).replace(tzinfo=datetime.UTC)
    chain = _chain(made[: len(described)], example.get("host"))
    question = Question(at, example.get("days", 30), _chain(made[len(described) :]) if trusted else None)
    assessment = assess(chain, question, Devices(targets, knowledge))
    return verdicts_of(assessment, question, targets, knowledge).findings


def _chain(made: list[Certificate], host: str | None = None) -> Chain:
    document = CertificateFile("example", "pem", [(each, number, number) for number, each in enumerate(made, 1)])
    return Chain(document, tuple(made), host)
