"""policylint devices --agent, --device-type: the releases behind what a device sent."""

from collections.abc import Iterator

import typer

from policylint.cli.failure import fail
from policylint.writing.style import printable


def identify(agent: str | None, device_type: str | None) -> None:
    """Print what is known of a user agent, of a DeviceType, and of both together. At least one is given."""
    for option, text in (("--agent", agent), ("--device-type", device_type)):
        if text is not None and not text.strip():
            fail(f"{option} is empty")
    for line in _answer(agent, device_type):
        typer.echo(printable(line))


def _answer(agent: str | None, device_type: str | None) -> Iterator[str]:
    from policylint.knowledge import load
    from policylint.knowledge.agents import load_agents, together
    from policylint.pages.agent import agent_page

    agents = load_agents(load())
    by_agent = agents.identify_agent(agent) if agent is not None else None
    by_type = agents.identify_type(device_type) if device_type is not None else None
    if by_agent:
        yield from agent_page("agent", by_agent)
    if by_type:
        yield from agent_page("DeviceType", by_type)
    if by_agent and by_type:
        yield from agent_page("both", together(by_agent, by_type, agents.data.trust.both))
