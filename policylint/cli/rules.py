"""policylint rules: the rules there are."""

from typing import Annotated

import typer

from policylint.cli.failure import fail


def rules(
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="A rule's id or name, for its whole page.")] = None,
) -> None:
    """List all rules, or show the page of one."""
    from policylint.explanation import UnknownSubjectError, explain_rule, rule_list
    from policylint.knowledge import load

    knowledge = load()
    try:
        lines = explain_rule(rule, knowledge) if rule else rule_list(knowledge)
    except UnknownSubjectError as error:
        fail(str(error))
    for line in lines:
        typer.echo(line)
