"""Files to evidence: what each file is, its rows, and what to tell of files and rows that cannot be used."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from policylint.evidence.advice import advise
from policylint.evidence.calendar import Calendar, DateColumn, Written
from policylint.evidence.dates import Moment
from policylint.evidence.files import EvidenceFile, evidence_files
from policylint.evidence.recognising import HEAD, file_kind
from policylint.evidence.rows import (
    AccountRow,
    DeviceRow,
    MailboxRow,
    Oddities,
    account_rows,
    device_rows,
    mailbox_rows,
)
from policylint.evidence.tables import ACCOUNTS, ASSIGNMENTS, DEVICES, Table, lacks_policies, tables
from policylint.evidence.users import Users
from policylint.exports.decode import decode
from policylint.exports.error import ExportError, NotAnExport
from policylint.exports.reader import no_collection, read_document
from policylint.exports.record import Document
from policylint.knowledge import Knowledge
from policylint.policies.policy import Policy
from policylint.policies.reading import PolicyReader

POLICIES, LOGS = "policies", "logs"
_MANY = 3
"""How many files that are passed over for one reason get a note each; more are told in one line."""


@dataclass(slots=True)
class Read:
    """One file as one kind of evidence: how many rows it has and how many could be used.

    `start` and `end` are those of a log, which is not read here.
    """

    path: str
    kind: str
    rows: int
    used: int
    start: Moment | None = None
    end: Moment | None = None


@dataclass(slots=True)
class Evidence:
    """All that files say, row by row, before it is joined.

    `logs` are the files that are logs of IIS. `users` knows which spellings of the rows are one user.
    `changes` has the date of the last change of a policy, by the `id()` of the policy.
    """

    reads: list[Read] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    devices: list[DeviceRow] = field(default_factory=list)
    mailboxes: list[MailboxRow] = field(default_factory=list)
    accounts: list[AccountRow] = field(default_factory=list)
    logs: list[EvidenceFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[ExportError] = field(default_factory=list)
    users: Users = field(default_factory=Users)
    calendar: Calendar = field(default_factory=Calendar)
    changes: dict[int, Written] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of evidence of which at least one row can be used."""
        return frozenset(each.kind for each in self.reads if each.used)


def read_evidence(paths: list[str], knowledge: Knowledge, *, max_bytes: int) -> Evidence:
    """Read every file that paths name or contain. One bad file never hides the others.

    A file that is no evidence at all is an error where it was named, and a note where it was found in a folder.
    `max_bytes` limits every file but the logs, which are not read here.
    """
    return _read(evidence_files(paths, max_bytes), paths, knowledge, max_bytes)


def read_files(files: Iterable[EvidenceFile], knowledge: Knowledge, *, max_bytes: int) -> Evidence:
    """Read files that are there already, as `read_evidence` does."""
    return _read(files, (), knowledge, max_bytes)


def _read(
    files: Iterable[EvidenceFile | ExportError], paths: Collection[str], knowledge: Knowledge, max_bytes: int
) -> Evidence:
    reader = _Reader(knowledge, max_bytes)
    with no_collection():
        for file in files:
            try:
                if isinstance(file, ExportError):
                    raise file
                reader.read(file)
            except ExportError as error:
                reader.tell(error, named=error.path in paths or error.path == "<stdin>")
    return reader.finished()


class _Reader:
    """Reads files into `evidence`."""

    def __init__(self, knowledge: Knowledge, max_bytes: int) -> None:
        self.evidence = Evidence()
        self._kinds = knowledge.evidence
        self._policies = PolicyReader(knowledge.catalogue)
        self._max_bytes = max_bytes
        self._passed_over: dict[str, list[str]] = {}

    def read(self, file: EvidenceFile) -> None:
        """Read one file. Raises `ExportError`."""
        head = file.head(HEAD)
        match file_kind(head):
            case "log":
                self.evidence.logs.append(file)
            case "other-log":
                raise NotAnExport(
                    "a log of another program: its #Fields name no cs-uri-stem, so it is not read", path=file.shown
                )
            case "headless-log":
                message = "lines of a log without the #Fields line that names their columns; give the whole log file"
                raise ExportError(message, path=file.shown)
            case _:
                self._read_table(file, head)

    def _read_table(self, file: EvidenceFile, head: bytes) -> None:
        try:
            decode(head)  # tells a file that is no text before all of it is read
            document = read_document(file.read(self._max_bytes), file.shown, max_bytes=self._max_bytes, lenient=True)
        except ExportError as error:
            error.path = file.shown
            raise advise(error, head, self._kinds) from None
        found = sum([self._take_policies(document, file.folder), *self._take_rows(document, file.folder)])
        if found:
            self.evidence.notes += [f"{file.shown}: {note}" for note in document.notes]
            self._tell_misfits(document)
            return
        if any(lacks_policies(record.names, self._kinds) for record in document.records[:1]):
            kind = self._kinds[ASSIGNMENTS]
            message = f"this list of mailboxes has no column {kind.example}; export it with: {kind.command()}"
            raise ExportError(message, path=file.shown)
        raise advise(NotAnExport(_describe(document), path=file.shown), head, self._kinds)

    def _take_policies(self, document: Document, folder: str) -> int:
        policies = self._policies.policies(document)
        if not policies:
            return 0
        if document.misfits:
            raise document.misfits[0]
        evidence = self.evidence
        evidence.policies += policies
        evidence.reads.append(Read(document.path, POLICIES, len(policies), len(policies)))
        columns: dict[str, DateColumn] = {}
        for policy in policies:
            for name in ("WhenChangedUTC", "WhenChanged"):
                place = policy.layout.index.get(name)
                raw = None if place is None else policy.record.values[place]
                if raw is None:
                    continue
                column = columns.get(name)
                if column is None:
                    column = columns[name] = evidence.calendar.column(document.path, folder, name)
                written = column.see(raw)
                if written is not None:
                    evidence.changes.setdefault(id(policy), written)
        return len(policies)

    def _take_rows(self, document: Document, folder: str) -> Iterator[int]:
        for table in tables(document, folder, self._kinds):
            table.records = [record for record in table.records if not _is_header(record.names, record.values)]
            match table.kind.kind:
                case "devices":
                    used = self._take_devices(table)
                case "assignments":
                    rows = list(mailbox_rows(table, self.evidence.users))
                    self.evidence.mailboxes += rows
                    used = len(rows)
                case _:
                    accounts = list(account_rows(table, self.evidence.users))
                    self.evidence.accounts += accounts
                    used = len(accounts)
            total = len(table.records) + len(document.misfits)
            if not used:
                words = f"no row of {table.kind.title} can be used"
                message = f"{words}; export it with: {table.kind.command()}"
                self.evidence.errors.append(ExportError(message, path=document.path))
            self.evidence.reads.append(Read(document.path, table.kind.kind, total, used))
            yield total

    def _take_devices(self, table: Table) -> int:
        oddities = Oddities()
        rows = list(device_rows(table, self.evidence.calendar, self.evidence.users, oddities))
        # a column of numbers tells nothing, so that another file may
        told = {meaning for meaning in oddities.numbers if any(getattr(row, meaning) for row in rows)}
        table.asked -= {meaning for meaning, count in oddities.numbers.items() if count} - told
        self.evidence.devices += rows
        self.evidence.notes += [f"{table.document.path}: {note}" for note in _odd(oddities, table)]
        return len(rows)

    def _tell_misfits(self, document: Document) -> None:
        misfits = document.misfits
        if misfits:
            more = f", and {len(misfits) - 1} more" if len(misfits) > 1 else ""
            reason = misfits[0].message.partition(";")[0]
            self.evidence.notes.append(f"{document.path}:{misfits[0].line}: {reason}, so it is not used{more}")

    def tell(self, error: ExportError, *, named: bool) -> None:
        """Keep an error; of a file in a folder that is simply something else, a note."""
        if isinstance(error, NotAnExport) and not named:
            self._passed_over.setdefault(error.message, []).append(error.path)
        else:
            self.evidence.errors.append(error)

    def finished(self) -> Evidence:
        """Return what was read."""
        for message, paths in self._passed_over.items():
            self.evidence.notes += [f"{path}: {message}" for path in paths[:_MANY]]
            if len(paths) > _MANY:
                self.evidence.notes.append(f"{len(paths) - _MANY} more files: {message}")
        self.evidence.users.settle()
        return self.evidence


def _is_header(names: tuple[str, ...], values: tuple[object, ...]) -> bool:
    """Tell the header that stands in the middle of a table, because exports were put one behind the other."""
    return names == values


def _odd(oddities: Oddities, table: Table) -> Iterator[str]:
    for problem, count in sorted(oddities.ids.items()):
        rows = "1 row has" if count == 1 else f"{count} rows have"
        if problem == "no id":
            yield f"{rows} no DeviceId: counted for their user, but no log and no other file can be joined to them"
        else:
            yield f"{rows} no DeviceId but {problem}: counted for their user, but nothing can be joined to them"

    def names(counted: Counter[str]) -> list[str]:
        return [table.names[table.columns.places[meaning][0]] for meaning, count in counted.items() if count]

    if listed := ", ".join(names(oddities.numbers)):
        yield (
            f"{listed}: numbers in place of words, and which word a number stands for is not published; "
            "Export-Clixml and Export-Csv keep the words"
        )
    if listed := ", ".join(names(oddities.words)):
        yield f"{listed}: some words there are not known, and tell nothing"


def _describe(document: Document) -> str:
    if not document.records:
        return "the export is empty: the command found nothing, or its output went elsewhere"
    kinds = Counter(
        (record.type_name or "").rsplit(".", 1)[-1] or "object of an unnamed type" for record in document.records
    )
    held = ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items()))
    names = document.records[0].names
    columns = re.sub(r"[^\w, .()-]", "?", ", ".join(names[:5]))
    shown = f" with {columns}{', …' if len(names) > 5 else ''}" if names else ""
    return f"holds no evidence but {held}{shown}"


__all__ = ["ACCOUNTS", "ASSIGNMENTS", "DEVICES", "LOGS", "POLICIES", "Evidence", "Read", "read_evidence", "read_files"]
