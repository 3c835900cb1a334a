"""--output FORMAT[=FILE]: which forms a report takes, and where each goes."""

import os
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from policylint.cli.failure import fail

_STDOUT = "-"


class Format(StrEnum):
    """The forms of a report."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    CSV = "csv"


class Output(NamedTuple):
    """One form of a report, and the file it goes to; None is standard output."""

    format: Format
    file: Path | None


def complete(incomplete: str) -> list[str]:
    """Complete the name of a format."""
    return [name for name in Format if name.startswith(incomplete)]


Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORMAT[=FILE]",
        envvar="POLICYLINT_OUTPUT",
        help=f"Form of the report, and a file for it: {', '.join(Format)}. Repeatable.",
        show_default="text",
        autocompletion=complete,
    ),
]


def outputs(asked: list[str] | None) -> list[Output]:
    """Read what --output was given; what cannot be meant ends the program with exit code 2."""
    chosen = [_output(text) for text in asked or [Format.TEXT]]
    on_stdout = [output.format for output in chosen if output.file is None]
    if len(on_stdout) > 1:
        fail(
            f"--output: {' and '.join(on_stdout)} would be mixed on standard output; "
            f"give all but one a file: {on_stdout[-1]}=FILE"
        )
    files = Counter(os.path.realpath(output.file) for output in chosen if output.file is not None)
    for output in chosen:
        if output.file is not None and files[os.path.realpath(output.file)] > 1:
            fail(f"--output: {output.file} is named twice; give each form a file of its own")
    return chosen


def _output(text: str) -> Output:
    name, equals, file = text.partition("=")
    if equals and not file:
        fail(f"--output {text}: the file is missing; write {text}FILE, or {text}- for standard output")
    return Output(_format(name), None if not equals or file == _STDOUT else Path(file))


def _format(name: str) -> Format:
    known = list(Format)
    wanted = name.casefold()
    if wanted not in known:
        from policylint.knowledge.nearest import did_you_mean, nearest

        hint = did_you_mean(nearest(name, known)[:1])
        fail(f"--output: unknown format {name!r}{hint} (there are {', '.join(known)})")
    return Format(wanted)
