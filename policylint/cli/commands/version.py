"""The command `version`."""

import typer

from policylint import __version__
from policylint.cli.terminal import say


def version() -> None:
    """Show both versions: of the program and of its knowledge."""
    from policylint.knowledge import load

    knowledge = load()
    say(f"policylint {__version__}, knowledge {knowledge.version} (as of {knowledge.as_of})")
    raise typer.Exit
