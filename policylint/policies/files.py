"""The files of a run: named, found in directories or read from stdin; what could not be read is kept as errors."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from policylint.exports.error import EXPORT_AGAIN, ExportError, NotAnExport
from policylint.exports.reader import read_document
from policylint.exports.record import Document
from policylint.knowledge.catalogue import Catalogue
from policylint.policies.policy import Policy
from policylint.policies.reading import PolicyReader

_TYPES = (b"systemconfiguration.mobilemailboxpolicy", b"systemconfiguration.activesyncmailboxpolicy")
"""The .NET types of a policy, which stand before its properties: an export that was cut off early may hold no more."""


def speaks_of_policies(data: bytes, catalogue: Catalogue) -> bool:
    """Tell whether bytes in UTF-8 or UTF-16 hold the type of a policy or a property that makes an object one."""
    # UTF-16 writes an ASCII character with a NUL on one side or the other
    text = data.replace(b"\0", b"").lower()
    names = [name.lower().encode() for known in catalogue if known.makes_a_policy for name in known.spellings]
    # finding a word is many times as fast as matching words, and most files hold none
    found = [word for word in (*names, *_TYPES) if word in text]
    return any(re.search(rb"(?<![0-9a-z_])%s(?![0-9a-z_])" % re.escape(word), text) for word in found)


STDIN = "-"
_MANY = 3
"""How many files that are passed over get a note each; more are told in one line."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file that was read: its path, its format, how many policies it holds."""

    path: str
    format: str
    policies: int


@dataclass(slots=True)
class Inputs:
    """What was read: the policies, a line for each file, and what to tell the reader on stderr."""

    policies: list[Policy] = field(default_factory=list)
    summary: list[Input] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[ExportError] = field(default_factory=list)


class Files(NamedTuple):
    """Where files come from: how to tell a directory, list what is below it, and read a file.

    `read` returns the bytes of a file, at most one more than the cap it is given, and the name that a report shows.
    """

    is_directory: Callable[[str], bool]
    below: Callable[[str], Iterator[str]]
    read: Callable[[str, int], tuple[bytes, str]]


class Read(Protocol):
    """How a run reads its inputs, with the limits and the ear for notes that it has."""

    def __call__(
        self, paths: Sequence[str], *, skip_non_exports: bool = False, files: Files | None = None, whose: str = ""
    ) -> Inputs:
        """Read as `read_inputs` does. Notes are told, each behind `whose`; errors are kept."""


def read_inputs(
    paths: list[str],
    catalogue: Catalogue,
    *,
    max_bytes: int,
    skip_non_exports: bool = False,
    files: Files | None = None,
) -> Inputs:
    """Read every export that `paths` name or contain: on disk, without `files`. One bad file never hides the others.

    In a directory, files that are no exports are passed over with a note; a file that was named must be one, unless
    `skip_non_exports`. A damaged export is an error everywhere.
    """
    files = files or ON_DISK
    reader = _Reader(catalogue, max_bytes, files)
    inputs = reader.inputs
    others = []
    for path in dict.fromkeys(paths):
        try:
            if files.is_directory(path):
                reader.read_directory(path)
            else:
                reader.read(path)
        except ExportError as error:
            if skip_non_exports and isinstance(error, NotAnExport):
                others.append(error.path)
            else:
                inputs.errors.append(error)
    inputs.notes += _passed_over(others)
    return inputs


def _passed_over(paths: list[str]) -> Iterator[str]:
    if len(paths) <= _MANY:
        yield from (f"{path}: passed over, no policy inside" for path in paths)
    else:
        yield f"{len(paths)} files passed over, no policy inside: {', '.join(paths[:_MANY])}, …"


class _Reader:
    """Reads files and directories into `inputs`."""

    def __init__(self, catalogue: Catalogue, max_bytes: int, files: Files) -> None:
        self.inputs = Inputs()
        self._catalogue = catalogue
        self._policies = PolicyReader(catalogue)
        self._max_bytes = max_bytes
        self._files = files

    def read_directory(self, path: str) -> None:
        """Read the exports below a directory; raises `NotAnExport` where it holds none, broken ones included."""
        inputs = self.inputs
        before, skipped = len(inputs.summary), 0
        failed = len(inputs.errors)
        for file in self._files.below(path):
            try:
                self.read(file)
            except NotAnExport:
                skipped += 1
            except ExportError as error:
                inputs.errors.append(error)
        if len(inputs.summary) > before:
            if skipped:
                others = f"{skipped} other file{'s' if skipped > 1 else ''}"
                inputs.notes.append(f"{path}: {others} passed over, no policy inside")
        elif len(inputs.errors) == failed:
            raise NotAnExport(f"no exported policy in this directory ({skipped} files looked at)", path=path)

    def read(self, path: str) -> None:
        """Read one file. Raises `NotAnExport` for what is none, and `ExportError` for a damaged or emptied one."""
        data, shown = self._files.read(path, self._max_bytes)
        try:
            document = read_document(data, shown, max_bytes=self._max_bytes)
            policies = self._policies.policies(document)
            if not document.records:
                raise ExportError(_describe(document), path=shown)
            if not policies:
                raise NotAnExport(_describe(document), path=shown)
        except NotAnExport:
            raise
        except ExportError as error:
            if speaks_of_policies(data, self._catalogue):
                raise
            raise NotAnExport(error.message, path=shown, line=error.line, column=error.column) from None
        self.inputs.policies += policies
        self.inputs.summary.append(Input(shown, document.format, len(policies)))
        self.inputs.notes += [f"{shown}: {note}" for note in document.notes]


def _is_directory(path: str) -> bool:
    return path != STDIN and Path(path).is_dir()


def _below(path: str) -> Iterator[str]:
    return map(str, _files(Path(path)))


def _files(directory: Path) -> Iterator[Path]:
    """Yield the files below a directory in a fixed order, hidden ones left out."""
    for entry in sorted(directory.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _files(entry)
        elif entry.is_file():
            yield entry


def read_bytes(path: str, max_bytes: int) -> tuple[bytes, str]:
    """Read a file, but never more of it than one byte past the cap: enough to know that it is too large."""
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(max_bytes + 1), "<stdin>"
        with open(path, "rb") as file:
            return file.read(max_bytes + 1), path
    except FileNotFoundError:
        raise ExportError("no such file or directory", path=path) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExportError(f"cannot be read: {reason.lower()}", path=path) from None


ON_DISK = Files(_is_directory, _below, read_bytes)


def _describe(document: Document) -> str:
    """Say what a file holds in place of policies."""
    kinds: dict[str, int] = {}
    for record in document.records:
        kind = (record.type_name or "").rsplit(".", 1)[-1] or "object of an unnamed type"
        kinds[kind] = kinds.get(kind, 0) + 1
    held = ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items())) or "an empty pipeline"
    return f"holds no mailbox policy but {held}; {EXPORT_AGAIN}"
