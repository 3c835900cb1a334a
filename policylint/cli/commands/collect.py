"""policylint collect: the PowerShell that exports what a fleet is read from, printed and never run."""

from pathlib import Path
from typing import Annotated

import typer

from policylint.cli.terminal import fail, write
from policylint.evidence.collector import Server, collector
from policylint.usage import reason


def collect(
    server: Annotated[
        Server | None,
        typer.Option(help="Where the mailboxes are; without it, the script finds out where it runs."),
    ] = None,
    no_devices: Annotated[
        bool,
        typer.Option("--no-devices", help="Leave out devices and their statistics, which take the longest."),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the script to a file instead of printing it."),
    ] = None,
) -> None:
    """Print the PowerShell that exports policies, mailboxes, devices and protected accounts. It changes nothing.

    Its folder or zip file is what `policylint fleet` reads.
    """
    script = collector(server, devices=not no_devices)
    if output is None:
        write([script])
        return
    from policylint.writing.whole import write_file

    try:
        write_file(output, [script])
    except OSError as error:
        fail(f"{output}: cannot be written: {reason(error)}")
