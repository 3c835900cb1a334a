"""The files that are passed over: what is told of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylint.exports.error import ExportError, NotAnExport

if TYPE_CHECKING:
    from policylint.exports.mentions import Mention

_MANY = 3
"""How many files that are passed over get a note each; more are told in one line."""


class Speaking(NotAnExport):
    """A file without a policy that speaks of one in running text, as instructions do."""

    def __init__(self, error: ExportError, found: "Mention") -> None:
        super().__init__(error.message, path=error.path, line=error.line, column=error.column)
        self.found = found


class Others:
    """The files that are passed over, and which of them speak of policies."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self._spoken: list[Speaking] = []

    def add(self, error: ExportError) -> None:
        """Take up a file."""
        if isinstance(error, Speaking):
            self._spoken.append(error)
        self.paths.append(error.path)

    def named(self) -> Iterator[str]:
        """Tell of each file by its name, as far as they are few."""
        silent = self._silent()
        if len(silent) <= _MANY:
            yield from (f"{path}: passed over, no policy inside" for path in silent)
        else:
            yield f"{len(silent)} files passed over, no policy inside: {', '.join(silent[:_MANY])}, …"
        yield from self.speaking()

    def counted(self, path: str) -> Iterator[str]:
        """Tell how many files below a path there are."""
        silent = self._silent()
        if silent:
            yield f"{path}: {number(len(silent), 'other file')} passed over, no policy inside"
        yield from self.speaking()

    def _silent(self) -> list[str]:
        spoken = {error.path for error in self._spoken}
        return [path for path in self.paths if path not in spoken]

    def speaking(self) -> Iterator[str]:
        """Tell of the files that speak of policies, although they hold none."""
        for error in self._spoken[:_MANY]:
            word, line, _ = error.found
            yield f"{error.path}: passed over; it speaks of {word} (line {line}), but gives it no value"
        if len(self._spoken) > _MANY:
            yield f"{number(len(self._spoken) - _MANY, 'more file')} passed over for the same reason"


def number(count: int, what: str) -> str:
    """Count things: `1 file`, `2 files`."""
    return f"{count} {what}{'s' if count != 1 else ''}"
