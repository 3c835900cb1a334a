"""Read a data pack: its TOML files, each checked against its schema and against the others.

The result is the *compiled* form, a plain dict of JSON values (see `link.py`), from which a run builds its
objects. Whatever is wrong with a pack is a `PackError` that names the file and the line.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from policylint.knowledge import schema
from policylint.knowledge.toml_lines import line_of


class PackError(Exception):
    """A data pack that cannot be used: file, line, what is wrong."""

    def __init__(self, path: Path | str, line: int, message: str):
        super().__init__(f"{path}:{line}: {message}")


@dataclass(slots=True)
class TomlFile:
    """A checked file of a pack, with its text so that later checks can say which line."""

    path: Path
    text: str
    model: Any

    def error(self, path: tuple[str | int, ...], message: str) -> PackError:
        """Make the error for the thing at `path` in this file."""
        return PackError(self.path, line_of(self.text, path), message)


@dataclass(slots=True)
class PackFiles:
    """The checked files of one pack, by kind."""

    pack: TomlFile
    sources: dict[str, schema.Source] = field(default_factory=dict)
    properties: TomlFile | None = None
    families: list[TomlFile] = field(default_factory=list)
    rules: list[TomlFile] = field(default_factory=list)


def read_pack(directory: Path) -> PackFiles:
    """Read and check every file of a pack by itself; `link.link` checks them against each other.

    Raises `PackError`.
    """
    files = PackFiles(_read(directory / "pack.toml", schema.Pack))
    files.sources = _read_sources(directory / "sources.toml")
    files.properties = _read(directory / "properties.toml", schema.Properties)
    files.families = [_read(path, schema.FamilyFile) for path in sorted((directory / "devices").glob("*.toml"))]
    files.rules = [_read(path, schema.RuleFile) for path in sorted((directory / "checks").glob("*.toml"))]
    return files


def _load(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(path, 1, f"cannot be read: {error}") from None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, rest = str(error).partition(" (at line ")
        number = rest.split(",")[0]
        raise PackError(path, int(number) if number.isdigit() else text.count("\n") + 1, message) from None


def _read(path: Path, model: type[BaseModel]) -> TomlFile:
    text, data = _load(path)
    return TomlFile(path, text, _validate(path, text, model, data))


def _read_sources(path: Path) -> dict[str, schema.Source]:
    text, data = _load(path)
    return {name: _validate(path, text, schema.Source, entry, (name,)) for name, entry in data.items()}


def _validate(path: Path, text: str, model: type[BaseModel], data: Any, at: tuple[str | int, ...] = ()) -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = (*at, *first["loc"])
        shown = ".".join(str(part) for part in where)
        raise PackError(path, line_of(text, where), f"{shown}: {first['msg']}") from None
