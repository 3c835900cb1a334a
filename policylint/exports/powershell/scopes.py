"""What is known of variables while a script is followed without being run."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from policylint.exports.record import Unread


@dataclass(slots=True)
class Entry:
    """An entry of a table: its key as written, its value, and where that stands (offsets)."""

    key: str
    value: "Known"
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Map:
    """A hashtable. PowerShell shares it among all who hold it; once it may have changed unseen, it is `spoiled`."""

    level: int
    entries: dict[str, Entry] = field(default_factory=dict)
    spoiled: bool = False


Known = None | bool | int | float | Decimal | str | timedelta | Unread | Map | tuple["Known", ...]
"""What an expression may be known to be."""


@dataclass(slots=True)
class _Level:
    """The variables of a stretch that may not run; a `barrier` hides those around it, as for a function."""

    barrier: bool
    values: dict[str, Known] = field(default_factory=dict)


class Scopes:
    """Variables by name, in levels: what a branch or a loop sets is not known any more behind it."""

    def __init__(self) -> None:
        self._levels = [_Level(barrier=True)]
        self._lost: set[str] = set()
        self._shared: set[str] = set()

    @property
    def level(self) -> int:
        """How many stretches that may not run are open."""
        return len(self._levels)

    def get(self, name: str) -> Known:
        """Return what a variable holds; a value that is unknown is `Unread`."""
        if name not in self._lost:
            for level in reversed(self._levels):
                if name in level.values:
                    return level.values[name]
                if level.barrier:
                    break
        return Unread("$" + name)

    def knows(self, name: str) -> bool:
        """Tell whether a variable was set where that is seen."""
        return not isinstance(self.get(name), Unread)

    def set(self, name: str, value: Known) -> None:
        """Note what a variable holds from here on."""
        self._levels[-1].values[name] = value

    def forget(self, name: str) -> None:
        """Note that a variable may hold anything from here on."""
        self.set(name, Unread("$" + name))

    def forget_all(self) -> None:
        """Note that every variable may hold anything from here on."""
        for level in self._levels:
            for value in level.values.values():
                spoil(value)
            level.values.clear()

    def lose(self, name: str) -> None:
        """Give up a variable for good: something that may run at any time sets it."""
        self._lost.add(name)

    def share(self, name: str) -> None:
        """Note that a function uses a variable, so that a call of it may change a table that it holds."""
        self._shared.add(name)

    def called(self) -> None:
        """Note that a function of the script was called."""
        for name in self._shared:
            spoil(self.get(name))

    def enter(self, *, barrier: bool) -> None:
        """Open a stretch that may not run."""
        self._levels.append(_Level(barrier))

    def leave(self) -> None:
        """Close it: what it set may hold or not. A function keeps its variables to itself."""
        closed = self._levels.pop()
        if not closed.barrier:
            for name in closed.values:
                self.forget(name)

    def change(self, table: Map, key: str, value: Known, start: int, end: int) -> None:
        """Note that an entry of a table was set, if that is sure to happen; else the table is spoiled."""
        if table.level == self.level and not table.spoiled:
            table.entries[key.casefold()] = Entry(key, value, start, end)
        else:
            table.spoiled = True

    def remove(self, table: Map, key: str | None) -> None:
        """Note that an entry, or every entry, was taken out of a table."""
        if table.level != self.level:
            table.spoiled = True
        elif key is None:
            table.entries.clear()
        else:
            table.entries.pop(key.casefold(), None)


def spoil(value: object) -> None:
    """Note that a value may have changed unseen, and what it holds."""
    if isinstance(value, Map) and not value.spoiled:
        value.spoiled = True
        for entry in value.entries.values():
            spoil(entry.value)
    elif isinstance(value, tuple):
        for item in value:
            spoil(item)
