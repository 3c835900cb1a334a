"""What is known of devices and certificates, held against a walk: all of it is data of the families."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from policylint.certificates.judging import Fault, hash_name
from policylint.certificates.model import Certificate
from policylint.certificates.walk import Walk
from policylint.judging.findings import Reason
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.families import Target, first_sentence

_FAILS = "fails"
_LUCK = "that is luck: of a cache, or of a store that happens to hold it"


class Devices:
    """The statements about certificates that hold for the targets of a run."""

    def __init__(self, targets: TargetSet, knowledge: Knowledge):
        self._targets = targets
        self._sources = knowledge.sources
        found: dict[int, tuple[dict[str, Any], list[Target]]] = {}
        for target in targets.targets:
            for statement in target.facts("certificates"):
                found.setdefault(id(statement), (statement, []))[1].append(target)
        self._statements = [(statement, targets.mask(members)) for statement, members in found.values()]

    def judge(self, walk: Walk) -> Iterator[Fault]:
        """Yield the faults that are known of these devices and no others."""
        for statement, mask in self._about("refuses"):
            for each in walk.path:
                for what in _refused(each, statement["refuses"]):
                    yield self._fault("certificate-unusable", each, what, statement, mask)
        end = f"{walk.end.subject}\n{walk.end.issuer}".casefold()
        for statement, mask in self._about("roots"):
            if not any(name.casefold() in end for name in statement["roots"]):
                listed = f"{', '.join(statement['roots'])} ({statement.get('roots_as_of', 'undated')})"
                yield self._fault("root-not-shipped", walk.end, listed, statement, mask)

    def of_incomplete(self, fault: Fault) -> Fault:
        """Complete the fault of an incomplete chain, which concerns every device: what is known of which."""
        known = list(self._about("incomplete"))
        broken = reduce(or_, (mask for statement, mask in known if statement["incomplete"] == _FAILS), 0)
        said = f"; known to break {self._targets.fold(broken)}" if broken else ""
        where = "where it works elsewhere" if broken else "where it works"
        luck = f"; {where}, {_LUCK}" if broken != self._targets.everything else ""
        reasons = tuple(self._reason(statement, mask) for statement, mask in known)
        return replace(fault, detail=f"{fault.detail}{said}{luck}", mask=self._targets.everything, reasons=reasons)

    def _about(self, key: str) -> Iterator[tuple[dict[str, Any], int]]:
        return ((statement, mask) for statement, mask in self._statements if statement.get(key))

    def _fault(
        self, outcome: str, certificate: Certificate, detail: str, statement: dict[str, Any], mask: int
    ) -> Fault:
        family = self._targets.members(mask)[0].family.id
        reasons = (self._reason(statement, mask),)
        return Fault(outcome, certificate, detail, mask, reasons, statement["evidence"], family)

    def _reason(self, statement: dict[str, Any], mask: int) -> Reason:
        note: str = statement["note"]
        sources = tuple(self._sources[name] for name in statement["sources"])
        return Reason(mask, first_sentence(note), note, statement["evidence"], sources)


def _refused(certificate: Certificate, refuses: list[str]) -> Iterator[str]:
    for what in refuses:
        if what == certificate.signature:
            yield f"a signature with {hash_name(what)}"
        elif what == certificate.key:
            yield f"a key of the kind {what.upper()}"
