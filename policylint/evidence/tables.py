"""The tables in a document: records with the same columns, what the columns mean, and what the table tells at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policylint.evidence.cells import text
from policylint.evidence.identities import device_identity
from policylint.evidence.spellings import LOGIN, NAME, Spelling, addresses, spelling
from policylint.exports.record import Document, Enum, Nested, Raw, Record
from policylint.knowledge.evidence import ACCOUNTS, ASSIGNMENTS, DEVICES, Columns, EvidenceKind, EvidenceKinds

_DESCRIBING = ("type", "os", "model", "agent")
_MAILBOX = ("address", "principal", "addresses", "login", "alias", "user", "dn", "guid")
_USER = (
    ("address", NAME, 0),
    ("principal", NAME, 1),
    ("login", LOGIN, 0),
    ("alias", LOGIN, 1),
    ("user", NAME, 0),
    ("dn", NAME, 0),
    ("guid", NAME, 10),
)
"""The meanings that spell a user, what each is where it does not show by itself, and its rank."""


@dataclass(slots=True, eq=False)
class Table:
    """The records of one document that have the same columns, as one kind of evidence.

    `asked` are the meanings of columns that hold something in some row: a column that is empty in every row was not
    asked for.
    """

    document: Document
    folder: str
    kind: EvidenceKind
    columns: Columns
    names: tuple[str, ...]
    records: list[Record]
    asked: frozenset[str]

    def raw(self, record: Record, meaning: str) -> Raw:
        """Return the value of the most telling column of a meaning that has one."""
        values = record.values
        for column in self.columns.places.get(meaning, ()):
            value = values[column]
            if value is not None and value != "":
                return value
        return None

    def text(self, record: Record, meaning: str) -> str | None:
        """Return a value as text; None where there is none."""
        return text(self.raw(record, meaning), self.none)

    @property
    def none(self) -> Mapping[str, str]:
        """The words that stand for nothing, in lower case."""
        return self.kind.words.get("none", {})

    def spellings(self, record: Record) -> Iterator[Spelling]:
        """Yield how a row spells its user, but for the identity of a device."""
        for meaning, kind, rank in _USER:
            for number, column in enumerate(self.columns.places.get(meaning, ())):
                found = text(record.values[column], self.none)
                if found is None:
                    continue
                # the directory's name of a device goes on to its user, whom the row's identity tells
                if device_identity(found) is None:
                    yield from spelling(found, kind, rank + (number if meaning in ("user", "guid") else 0))
        for column in self.columns.places.get("addresses", ()):
            raw = record.values[column]
            for part in raw if isinstance(raw, tuple) and not isinstance(raw, Nested | Enum) else (raw,):
                for mail in addresses(text(part) or ""):
                    yield from spelling(mail, NAME, 2)


def tables(document: Document, folder: str, kinds: EvidenceKinds) -> Iterator[Table]:
    """Yield the tables of a document: records can be of more than one kind, or of none."""
    by_names: dict[tuple[str, ...], list[Record]] = {}
    for record in document.records:
        by_names.setdefault(record.names, []).append(record)
    for names, records in by_names.items():
        for kind in kinds.values():
            columns = kind.columns(names)
            if _is(kind.kind, columns) or (kind.kind == DEVICES and _has_identities(columns, records)):
                yield Table(document, folder, kind, columns, names, records, _asked(columns, records))


def lacks_policies(names: tuple[str, ...], kinds: EvidenceKinds) -> bool:
    """Tell a list of mailboxes that tells the switch of ActiveSync and not the policy."""
    columns = kinds[ASSIGNMENTS].columns(names)
    return columns.has("enabled") and columns.has(*_MAILBOX) and not columns.has("policy")


def _is(kind: str, columns: Columns) -> bool:
    match kind:
        case "devices":
            named = columns.has("id", "identity", "device-name")
            described = sum(columns.has(meaning) for meaning in _DESCRIBING)
            telling = columns.telling - {"identity"}
            return bool(telling) and (described > 1 or (named and (described > 0 or columns.has("state"))))
        case "assignments":
            return columns.has("policy") and columns.has(*_MAILBOX)
        case _:
            return columns.has("admin-count", "protected", "descriptor") and columns.has(*_MAILBOX)


def _has_identities(columns: Columns, records: list[Record]) -> bool:
    """Tell devices by their identities, whatever else the columns are called."""
    places = columns.places.get("identity", ()) if columns.has(*_DESCRIBING, "state") else ()
    shown = (text(record.values[place]) for record in records for place in places)
    return any(found is not None and device_identity(found) is not None for found in shown)


def _asked(columns: Columns, records: list[Record]) -> frozenset[str]:
    found: set[str] = set()
    for meaning, places in columns.places.items():
        if any(record.values[place] not in (None, "", ()) for record in records for place in places):
            found.add(meaning)
    return frozenset(found)


__all__ = ["ACCOUNTS", "ASSIGNMENTS", "DEVICES", "Table", "lacks_policies", "tables"]
