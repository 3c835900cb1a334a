"""policylint devices: the releases that a query stands for."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from policylint.cli import completion
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.fitting import fitted
from policylint.cli.judging import load_knowledge
from policylint.cli.options import ListForm, ListOutput, OwnRules
from policylint.cli.terminal import fail, note, say, write
from policylint.writing.build_logs import harmless
from policylint.writing.style import printable


def identify(agent: str | None, device_type: str | None) -> None:
    """Print what is known of a user agent, of a DeviceType, and of both together. At least one is given."""
    for option, text in (("--agent", agent), ("--device-type", device_type)):
        if text is not None and not text.strip():
            fail(f"{option} is empty")
    for line in _answer(agent, device_type):
        say(harmless(printable(line)))


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
        yield from agent_page("both", together(by_agent, by_type, agents.trust["both"]))


def devices(
    ctx: typer.Context,
    queries: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUERY]...",
            help="A family, an alias, a tag, a requirement; all without one.",
            autocompletion=completion.asked(completion.device_queries),
        ),
    ] = None,
    agent: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Tell instead which device sends this user agent."),
    ] = None,
    device_type: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Tell instead which devices have this DeviceType; with --agent, use both."),
    ] = None,
    output: ListOutput = ListForm.TEXT,
    own_rules: OwnRules = None,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """List the device releases that a query selects, or identify a device by what it sends.

    A family by its own name is shown with all that is known of it.
    """
    if agent is not None or device_type is not None:
        if queries:
            fail("a device query goes without --agent and --device-type")
        identify(agent, device_type)
        return
    from policylint.knowledge.query import QueryError, select

    knowledge = load_knowledge(ctx, own_rules)
    try:
        targets, notes = select(queries or ["all"], knowledge)
    except QueryError as error:
        fail(str(error))
    for text in notes:
        note(text)
    if output is ListForm.JSON:
        from policylint.pages.json import devices_json

        write(fitted([devices_json(targets, knowledge)], "json", sys.stdout.encoding))
        return
    family = None
    for target in targets:
        if target.family is not family:
            family = target.family
            names = ", ".join(family.aliases)
            say(f"{family.id}: {family.name}" + (f" (also {names})" if names else ""))
        current = "  current" if target.current else ""
        ability = f"provisioning: {target.provisioning.ability}"
        say(f"  {target.label:28} {target.date or '-':8} {ability}{current}")
    if queries and len(queries) == 1 and queries[0].casefold() in knowledge.families:
        from policylint.pages.device import device_page

        say()
        for line in device_page(targets, knowledge):
            say(line)
