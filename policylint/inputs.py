"""The files of a run: named, found in directories or read from stdin; what could not be read is kept as errors."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from policylint.exports.advice import EXPORT_AGAIN
from policylint.exports.error import ExportError, NotAnExport
from policylint.exports.reader import read_document
from policylint.exports.record import Document
from policylint.findings import Input
from policylint.knowledge.catalogue import Catalogue
from policylint.policy import Policy, PolicyReader

STDIN = "-"


@dataclass(slots=True)
class Inputs:
    """What was read: the policies, a line for each file, and what to tell the reader on stderr."""

    policies: list[Policy] = field(default_factory=list)
    summary: list[Input] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[ExportError] = field(default_factory=list)


def read_inputs(paths: list[str], catalogue: Catalogue, *, max_bytes: int) -> Inputs:
    """Read every export that `paths` name or contain. One bad file never hides the others.

    In a directory, files that are no exports are passed over with a note; a file that was named must be one.
    """
    inputs = Inputs()
    reader = PolicyReader(catalogue)
    for path in dict.fromkeys(paths):
        if path != STDIN and Path(path).is_dir():
            _read_directory(path, inputs, reader, max_bytes)
        else:
            try:
                _read(path, inputs, reader, max_bytes)
            except ExportError as error:
                inputs.errors.append(error)
    return inputs


def _read_directory(path: str, inputs: Inputs, reader: PolicyReader, max_bytes: int) -> None:
    before, skipped = len(inputs.summary), 0
    failed = len(inputs.errors)
    for file in _files(Path(path)):
        try:
            _read(str(file), inputs, reader, max_bytes)
        except NotAnExport:
            skipped += 1
        except ExportError as error:
            inputs.errors.append(error)
    if skipped and len(inputs.summary) > before:
        inputs.notes.append(f"{path}: {skipped} other file{'s' if skipped > 1 else ''} passed over, no policy inside")
    if len(inputs.summary) == before and len(inputs.errors) == failed:
        inputs.errors.append(
            ExportError(f"no exported policy in this directory ({skipped} files looked at)", path=path)
        )


def _files(directory: Path) -> Iterator[Path]:
    """Yield the files below a directory in a fixed order, hidden ones left out."""
    for entry in sorted(directory.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _files(entry)
        elif entry.is_file():
            yield entry


def _read(path: str, inputs: Inputs, reader: PolicyReader, max_bytes: int) -> None:
    data, shown = read_bytes(path, max_bytes)
    document = read_document(data, shown, max_bytes=max_bytes)
    policies = reader.policies(document)
    if not policies:
        raise NotAnExport(_describe(document), path=shown)
    inputs.policies += policies
    inputs.summary.append(Input(shown, document.format, len(policies)))
    inputs.notes += [f"{shown}: {note}" for note in document.notes]


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


def _describe(document: Document) -> str:
    """Say what a file holds in place of policies."""
    kinds: dict[str, int] = {}
    for record in document.records:
        kind = (record.type_name or "").rsplit(".", 1)[-1] or "object of an unnamed type"
        kinds[kind] = kinds.get(kind, 0) + 1
    held = ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items())) or "an empty pipeline"
    return f"holds no mailbox policy but {held}; {EXPORT_AGAIN}"
