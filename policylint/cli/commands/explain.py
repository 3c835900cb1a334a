"""policylint explain: everything known about a rule, a property, a device, a server, or a word, offline."""

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
            help="A rule, a profile, a property by any of its names, a device query, a server, a word of a report "
            "(maybe, unmet), or a topic (pin, encryption, camera).",
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
    """Explain a rule, a property, a device, a server, a topic or a word of a report, with sources."""
    from policylint.pages import UnknownSubjectError
    from policylint.pages import explain as explained

    try:
        for line in explained(subject, load_knowledge(ctx, own_rules), full=full):
            say(line)
    except UnknownSubjectError as error:
        fail(str(error))
