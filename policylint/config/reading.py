"""Reads a configuration file and checks every key of it. A key that nobody knows is an error, never ignored."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policylint.config.keys import KEYS, WAIVER_KEYS, Key, Kind
from policylint.config.locating import PROJECT, TABLE
from policylint.exports.bounded import read_text
from policylint.knowledge.nearest import did_you_mean, nearest
from policylint.knowledge.toml_lines import complaint, line_of
from policylint.usage import reason


class ConfigError(Exception):
    """A configuration that cannot be used: file, line, what is wrong and what to do."""

    def __init__(self, path: Path, line: int, message: str):
        super().__init__(f"{path}:{line}: {message}")


At = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """A checked configuration: `values` by key, paths counted from where the reader is."""

    path: Path
    text: str
    table: At
    values: dict[str, Any]

    def line(self, *at: str | int) -> int:
        """Return the 1-based line where something in it stands."""
        return line_of(self.text, (*self.table, *at))

    def error(self, at: At, message: str) -> ConfigError:
        """Make the error for something in it."""
        return ConfigError(self.path, self.line(*at), message)


def read(path: Path) -> Config:
    """Read a policylint.toml, or the [tool.policylint] table of a pyproject.toml. Raises `ConfigError`."""
    try:
        text = read_text(path, encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(path, 1, "is not UTF-8, which TOML is written in") from None
    except OSError as error:
        raise ConfigError(path, 1, f"cannot be read: {reason(error)}") from None
    return parse(path, text)


def parse(path: Path, text: str) -> Config:
    """Check the text of a configuration that stands at `path`. Raises `ConfigError`."""
    import tomllib  # most runs have no configuration

    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, *complaint(error, text)) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a list in thousands of lists
        raise ConfigError(path, 1, f"cannot be read: {error}") from None
    table: At = TABLE if path.name == PROJECT else ()
    for name in table:
        data = data.get(name, {}) if isinstance(data, dict) else data
    config = Config(path, text, table, data if isinstance(data, dict) else {})
    if not isinstance(data, dict):
        raise config.error((), f"{'.'.join(map(str, table))} is a table")
    _check(config, data, KEYS, ())
    for index, waiver in enumerate(data.get("waivers", ())):
        _check(config, waiver, WAIVER_KEYS, ("waivers", index))
    return Config(path, text, table, {key.name: _placed(key, data[key.name], path) for key in KEYS if key.name in data})


def _check(config: Config, data: dict[str, Any], keys: Iterable[Key], at: At) -> None:
    known = {key.name: key for key in keys}
    what = "a waiver" if at else "the configuration"
    for name, value in data.items():
        if name not in known:
            near = nearest(name.replace("_", "-"), known)[:1]
            raise config.error(
                (*at, name), f"unknown key {name!r}{did_you_mean(near)} ({what} takes {', '.join(known)})"
            )
        _check_value(config, known[name], value, (*at, name))
    for key in known.values():
        if key.is_required and not str(data.get(key.name, "")).strip():
            raise config.error(at, f"{what} needs a {key.name}: {key.means}")


def _check_value(config: Config, key: Key, value: Any, at: At) -> None:
    if not _fits(key.kind, value):
        raise config.error(at, f"{key.name} takes {key.kind.value}, not {_shown(value)}")
    chosen: dict[str, Any] = value if key.kind is Kind.LEVELS else {key.name: value}
    for name, choice in chosen.items():
        if key.choices and choice not in key.choices:
            place = (*at, name) if key.kind is Kind.LEVELS else at
            raise config.error(place, f"{name} takes {' or '.join(key.choices)}, not {_shown(choice)}")


def _fits(kind: Kind, value: Any) -> bool:
    match kind:
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case Kind.DATE:
            return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
        case Kind.LIST:
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        case Kind.LEVELS:
            return isinstance(value, dict)
        case Kind.TABLES:
            return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _placed(key: Key, value: Any, path: Path) -> Any:
    """Let a path count from the directory of the configuration file."""
    if not key.is_path:
        return value
    return [str(path.parent / each) for each in value] if isinstance(value, list) else str(path.parent / value)


def _shown(value: Any) -> str:
    return repr(str(value) if isinstance(value, (datetime.date, datetime.time)) else value)
