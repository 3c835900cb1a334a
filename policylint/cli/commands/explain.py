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
            autocompletion=completion.asked(completion.subjects),
        ),
    ],
    full: Annotated[
        bool, typer.Option("--full", help="All that is known of a property: reasons, notes, sources.")
    ] = False,
    device: Annotated[
        list[str] | None,
        typer.Option(
            "--device",
            "-d",
            metavar="QUERY",
            help="Of a property, what these devices do with it. Repeatable.",
            autocompletion=completion.asked(completion.device_queries),
        ),
    ] = None,
    report: Annotated[
        bool,
        typer.Option("--report", help="Print a text for an issue: what is known of --device here, if that is wrong."),
    ] = False,
    own_rules: OwnRules = None,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Explain a rule, a property, a device, a server, a topic or a word of a report, with sources."""
    from policylint.knowledge.query import QueryError, resolve
    from policylint.pages import UnknownSubjectError, explain_for
    from policylint.pages import explain as explained

    if report and not device:
        fail("--report goes with --device: what is wrong, and on which devices?")
    knowledge = load_knowledge(ctx, own_rules)
    try:
        if device:
            lines = explain_for(subject, resolve(device, knowledge), knowledge, report=report)
        else:
            lines = explained(subject, knowledge, full=full)
        for line in lines:
            say(line)
    except (UnknownSubjectError, QueryError) as error:
        fail(str(error))
