"""The walk from the server's own certificate to a root."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.certificates.model import Certificate
from policylint.certificates.signatures import signed_by

_MOST_CHECKS = 2_000
"""How many signatures a chain may ask to be checked; an honest one needs a handful."""


class Entangled(Exception):
    """Certificates that claim each other for issuers so often that no server sends such."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What was walked: the path from the leaf, whether it reached a root, and the certificates that are on no path.

    `namesakes` are certificates that bear the name of the issuer that is missing and have another key.
    """

    path: tuple[Certificate, ...]
    is_open: bool
    strangers: tuple[Certificate, ...]
    namesakes: tuple[Certificate, ...] = ()

    @property
    def leaf(self) -> Certificate:
        """The server's own certificate."""
        return self.path[0]

    @property
    def end(self) -> Certificate:
        """The last certificate that was reached."""
        return self.path[-1]


def leaf_of(served: Sequence[Certificate]) -> Certificate:
    """Return the server's own certificate: the first that is no authority, else the first."""
    return next((each for each in served if not each.is_authority), served[0])


def walk(served: Sequence[Certificate], roots: Sequence[Certificate] = ()) -> Walk:
    """Walk from the leaf by issuers that were served or are trusted. Raises `Entangled`."""
    issuers = _Issuers(served, roots)
    path = [leaf_of(served)]
    while not issuers.is_root(path[-1]):
        known = [each for each in issuers.of(path[-1]) if each not in path]
        # where nothing leads to a root, the first in the file is as good as any
        step = next((each for each in known if issuers.lead_to_root(each, path)), known[0] if known else None)
        if step is None:
            break
        path.append(step)
    is_open = not issuers.is_root(path[-1])
    reached = issuers.reached(path[0])
    return Walk(
        tuple(path),
        is_open,
        tuple(each for each in dict.fromkeys(served) if each not in reached),
        tuple(issuers.namesakes(path[-1])) if is_open else (),
    )


class _Issuers:
    """Who issued whom among the certificates at hand. A signature is checked once, when somebody asks."""

    def __init__(self, served: Sequence[Certificate], roots: Sequence[Certificate]):
        self._roots = frozenset(roots)
        self._named: dict[str, list[Certificate]] = {}
        for each in dict.fromkeys([*served, *roots]):
            self._named.setdefault(each.subject, []).append(each)
        self._found: dict[Certificate, tuple[Certificate, ...]] = {}
        self._checks = 0

    def is_root(self, certificate: Certificate) -> bool:
        """Tell whether a walk ends with a certificate."""
        return certificate.is_self_issued or certificate in self._roots

    def of(self, certificate: Certificate) -> tuple[Certificate, ...]:
        """List those that issued a certificate: served ones first, in their order."""
        found = self._found.get(certificate)
        if found is None:
            found = self._found[certificate] = tuple(
                each for each in self._named.get(certificate.issuer, ()) if self._signed(certificate, each)
            )
        return found

    def _signed(self, certificate: Certificate, issuer: Certificate) -> bool:
        self._checks += 1
        if self._checks > _MOST_CHECKS:
            raise Entangled
        return signed_by(certificate, issuer) is True

    def namesakes(self, certificate: Certificate) -> Iterator[Certificate]:
        """Yield those that bear the name of the issuer and did not sign."""
        known = self.of(certificate)
        return (each for each in self._named.get(certificate.issuer, ()) if each not in known)

    def lead_to_root(self, certificate: Certificate, passed: Sequence[Certificate]) -> bool:
        """Tell whether a root can be reached without those that were passed already."""
        return any(self.is_root(each) for each in self.reached(certificate, passed))

    def reached(self, start: Certificate, passed: Sequence[Certificate] = ()) -> set[Certificate]:
        """Return all certificates on the ways from one; a way ends where the walk would."""
        seen = {start}
        waiting = [start]
        while waiting:
            here = waiting.pop()
            if not self.is_root(here):
                further = [each for each in self.of(here) if each not in seen and each not in passed]
                seen.update(further)
                waiting += further
        return seen
