"""policylint diff: what changed between two exports, and what that means for devices."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli.accepting import WaiversInForce, selection_of
from policylint.cli.commands.check import FailingOn, FailOn
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.judging import Gate, scope
from policylint.cli.options import AssumeGate, Colouring, Devices, Ignore, MaxSize, OwnRules, Select, ServerName
from policylint.cli.terminal import Colour, note, style_for, write

if TYPE_CHECKING:
    from policylint.comparing.model import Comparison
    from policylint.judging.report import Verdicts
    from policylint.policies.policy import Policy


class Output(StrEnum):
    """What --output takes."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def diff(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OLD NEW | [PATH]...",
            help="Two exports or directories, one of them may be -; with --git what to compare, by default all of this "
            "directory.",
        ),
    ] = None,
    git: Annotated[
        str | None,
        typer.Option(
            "--git", metavar="REV", help="Compare with a revision: the working tree with REV, or A..B or A...B."
        ),
    ] = None,
    device: Devices = None,
    output: Annotated[Output, typer.Option("--output", "-o", help="Form of the comparison.")] = Output.TEXT,
    fail_on: FailingOn = FailOn.ERROR,
    select: Select = None,
    ignore: Ignore = None,
    assume_gate: AssumeGate = None,
    server: ServerName = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Tell what changed between two exports, and which devices are better or worse off for it.

    Exit code 0 means that no device is worse off, 1 that some is at or above --fail-on (refused is an error, a demand
    not enforced a warning), 2 that something could not be read or understood.
    """
    from policylint.cli.sides import since_revision, two_exports
    from policylint.comparing.compare import compare
    from policylint.judging import engine
    from policylint.judging.run import Run

    chosen = scope(ctx, device, own_rules=own_rules, server=server)
    knowledge = chosen.knowledge
    selection = selection_of(ctx, chosen, select, ignore)
    waivers = WaiversInForce(ctx, chosen)
    if git is None:
        old, new = two_exports(paths or [], knowledge.catalogue, max_size=max_size)
    else:
        old, new = since_revision(git, paths or [], knowledge.catalogue, max_size=max_size)
    gate = None if assume_gate is None else assume_gate is Gate.TRUE
    run = Run(knowledge, chosen.targets, chosen_by=chosen.chosen_by, assume_gate=gate, server=chosen.server)

    def judge(policies: "Sequence[Policy]") -> "list[Verdicts]":
        verdicts = engine.judge(run, policies)
        waivers.mark(verdicts)
        selection.keep(verdicts)
        return verdicts

    comparison = compare(old, new, run.stamp, knowledge.catalogue, judge, gate_is_assumed=gate is not None)
    for each in comparison.notes:
        note(each)
    write(_rendered(comparison, output, color))
    raise typer.Exit(fail_on.exit_code({each.finding.rule.severity for each in comparison.worse}))


def _rendered(comparison: "Comparison", output: Output, color: Colour) -> Iterator[str]:
    match output:
        case Output.JSON:
            from policylint.comparing import json

            return json.render(comparison)
        case Output.MARKDOWN:
            from policylint.comparing import markdown

            return markdown.render(comparison)
        case Output.TEXT:
            from policylint.comparing import text

            return text.render(comparison, style_for(color))
