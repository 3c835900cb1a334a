"""--output FORMAT[=FILE]: which forms a report takes, and where each goes."""

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from policylint.cli.terminal import Colour, fail, note, reason, style_for, tell, write
from policylint.report.formats import Format, Manner, rendered
from policylint.writing.style import Style

if TYPE_CHECKING:
    from policylint.judging.report import Report


_STDOUT = "-"


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


_PLAIN = Style(False)


def deliver(report: "Report", outputs: Iterable[Output], manner: Manner, color: Colour) -> bool:
    """Write a report in all its forms; return whether some file could not be written, which is told already."""
    failed = False
    for output in outputs:
        if output.file is None:
            write(rendered(report, output.format, style_for(color), manner))
        else:
            failed |= not _to_file(report, output.format, output.file, manner)
        if output.format is Format.GITHUB:
            _summarise(report)
    return failed


def spare(outputs: Iterable[Output], read: Iterable[str | Path | None]) -> None:
    """End the program with exit code 2 before a report takes the place of a file that was read."""
    known = [path for path in read if path is not None]
    for output in outputs:
        if output.file is not None and any(_same(output.file, path) for path in known):
            fail(f"--output {output.format}={output.file}: would overwrite what is read; name another file")


def _same(file: Path, path: str | Path) -> bool:
    try:
        return os.path.samefile(file, path)
    except OSError:  # one of them is not there, or is standard input
        return False


def _to_file(report: "Report", form: Format, file: Path, manner: Manner) -> bool:
    from policylint.cli.files import write_file

    try:
        write_file(file, rendered(report, form, _PLAIN, manner))
    except OSError as error:
        tell(f"policylint: error: {file}: cannot be written: {reason(error)}")
        return False
    return True


def _summarise(report: "Report") -> None:
    """Add to the summary of the job that runs the program, if it is one."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if not place or not report.verdicts:
        return
    from policylint.cli.files import append_summary

    try:
        append_summary(report, Path(place))
    except OSError as error:
        note(f"the job summary {place} cannot be written: {reason(error)}")
