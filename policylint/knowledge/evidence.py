"""What is known of evidence on a fleet: what the columns of inventories mean, and which commands export them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

DEVICES, ASSIGNMENTS, ACCOUNTS = "devices", "assignments", "accounts"
NOTHING = "nothing"


def plain_name(name: str) -> str:
    """Return what of a column's name is compared: its letters and digits, without regard to case."""
    return "".join(character for character in name.casefold() if character.isalnum())


class Columns(NamedTuple):
    """The columns of one table: by meaning, where they stand, the most telling first; which are not generic."""

    places: Mapping[str, tuple[int, ...]]
    telling: frozenset[str]

    def has(self, *meanings: str) -> bool:
        """Tell whether one of these is there."""
        return any(meaning in self.places for meaning in meanings)


class _Meaning(NamedTuple):
    """What a name of a column means; `rank` is its place among the names of all columns."""

    means: str
    rank: int
    generic: bool


class EvidenceKind:
    """One kind of evidence: its columns, and what to say where it is missing."""

    def __init__(self, entry: Mapping[str, Any]):
        self.kind: str = entry["kind"]
        self.title: str = entry["title"]
        self.gives: str = entry["gives"]
        self.costs: str = entry["costs"]
        self._commands: dict[str, str] = entry["commands"]
        named = [(column, name) for column in entry["columns"] for name in column["names"]]
        self._meanings = {
            plain_name(name): _Meaning(column["means"], rank, column.get("generic", False))
            for rank, (column, name) in enumerate(named)
        }
        self.words: dict[str, dict[str, str]] = {
            each["means"]: {word.casefold(): word for word in each["words"]} for each in entry.get("words", ())
        }
        self.client_types: dict[str, str] = {
            each["client_type"].casefold(): each["device_type"] for each in entry.get("client_types", ())
        }
        self.example = next(name for column, name in named if column["means"] != NOTHING)
        """The name of the column that says most plainly what this is."""

    def command(self, server: str | None = None) -> str:
        """Return the command that exports this evidence, for a server if it has one of its own there."""
        return self._commands.get(server or "") or self._commands["on-premises"]

    def columns(self, names: Sequence[str]) -> Columns:
        """Tell what the columns of a table mean, by their names."""
        found: dict[str, list[tuple[int, int]]] = {}
        telling: set[str] = set()
        for number, name in enumerate(names):
            meaning = self._meanings.get(plain_name(name))
            if meaning is None or meaning.means == NOTHING:
                continue
            found.setdefault(meaning.means, []).append((meaning.rank, number))
            if not meaning.generic:
                telling.add(meaning.means)
        places = {means: tuple(number for _, number in sorted(each)) for means, each in found.items()}
        return Columns(places, frozenset(telling))

    def speaks(self, words: Sequence[str]) -> int:
        """Count how many words are names of columns that only this kind has."""
        known = (self._meanings.get(plain_name(word)) for word in words)
        return sum(1 for meaning in known if meaning is not None and not meaning.generic)


class EvidenceKinds(Mapping[str, EvidenceKind]):
    """The kinds of evidence by name, built at the first question: most runs ask none."""

    def __init__(self, entries: Sequence[Mapping[str, Any]]):
        self._entries = entries

    @cached_property
    def _kinds(self) -> dict[str, EvidenceKind]:
        return {entry["kind"]: EvidenceKind(entry) for entry in self._entries}

    def __getitem__(self, kind: str) -> EvidenceKind:
        return self._kinds[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
