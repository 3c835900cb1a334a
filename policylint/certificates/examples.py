"""Runs an example of a rule about chains: the certificates that it describes are made, and judged."""

import datetime
from typing import Any

from policylint.certificates.assessing import assess
from policylint.certificates.devices import Devices
from policylint.certificates.judging import Fault, Question
from policylint.certificates.making import Making
from policylint.certificates.model import CertificateFile, Chain
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge

_AS_OF = "2026-11-22"


def faults_of(example: dict[str, Any], targets: TargetSet, knowledge: Knowledge) -> tuple[Fault, ...]:
    """Judge an example as of a fixed day, unless it names one."""
    described, trusted = example["chain"], example.get("roots", [])
    made = Making([*described, *trusted]).made()
    served, roots = made[: len(described)], made[len(described) :]
    document = CertificateFile("example", "pem", [(each, number, number) for number, each in enumerate(served, 1)])
    at = datetime.datetime.fromisoformat(example.get("as_of", _AS_OF)).replace(tzinfo=datetime.UTC)
    question = Question(at, example.get("days", 30), tuple(roots), has_roots="roots" in example)
    chain = Chain(document, tuple(served), example.get("host"))
    return assess(chain, question, Devices(targets, knowledge)).faults
