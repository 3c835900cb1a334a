"""policylint explain: everything known about a rule, a profile, a property or a device family, offline."""

from typing import Annotated

import typer

from policylint.cli import completion
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.judging import load_knowledge
from policylint.cli.options import OwnRules
from policylint.cli.terminal import fail, say


def explain(
    ctx: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT",
            help="A rule's id or name; a profile; a property by either spelling or the phone's name; a device query.",
            autocompletion=completion.subjects,
        ),
    ],
    full: Annotated[
        bool, typer.Option("--full", help="All that is known of a property: reasons, notes, sources.")
    ] = False,
    own_rules: OwnRules = None,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Explain a rule, a profile, a property or a device, each statement with its source."""
    from policylint.pages import UnknownSubjectError
    from policylint.pages import explain as explained

    try:
        for line in explained(subject, load_knowledge(ctx, own_rules), full=full):
            say(line)
    except UnknownSubjectError as error:
        fail(str(error))
