"""Read what is known of agents: the compiled form where it is up to date, else agents.toml and the tables it names."""

from pathlib import Path

from policylint.knowledge import Knowledge, is_checkout, pack_directory
from policylint.knowledge.agents.lookup import Agents
from policylint.knowledge.digest import COMPILED_AGENTS, digest, stored_form


def load_agents(knowledge: Knowledge, directory: Path | None = None) -> Agents:
    """Read what a pack, by default the shipped one, knows of agents. Raises `pack.PackError` with file and line."""
    chosen = directory or pack_directory()
    form = stored_form(chosen / COMPILED_AGENTS, digest(chosen, agents=True) if is_checkout(chosen) else None)
    if form is None:
        from policylint.knowledge.agents.compile import compiled_agents
        from policylint.knowledge.pack.compile import keep

        form = compiled_agents(knowledge, chosen)
        if directory is None and is_checkout(chosen):
            keep(form, chosen / COMPILED_AGENTS)
    return Agents(form, knowledge.families)
