"""Brings a report to where it was asked for: standard output, files, and the summary of a GitHub job."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.cli.colour import Colour, style_for
from policylint.cli.failure import fail, note, reason, tell
from policylint.cli.output import Format, Output
from policylint.cli.terminal import write
from policylint.report.formats import Manner, rendered
from policylint.writing.style import Style

if TYPE_CHECKING:
    from policylint.judging.report import Report

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
    from policylint.cli.job_summary import append_summary

    try:
        append_summary(report, Path(place))
    except OSError as error:
        note(f"the job summary {place} cannot be written: {reason(error)}")
