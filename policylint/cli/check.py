"""policylint check: judge exported policies for devices."""

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from policylint import __version__
from policylint.cli.colour import Colour, style_for
from policylint.cli.failure import USAGE, fail, tell

if TYPE_CHECKING:
    from policylint.findings import Report


class Output(StrEnum):
    """What --output takes."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """What --fail-on takes: the least severity that gives exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Gate(StrEnum):
    """What --assume-gate takes."""

    TRUE = "true"
    FALSE = "false"


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Exports, directories to search for them, or - for stdin."),
    ],
    device: Annotated[
        list[str] | None,
        typer.Option(
            "--device",
            "-d",
            metavar="QUERY",
            help="Devices to judge for: a family, an alias (wp7), a tag, ios>=4.0.1,<5, current, all. Repeatable.",
        ),
    ] = None,
    output: Annotated[Output, typer.Option("--output", "-o", help="Form of the report.")] = Output.TEXT,
    fail_on: Annotated[FailOn, typer.Option(help="Least severity that gives exit code 1.")] = FailOn.ERROR,
    assume_gate: Annotated[
        Gate | None,
        typer.Option(help="What AllowNonProvisionableDevices is where an export does not show it."),
    ] = None,
    show_unknown: Annotated[
        bool,
        typer.Option("--show-unknown", help="List the demands of which nobody knows what a device does."),
    ] = False,
    max_size: Annotated[int, typer.Option(metavar="MIB", min=1, help="Largest file to read, in MiB.")] = 64,
    color: Annotated[Colour, typer.Option(help="Colour the text.")] = Colour.AUTO,
) -> None:
    """Judge exported policies: which devices they shut out, and which quietly ignore them.

    Findings go to stdout, notes to stderr. Exit code 0 means nothing at or above --fail-on, 1 findings, 2 that
    something could not be read or understood.
    """
    from policylint.engine import Engine
    from policylint.findings import SEVERITIES, Report
    from policylint.inputs import read_inputs
    from policylint.knowledge import load
    from policylint.knowledge.query import QueryError, resolve

    knowledge = load()
    try:
        targets = resolve(device or ["current"], knowledge)
    except QueryError as error:
        fail(str(error))
    inputs = read_inputs(paths, knowledge.catalogue, max_bytes=max_size << 20)
    for note in inputs.notes:
        tell(f"policylint: note: {note}")
    for problem in inputs.errors:
        tell(f"policylint: error: {problem}")
    engine = Engine(
        knowledge,
        targets,
        assume_gate=None if assume_gate is None else assume_gate is Gate.TRUE,
        show_unknown=show_unknown,
    )
    report = Report(
        program=__version__,
        knowledge=knowledge.version,
        as_of=knowledge.as_of,
        targets=engine.targets,
        chosen_by=" ".join(f"--device {query}" for query in device) if device else "the default, --device current",
        inputs=inputs.summary,
        verdicts=engine.judge(inputs.policies),
    )
    if inputs.policies:
        _print(report, output, color)
    if inputs.errors:
        raise typer.Exit(USAGE)
    if fail_on is not FailOn.NEVER:
        grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        raise typer.Exit(1 if any(report.count(severity) for severity in grave) else 0)


def _print(report: "Report", output: Output, color: Colour) -> None:
    try:
        if output is Output.JSON:
            from policylint.report import json

            sys.stdout.writelines(json.render(report))
        else:
            from policylint.report import text

            sys.stdout.writelines(text.render(report, style_for(color)))
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader (head, less) has seen enough; without this Python complains again while it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
