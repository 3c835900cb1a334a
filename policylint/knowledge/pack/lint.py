"""Lint a data pack: everything that loading refuses, all at once, and what loading lets pass."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policylint.exports.bounded import read_text
from policylint.knowledge import Knowledge, pack_directory
from policylint.knowledge.agents.compile import compiled_agents
from policylint.knowledge.digest import AGENTS
from policylint.knowledge.pack.link import link
from policylint.knowledge.pack.reading import Entry, PackError, PackFiles, ReportError, guarded, lay_over, read_pack
from policylint.knowledge.query import QueryError, find_profile, find_server, resolve


def lint(directory: Path) -> list[PackError]:
    """Return everything wrong with a pack, in the order of its files.

    A directory with a pack.toml is a whole pack; any other is one's own, laid over the shipped one.
    """
    errors: list[PackError] = []
    whole = (directory / "pack.toml").exists()
    own = read_pack(directory, errors.append, whole=whole)
    files = own
    if not whole:
        files = read_pack(pack_directory())
        lay_over(files, own)
    compiled = link(files, errors.append)
    errors += _dead_sources(directory, own)
    if not errors:
        knowledge = Knowledge(compiled)
        check_queries(own, knowledge, errors.append)
        if (directory / AGENTS).exists():
            with guarded(errors.append):
                compiled_agents(knowledge, directory)
    return errors


def check_queries(files: PackFiles, knowledge: Knowledge, report: ReportError) -> None:
    """Report the device queries, servers and profiles of rules and their examples that name nothing."""
    for entry in files.rules.values():
        for query in entry.model.devices:
            _try(entry, ("devices",), lambda query=query: resolve([query], knowledge), report)
        for index, example in enumerate(entry.model.examples):
            at = ("examples", index)
            _try(entry, at, lambda example=example: resolve([example.device], knowledge), report)
            if example.server is not None:
                _try(entry, at, lambda example=example: find_server(example.server, knowledge), report)
            if example.profile is not None:
                _try(entry, at, lambda example=example: find_profile(example.profile, knowledge), report)


def _try(entry: Entry, at: tuple[str | int, ...], ask: Any, report: ReportError) -> None:
    try:
        ask()
    except QueryError as error:
        report(entry.error(at, str(error)))


def _dead_sources(directory: Path, files: PackFiles) -> Iterator[PackError]:
    """Find the sources of a pack that none of its files names."""
    used: set[str] = set()
    for path in sorted(directory.rglob("*.toml")):
        if path.name != "sources.toml":
            try:
                used |= set(_named(tomllib.loads(read_text(path))))
            except (OSError, ValueError, RecursionError):
                continue  # told already
    for name, entry in files.sources.items():
        if name not in used:
            yield entry.error((), f"no statement names the source {name!r}")


def _named(data: Any) -> Iterator[str]:
    """Yield everything in the data of a TOML file that may be a source id: words, and names of tables."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from _named(value)
    elif isinstance(data, list):
        for item in data:
            yield from _named(item)
