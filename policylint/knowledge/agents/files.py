"""Read agents.toml and the tables it names, and refuse what does not fit together."""

from collections.abc import Iterator
from pathlib import Path

from policylint.knowledge import Knowledge, pack_directory
from policylint.knowledge.agents.builds import Builds
from policylint.knowledge.agents.check import check_agents, check_builds
from policylint.knowledge.agents.lookup import Agents
from policylint.knowledge.pack.reading import read_file
from policylint.knowledge.pack.schema.agents import AgentsFile, BuildTable

AGENTS = "agents.toml"


def load_agents(knowledge: Knowledge, directory: Path | None = None) -> Agents:
    """Read what a pack, by default the shipped one, knows of agents. Raises `pack.PackError` with file and line."""
    directory = directory or pack_directory()
    entry = read_file(directory / AGENTS, AgentsFile)
    check_agents(entry, knowledge)
    tables: dict[str, Builds] = {}
    for name in dict.fromkeys(_tables(entry.model)):
        table = read_file(directory / f"{name}.toml", BuildTable)
        check_builds(table, knowledge)
        tables[name] = Builds(table.model)
    return Agents(entry.model, tables, knowledge.families)


def _tables(data: AgentsFile) -> Iterator[str]:
    for entry in (*data.agents, *data.systems):
        if entry.version and entry.version.table:
            yield entry.version.table
        if entry.hardware:
            yield entry.hardware.table
