"""The compiled form of agents.toml and the tables it names; what does not fit together is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policylint.knowledge import Knowledge
from policylint.knowledge.agents.check import check_agents, check_builds
from policylint.knowledge.digest import AGENTS, digest
from policylint.knowledge.pack.reading import read_file
from policylint.knowledge.pack.schema.agents import AgentsFile, BuildTable


def compiled_agents(knowledge: Knowledge, directory: Path) -> dict[str, Any]:
    """Return the compiled form, and from which files it is. Raises `pack.PackError` with file and line."""
    # before the files are read: one that changes meanwhile must not pass for what was read
    checksum = digest(directory, agents=True)
    entry = read_file(directory / AGENTS, AgentsFile)
    check_agents(entry, knowledge)
    tables = {}
    for name in dict.fromkeys(_tables(entry.model)):
        table = read_file(directory / f"{name}.toml", BuildTable)
        check_builds(table, knowledge)
        tables[name] = table.model.model_dump()
    return {"digest": checksum, **entry.model.model_dump(), "tables": tables}


def _tables(data: AgentsFile) -> Iterator[str]:
    for entry in (*data.agents, *data.systems):
        if entry.version and entry.version.table:
            yield entry.version.table
        if entry.hardware:
            yield entry.hardware.table
