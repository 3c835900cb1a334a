"""Everything there is to say of a chain: how far the walk came, and all faults."""

from dataclasses import dataclass

from policylint.certificates.devices import Devices
from policylint.certificates.judging import Fault, Question, completeness, judge
from policylint.certificates.model import Certificate, Chain
from policylint.certificates.walk import Walk, walk


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """A chain, its walk and its faults. `complete` is None where the issuer of its end is taken for a root."""

    chain: Chain
    walk: Walk
    complete: bool | None
    faults: tuple[Fault, ...]

    @property
    def missing(self) -> str | None:
        """The subject of the certificate that phones lack; None where they lack none."""
        return self.walk.end.issuer if self.complete is False else None

    def role(self, certificate: Certificate) -> str:
        """Return what a certificate of the chain is: `leaf`, `intermediate`, `root` or `stranger`."""
        if certificate == self.walk.leaf:
            return "leaf"
        if certificate in self.walk.strangers:
            return "stranger"
        ends_here = certificate == self.walk.end and not self.walk.is_open
        return "root" if ends_here or certificate.is_self_issued else "intermediate"


def assess(chain: Chain, question: Question, devices: Devices) -> Assessment:
    """Walk a chain and judge it. Raises `walk.Entangled`."""
    walked = walk(chain.certificates, question.roots)
    faults = [
        devices.of_incomplete(fault) if fault.outcome == "chain-incomplete" else fault
        for fault in judge(chain, walked, question)
    ]
    return Assessment(chain, walked, completeness(chain, walked, question), (*faults, *devices.judge(walked)))
