"""What a report is about, as far as everything that reports has to know it."""

from typing import ClassVar, Protocol

from policylint.exports.record import Document, Place


class Judged(Protocol):
    """What findings are about: a policy of an export, or a chain of certificates.

    `kind` is what readers call it, `part` what they call what it is made of.
    """

    kind: ClassVar[str]
    part: ClassVar[str]

    @property
    def name(self) -> str:
        """What a report calls it."""

    @property
    def identity(self) -> str:
        """What tells it from others, in this run and the next."""

    @property
    def mark(self) -> int:
        """What stands for it as a whole in the file."""

    @property
    def document(self) -> Document:
        """The file it was read from."""

    def answers_to(self, name: str) -> bool:
        """Tell whether a reader may call it by a name."""

    def place(self, mark: int) -> Place:
        """Find where something in it stands, by its mark."""
