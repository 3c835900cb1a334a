"""policylint matrix: policies against targets, or one property against targets, at a glance."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli import completion
from policylint.cli.configured import ConfigFile, NoConfig, given
from policylint.cli.judging import Scope, judge, scope
from policylint.cli.options import AssumeGate, Colouring, Devices, MaxSize, OwnRules, ServerName
from policylint.cli.terminal import USAGE, Colour, fail, style_for, width, write

if TYPE_CHECKING:
    from policylint.judging.report import Report
    from policylint.matrix.property import PropertyMatrix


class Output(StrEnum):
    """What --output takes."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


def matrix(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Exports, directories to search for them, or - for stdin."),
    ] = None,
    asked: Annotated[
        str | None,
        typer.Option(
            "--property",
            "-p",
            metavar="NAME",
            help="Show what devices do with this property instead: by either spelling or the phone's own name.",
            autocompletion=completion.properties,
        ),
    ] = None,
    device: Devices = None,
    output: Annotated[Output, typer.Option("--output", "-o", help="Form of the matrix.")] = Output.TEXT,
    assume_gate: AssumeGate = None,
    server: ServerName = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Show how every policy fares on every device, or what every device does with one property.

    It is a view and no check: exit code 0 means that it could be drawn, 2 that something could not be read or
    understood.
    """
    if asked is not None and paths:
        fail("give either exports or --property, not both")
    if asked is not None:
        if given(ctx, "server") or given(ctx, "assume_gate"):
            fail("--server and --assume-gate go with exports: what is known of a property does not depend on them")
        write(_property(_property_matrix(asked, scope(ctx, device, own_rules=own_rules)), output, color))
        return
    if not paths:
        fail("nothing to show: name an export, a directory, - for stdin, or a --property")
    chosen = scope(ctx, device, own_rules=own_rules, server=server)
    judged = judge(paths, chosen, assume_gate=assume_gate, max_size=max_size)
    if judged.report.verdicts:
        write(_policies(judged.report, output, color))
    if judged.failed:
        raise typer.Exit(USAGE)


def _property_matrix(asked: str, scope: Scope) -> "PropertyMatrix":
    from policylint.judging.stamp import Stamp
    from policylint.judging.targets import TargetSet
    from policylint.matrix.property import PropertyMatrix, UnknownPropertyError, property_named

    try:
        known = property_named(asked, scope.knowledge.catalogue)
    except UnknownPropertyError as error:
        fail(str(error))
    stamp = Stamp.of(scope.knowledge, TargetSet(scope.targets), scope.chosen_by)
    return PropertyMatrix(stamp, scope.knowledge, known, asked)


def _policies(report: "Report", output: Output, color: Colour) -> Iterator[str]:
    match output:
        case Output.JSON:
            from policylint.matrix import json

            return json.render_policies(report)
        case Output.CSV:
            from policylint.matrix import csv

            return csv.render_policies(report)
        case Output.MARKDOWN:
            from policylint.matrix import markdown

            return markdown.render_policies(report)
        case Output.TEXT:
            from policylint.matrix import text

            return text.render_policies(report, style_for(color), width())


def _property(matrix: "PropertyMatrix", output: Output, color: Colour) -> Iterator[str]:
    match output:
        case Output.JSON:
            from policylint.matrix import json

            return json.render_property(matrix)
        case Output.CSV:
            from policylint.matrix import csv

            return csv.render_property(matrix)
        case Output.MARKDOWN:
            from policylint.matrix import markdown

            return markdown.render_property(matrix)
        case Output.TEXT:
            from policylint.matrix import text

            return text.render_property(matrix, style_for(color), width())
