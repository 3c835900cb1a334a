"""--output FORMAT[=FILE]: which forms a report takes, and where each goes. Alike for every kind of report."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import typer

from policylint.cli import completion
from policylint.cli.fitting import fitted
from policylint.cli.terminal import Colour, error, fail, look_for, note, write
from policylint.report.formats import KINDS, rendered
from policylint.usage import reason
from policylint.writing.style import Look

_STDOUT = "-"


class Output(NamedTuple):
    """One form of a report, and the file it goes to; None is standard output."""

    form: str
    file: Path | None


def output_option(kind: str, what: str = "report", *, envvar: str | None = None) -> Any:
    """Return the option --output of a command that makes reports of a kind."""
    forms = KINDS[kind].forms
    return typer.Option(
        "--output",
        "-o",
        metavar="FORMAT[=FILE]",
        envvar=envvar,
        help=f"Form of the {what}, and a file for it: {', '.join(forms)}. Repeatable.",
        show_default="text",
        autocompletion=completion.asked(completing(kind)),
    )


def completing(kind: str) -> Callable[[str], list[str]]:
    """Return what completes the name of a form."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in KINDS[kind].forms if name.startswith(incomplete)]

    return complete


def outputs(kind: str, asked: list[str] | None) -> list[Output]:
    """Read what --output was given; what cannot be meant ends the program with exit code 2."""
    chosen = [_output(text, KINDS[kind].forms) for text in asked or ["text"]]
    if any(output.form == "html" for output in chosen):
        _need_templates()
    on_stdout = [output.form for output in chosen if output.file is None]
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


def _need_templates() -> None:
    """End the program where what fills a page is not installed, before anything is judged."""
    from policylint.html.page import need_jinja
    from policylint.usage import UsageError

    try:
        need_jinja()
    except UsageError as problem:
        fail(str(problem))


def _output(text: str, forms: Iterable[str]) -> Output:
    name, equals, file = text.partition("=")
    if equals and not file:
        fail(f"--output {text}: the file is missing; write {text}FILE, or {text}- for standard output")
    return Output(_form(name, list(forms)), None if not equals or file == _STDOUT else Path(file))


def _form(name: str, known: list[str]) -> str:
    wanted = name.casefold()
    if wanted not in known:
        from policylint.knowledge.nearest import did_you_mean, nearest

        hint = did_you_mean(nearest(name, known)[:1])
        fail(f"--output: unknown format {name!r}{hint} (there are {', '.join(known)})")
    return wanted


def deliver(
    made: Any,
    outputs: Iterable[Output],
    color: Colour,
    *,
    read: Iterable[str | Path | None],
    kind: str | None = None,
    **manner: Any,
) -> bool:
    """Write a report in all its forms; return whether some file could not be written, which is told already.

    What was read is never written over: that ends the program with exit code 2. `manner` is more of a `Look`.
    """
    outputs = list(outputs)
    spare(outputs, read)
    failed = False
    for form, file in outputs:
        if file is None:
            pieces = rendered(made, form, look_for(color)._replace(**manner), kind=kind)
            write(fitted(pieces, form, sys.stdout.encoding, made))
        else:
            failed |= not _to_file(made, form, file, Look(**manner), kind)
        if form == "github":
            _summarise(made)
    return failed


def spare(outputs: Iterable[Output], read: Iterable[str | Path | None]) -> None:
    """End the program with exit code 2 where a report would be written over what is read."""
    paths = [path for path in read if path is not None]
    for form, file in outputs:
        if file is not None and any(_same(file, path) for path in paths):
            fail(f"--output {form}={file}: would overwrite what is read; name another file")


def _same(file: Path, path: str | Path) -> bool:
    try:
        return os.path.samefile(file, path)
    except OSError:  # one of them is not there, or is standard input
        return False


def _to_file(made: Any, form: str, file: Path, look: Look, kind: str | None) -> bool:
    from policylint.writing.whole import write_file

    try:
        write_file(file, rendered(made, form, look, kind=kind))
    except OSError as problem:
        error(f"{file}: cannot be written: {reason(problem)}")
        return False
    return True


def _summarise(made: Any) -> None:
    """Add a report to the summary of the job that runs the program, if it is one."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if not place or not made.verdicts:
        return
    from policylint.cli.job_summary import append_summary

    try:
        append_summary(made, Path(place))
    except OSError as problem:
        note(f"the job summary {place} cannot be written: {reason(problem)}")
