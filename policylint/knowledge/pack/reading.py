"""Read a data pack: its TOML files, each checked against its schema.

What is read is kept as entries that know where they stand, so that later checks (`link.py`, `lint.py`) can say where.
Everything wrong with a pack is a `PackError`. Functions take a `report`: `refuse` raises the first error, and the
`append` of a list collects them all.
"""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from policylint.exports.bounded import read_text
from policylint.knowledge.digest import toml_below
from policylint.knowledge.pack import schema
from policylint.knowledge.toml_lines import complaint, line_of
from policylint.usage import UsageError, reason

At = tuple[str | int, ...]

OBSERVED = "observed.toml"


class PackError(UsageError):
    """A data pack that cannot be used: file, line, what is wrong."""

    def __init__(self, path: Path | str, line: int, message: str):
        super().__init__(f"{path}:{line}: {message}")


ReportError = Callable[[PackError], None]


def refuse(error: PackError) -> None:
    """Report an error by raising it: a pack that is to be used must be right."""
    raise error from None


@contextmanager
def guarded(report: ReportError) -> Iterator[None]:
    """Hand an error to `report`; if that lets it pass, go on after the block."""
    try:
        yield
    except PackError as error:
        report(error)


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked part of a file: its model, and where it stands."""

    path: Path
    text: str
    at: At
    model: Any

    def error(self, at: At, message: str) -> PackError:
        """Make the error for the thing at `at` inside this entry."""
        return PackError(self.path, line_of(self.text, (*self.at, *at)), message)


@dataclass(slots=True)
class PackFiles:
    """The checked entries of one or several packs, by kind and name."""

    pack: Entry | None = None
    sources: dict[str, Entry] = field(default_factory=dict)
    properties: dict[str, Entry] = field(default_factory=dict)
    families: dict[str, Entry] = field(default_factory=dict)
    servers: dict[str, Entry] = field(default_factory=dict)
    server_facts: list[Entry] = field(default_factory=list)
    rules: dict[str, Entry] = field(default_factory=dict)
    profiles: dict[str, Entry] = field(default_factory=dict)
    evidence: dict[str, Entry] = field(default_factory=dict)
    observed: list[Entry] = field(default_factory=list)


def read_pack(directory: Path, report: ReportError = refuse, *, whole: bool = True) -> PackFiles:
    """Read and check every file of a pack by itself.

    A pack that is laid over another need not be `whole`: any of its files may be missing, but not all of them.
    """
    files = PackFiles()
    for name in ("pack.toml", "sources.toml", "properties.toml", "servers.toml"):
        path = directory / name
        if path.exists() or (whole and name != "servers.toml"):
            with guarded(report):
                _READERS[name](path, files, report)
    folders: tuple[tuple[str, type[BaseModel], dict[str, Entry], str], ...] = (
        ("devices", schema.FamilyFile, files.families, "family"),
        ("checks", schema.RuleFile, files.rules, "id"),
        ("profiles", schema.ProfileFile, files.profiles, "id"),
        ("evidence", schema.EvidenceFile, files.evidence, "kind"),
    )
    for folder, model, kept, key in folders:
        for path in _below(directory / folder, report):
            with guarded(report):
                entry = read_file(path, model)
                _keep(kept, getattr(entry.model, key), entry, report, (key,))
    if (directory / OBSERVED).exists():
        with guarded(report):
            files.observed.append(read_file(directory / OBSERVED, schema.ObservedFile))
    if not whole and files == PackFiles():
        parts = (
            "no devices/*.toml, checks/*.toml, profiles/*.toml, evidence/*.toml, properties.toml, observed.toml "
            "or sources.toml"
        )
        report(PackError(directory, 1, f"holds no pack: {parts}"))
    return files


def _below(directory: Path, report: ReportError) -> list[Path]:
    try:
        return toml_below(directory)
    except OSError as error:
        report(PackError(directory, 1, f"cannot be read: {reason(error)}"))
        return []


def _keep(kept: dict[str, Entry], name: str, entry: Entry, report: ReportError, at: At = ()) -> None:
    if name in kept:
        report(entry.error(at, f"{name} is described twice"))
    else:
        kept[name] = entry


def _read_pack_file(path: Path, files: PackFiles, report: ReportError) -> None:
    files.pack = read_file(path, schema.Pack)


def _read_sources(path: Path, files: PackFiles, report: ReportError) -> None:
    text, data = _load(path)
    for name, entry in data.items():
        with guarded(report):
            files.sources[name] = Entry(path, text, (name,), _validate(path, text, schema.Source, entry, (name,)))


def _read_properties(path: Path, files: PackFiles, report: ReportError) -> None:
    whole = read_file(path, schema.Properties)
    for index, model in enumerate(whole.model.properties):
        entry = Entry(path, whole.text, ("properties", index), model)
        _keep(files.properties, model.key, entry, report)


def _read_servers(path: Path, files: PackFiles, report: ReportError) -> None:
    whole = read_file(path, schema.Servers)
    for index, model in enumerate(whole.model.servers):
        _keep(files.servers, model.id, Entry(path, whole.text, ("servers", index), model), report)
    files.server_facts += [
        Entry(path, whole.text, ("facts", index), model) for index, model in enumerate(whole.model.facts)
    ]


_READERS: dict[str, Callable[[Path, PackFiles, ReportError], None]] = {
    "pack.toml": _read_pack_file,
    "sources.toml": _read_sources,
    "properties.toml": _read_properties,
    "servers.toml": _read_servers,
}


def _load(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = read_text(path)
    except UnicodeDecodeError:
        raise PackError(path, 1, "is not UTF-8, which TOML is written in") from None
    except OSError as error:
        raise PackError(path, 1, f"cannot be read: {reason(error)}") from None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(path, *complaint(error, text)) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a list in thousands of lists
        raise PackError(path, 1, f"cannot be read: {error}") from None


def read_file(path: Path, model: type[BaseModel]) -> Entry:
    """Read one TOML file and check it against its schema. Raises `PackError`."""
    text, data = _load(path)
    return Entry(path, text, (), _validate(path, text, model, data))


def _validate(path: Path, text: str, model: type[BaseModel], data: Any, at: At = ()) -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = (*at, *first["loc"])
        shown = ".".join(str(part) for part in where)
        raise PackError(path, line_of(text, where), f"{shown}: {first['msg']}") from None


def lay_over(base: PackFiles, own: PackFiles) -> list[str]:
    """Add the entries of a pack to `base` and return a note for each entry it replaces."""
    notes: list[str] = []
    for what, kept, added in (
        ("source", base.sources, own.sources),
        ("property", base.properties, own.properties),
        ("family", base.families, own.families),
        ("server", base.servers, own.servers),
        ("rule", base.rules, own.rules),
        ("profile", base.profiles, own.profiles),
        ("words of evidence on", base.evidence, own.evidence),
    ):
        notes += [f"{entry.path} replaces the {what} {name}" for name, entry in added.items() if name in kept]
        kept.update(added)
    base.server_facts += own.server_facts
    base.observed += own.observed
    return notes
