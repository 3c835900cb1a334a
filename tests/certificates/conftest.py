"""Chains judged without a command line."""

from collections.abc import Callable
from typing import Any

import pytest
from chains import NOW, Made, pem

from policylint.certificates.assessing import Assessment, assess
from policylint.certificates.devices import Devices
from policylint.certificates.judging import Question
from policylint.certificates.model import CertificateFile, Chain
from policylint.certificates.reading import read_chain
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve


@pytest.fixture(scope="session")
def assessed(knowledge: Knowledge) -> Callable[..., Assessment]:
    """Judge certificates as a file would hold them, or the bytes of a file."""
    all_devices: dict[str, Devices] = {}

    def judge(
        *served: Made | bytes,
        roots: tuple[Made, ...] | None = None,
        host: str | None = None,
        device: str = "ios",
        **options: Any,
    ) -> Assessment:
        data = served[0] if isinstance(served[0], bytes) else pem(*served).encode()  # type: ignore[arg-type]
        chain = read_chain(data, "served.pem").chain
        assert chain is not None
        chain.host = host
        trusted = None if roots is None else Chain(CertificateFile("roots.pem", "pem", []), ())
        if roots:
            trusted = read_chain(pem(*roots).encode(), "roots.pem").chain
        question = Question(options.pop("at", NOW), trusted=trusted, **options)
        if device not in all_devices:
            all_devices[device] = Devices(TargetSet(resolve([device], knowledge)), knowledge)
        return assess(chain, question, all_devices[device])

    return judge
