"""policylint devices: the releases that a query stands for."""

from typing import Annotated

import typer

from policylint.cli.failure import fail


def devices(
    queries: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]...", help="A family, an alias, a tag, a requirement; all without one."),
    ] = None,
) -> None:
    """List the device releases that a query selects."""
    from policylint.knowledge import load
    from policylint.knowledge.query import QueryError, resolve

    knowledge = load()
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
