"""What is read: a certificate as far as it is judged, and a chain of them as it was served."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from policylint.exports.record import Document, Place


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. Two are the same if their bytes are.

    `subject` and `issuer` are written as in RFC 4514, `names` are its dNSNames. `signature` is the hash that its
    signature is made over (`sha256`), or None where the signature has none of its own (Ed25519). `key` is the kind of
    its public key (`rsa`, `ec`, …), `bits` the size. `addresses` say where its issuer's certificate lies (AIA).
    `parsed` is the certificate of the library.
    """

    der: bytes
    subject: str = field(compare=False)
    issuer: str = field(compare=False)
    not_before: datetime = field(compare=False)
    not_after: datetime = field(compare=False)
    is_authority: bool = field(compare=False)
    is_self_issued: bool = field(compare=False)
    names: tuple[str, ...] = field(compare=False)
    common_names: tuple[str, ...] = field(compare=False)
    signature: str | None = field(compare=False)
    key: str = field(compare=False)
    bits: int | None = field(compare=False)
    addresses: tuple[str, ...] = field(compare=False)
    parsed: Any = field(compare=False, repr=False)


class CertificateFile(Document):
    """Where certificates stand. A mark counts the certificates of the file, from 0.

    `line` shows of a certificate its subject, and of a file nothing else: it may hold a private key. In a file that is
    no text, and in what a server sent, a line is the number of the certificate.
    """

    __slots__ = ("_lines", "_subjects")

    def __init__(self, path: str, format: str, found: list[tuple[Certificate, int, int]]):  # noqa: A002
        """Take each certificate with its first and last line."""
        super().__init__(path, format)
        self._lines = [(first, last) for _, first, last in found]
        self._subjects = {first: certificate.subject for certificate, first, _ in found}

    def place(self, mark: int) -> Place:
        """Find where a certificate stands, by its number."""
        first, last = self._lines[mark]
        width = len(self._subjects[first]) if first == last else len("-----END CERTIFICATE-----")
        return Place(self.path, first, 1, last, width + 1)

    def line(self, number: int) -> str:
        """Return the subject of the certificate that begins on a line."""
        return self._subjects.get(number, "")


@dataclass(slots=True, eq=False)
class Chain:
    """The certificates of one file or connection, in their order. `host` is the name that phones connect to."""

    kind: ClassVar[str] = "chain"
    part: ClassVar[str] = "certificate"

    document: CertificateFile
    certificates: tuple[Certificate, ...]
    host: str | None = None

    @property
    def name(self) -> str:
        """The path of the file, or the address of the server."""
        return self.document.path

    @property
    def identity(self) -> str:
        """What tells this chain from others: where it was read."""
        return self.document.path

    def answers_to(self, name: str) -> bool:
        """Tell whether a reader may call it by a name: its file, its address, or its host in any case."""
        return name == self.name or (self.host is not None and name.casefold() == self.host.casefold())

    def place(self, mark: int) -> Place:
        """Find a certificate by its mark."""
        return self.document.place(mark)

    @property
    def is_ordered(self) -> bool:
        """Whether the order of the certificates says in which they are served: PKCS#7 holds a set."""
        return self.document.format != "pkcs7"

    @property
    def mark(self) -> int:
        """What stands for the chain as a whole: its first certificate."""
        return 0

    def mark_of(self, certificate: Certificate) -> int:
        """Return the mark of a certificate in the file."""
        return self.certificates.index(certificate)
