"""The command line: one thin module a command. Each parses, calls, prints and returns an exit code.

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage, configuration or unreadable input.
"""

import sys
from typing import Annotated

import typer

from policylint.cli.completion import Shell, get_ready, script
from policylint.cli.program import Program
from policylint.cli.streams import guard, release
from policylint.cli.terminal import USAGE, error, say
from policylint.usage import UsageError, reason

app = typer.Typer(
    name="policylint",
    cls=Program,
    help="Tell which phones an exported Exchange ActiveSync mailbox policy will break, before it goes live.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from policylint.cli.commands.version import version

        version()


def _print_script(shell: Shell | None) -> None:
    if shell:
        say(script(shell))
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show both versions and exit."),
    ] = False,
    show_completion: Annotated[
        Shell | None,
        typer.Option(
            "--show-completion",
            callback=_print_script,
            is_eager=True,
            help="Print the script that completes commands, options and values in a shell, and exit.",
        ),
    ] = None,
) -> None:
    """Take the options that come before a command."""


def main() -> int:
    """Run the program and return its exit code. Raises `KeyboardInterrupt`."""
    guard()
    get_ready()
    try:
        try:
            app()
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
    except UsageError as slip:
        for message in slip.messages:
            error(message)
    except OSError as problem:
        error(f"{f'{problem.filename}: ' if problem.filename else ''}{reason(problem)}")
    except MemoryError:
        error("there is not enough memory for this")
    except Exception:
        import traceback

        traceback.print_exc()
        error("this is a fault of the program, not of what it was given; please report it with the lines above")
    else:
        return code if isinstance(code, int) else 0
    finally:
        release()
    return USAGE
