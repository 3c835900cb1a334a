"""policylint devices: the releases that a query stands for."""

from typing import Annotated

import typer

from policylint.cli import completion
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.failure import fail
from policylint.cli.identify import identify
from policylint.cli.judging import load_knowledge
from policylint.cli.options import OwnRules


def devices(
    ctx: typer.Context,
    queries: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUERY]...",
            help="A family, an alias, a tag, a requirement; all without one.",
            autocompletion=completion.device_queries,
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
    from policylint.knowledge.query import QueryError, resolve

    knowledge = load_knowledge(ctx, own_rules)
    try:
        targets = resolve(queries or ["all"], knowledge)
    except QueryError as error:
        fail(str(error))
    family = None
    for target in targets:
        if target.family is not family:
            family = target.family
            names = ", ".join(family.aliases)
            typer.echo(f"{family.id}: {family.name}" + (f" (also {names})" if names else ""))
        current = "  current" if target.current else ""
        ability = f"provisioning: {target.provisioning.ability}"
        typer.echo(f"  {target.label:28} {target.date or '-':8} {ability}{current}")
    if queries and len(queries) == 1 and queries[0].casefold() in knowledge.families:
        from policylint.pages.device import device_page

        typer.echo()
        for line in device_page(targets, knowledge):
            typer.echo(line)
