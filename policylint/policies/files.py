"""The files of a run: named, found in directories or read from stdin; what could not be read is kept as errors."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from policylint.exports.bounded import ARCHIVES, GZIP
from policylint.exports.error import ExportError, NotAnExport
from policylint.exports.reader import advised, read_document
from policylint.exports.record import Document
from policylint.knowledge.catalogue import Catalogue
from policylint.policies.choice import PolicyChoiceError, asked_of, named_policy
from policylint.policies.disk import ON_DISK, Files
from policylint.policies.others import Others, number
from policylint.policies.policy import Policy
from policylint.policies.reading import PolicyReader

_T = TypeVar("_T")
_PAGE = "page"
"""The format of a report page: beside exports it is no export, or a report would be judged with the next run."""


class Input(NamedTuple):
    """One file that was read: its path, its format, how many policies it holds."""

    path: str
    format: str
    policies: int


@dataclass(slots=True)
class Inputs:
    """What was read: the policies, a line for each file, and what to tell the reader on stderr.

    `left_out` holds the policies that nobody asked for among others of their files.
    """

    policies: list[Policy] = field(default_factory=list)
    summary: list[Input] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[ExportError] = field(default_factory=list)
    left_out: list[Policy] = field(default_factory=list)


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
    assume_complete: bool = False,
    files: Files | None = None,
) -> Inputs:
    """Read every export that `paths` name or contain: on disk, without `files`. One bad file never hides the others.

    `FILE#Policy` is one policy of a file, by name or Guid, and of several that are called so the one with that Guid.

    In a directory or an archive, files that are no exports are passed over with a note; a file that was named must be
    one, unless `skip_non_exports`. What holds properties of a policy and cannot be read is an error everywhere. With
    `assume_complete`, what exports do not show is taken to ask nothing.
    """
    files = files or ON_DISK
    reader = _Reader(catalogue, max_bytes, files, assume_complete)
    others = Others()
    for path, names in asked_of(paths, files.exists).items():
        before = len(reader.inputs.policies)
        try:
            if files.is_directory(path):
                reader.read_directory(path)
            else:
                reader.read(path)
            if names is not None:
                reader.keep(names, before, path)
        except ExportError as error:
            if skip_non_exports and isinstance(error, NotAnExport):
                others.add(error)
            else:
                reader.inputs.errors.append(error)
    reader.inputs.notes += others.named()
    return reader.inputs


class _Reader:
    """Reads files, directories and archives into `inputs`."""

    def __init__(self, catalogue: Catalogue, max_bytes: int, files: Files, assume_complete: bool) -> None:
        self.inputs = Inputs()
        self._catalogue = catalogue
        self._policies = PolicyReader(catalogue, assume_complete=assume_complete)
        self._max_bytes = max_bytes
        self._files = files

    def read_directory(self, path: str) -> None:
        """Read the exports below a directory; raises `NotAnExport` where it holds none, broken ones included."""
        self._read_each(path, "directory", self._files.below(path), partial(self.read, named=False))

    def keep(self, names: Sequence[str], before: int, path: str) -> None:
        """Keep only some of the policies read last, by name; raises `ExportError` where one is not there."""
        inputs = self.inputs
        found = inputs.policies[before:]
        del inputs.policies[before:]
        try:
            kept = [named_policy(name, found) for name in names]
        except PolicyChoiceError as error:
            raise ExportError(str(error), path=path, advised=True) from None
        inputs.policies += dict.fromkeys(kept)
        inputs.left_out += [policy for policy in found if policy not in kept]

    def read(self, path: str, *, named: bool = True) -> None:
        """Read one file or archive; a report page only if it was `named`.

        Raises `NotAnExport` for what is none, and `ExportError` for a damaged one.
        """
        data, shown = self._files.read(path, self._max_bytes)
        if data.startswith(ARCHIVES) and len(data) <= self._max_bytes:
            try:
                self._read_archive(data, shown)
            except NotAnExport as error:
                raise self._judged(error, data) from None
        else:
            self._read_export(data, shown, named=named)

    def _read_archive(self, data: bytes, shown: str) -> None:
        from policylint.exports.containers import Member, contained, is_document

        def read(member: Member) -> None:
            if member.data.startswith(ARCHIVES) and not is_document(member.data):
                raise ExportError("an archive inside an archive is not read; unpack it first", path=member.path)
            self._read_export(member.data, member.path, named=False)

        found = contained(data, shown, max_bytes=self._max_bytes)
        if data.startswith(GZIP):
            for member in found:
                assert isinstance(member, Member)
                read(member)
        else:
            self._read_each(shown, "archive", found, read)

    def _read_each(self, path: str, what: str, found: Iterator[_T | ExportError], read: Callable[[_T], None]) -> None:
        inputs = self.inputs
        before, failed = len(inputs.summary), len(inputs.errors)
        others = Others()
        for each in found:
            try:
                if isinstance(each, ExportError):
                    raise each
                read(each)
            except NotAnExport as error:
                others.add(error)
            except ExportError as error:
                inputs.errors.append(error)
        if len(inputs.summary) > before:
            inputs.notes += others.counted(path)
        else:
            inputs.notes += others.speaking()
            if len(inputs.errors) == failed:
                looked_at = number(len(others.paths), "file")
                raise NotAnExport(f"no exported policy in this {what} ({looked_at} looked at)", path=path)

    def _read_export(self, data: bytes, shown: str, *, named: bool) -> None:
        try:
            document = read_document(data, shown, max_bytes=self._max_bytes, wanted=self._policies.wanted)
            policies = self._policies.policies(document)
            if not policies:
                kind = NotAnExport if document.records else ExportError
                raise advised(kind(_describe(document), path=shown))
        except ExportError as error:
            raise self._judged(error, data) from None
        if document.format == _PAGE and not named:
            raise NotAnExport("this is a report page; name it to read the policies that it carries", path=shown)
        self.inputs.policies += policies
        self.inputs.summary.append(Input(shown, document.format, len(policies)))
        self.inputs.notes += [f"{shown}: {note}" for note in document.notes]

    def _judged(self, error: ExportError, data: bytes) -> ExportError:
        from policylint.policies.unread import judged

        return judged(error, data, self._policies.wanted, max_bytes=self._max_bytes)


def _describe(document: Document) -> str:
    """Say what a file holds in place of policies."""
    kinds: dict[str, int] = {}
    for record in document.records:
        kind = (record.type_name or "").rsplit(".", 1)[-1] or "object of an unnamed type"
        kinds[kind] = kinds.get(kind, 0) + 1
    held = ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items())) or "an empty pipeline"
    return f"holds no mailbox policy but {held}"
