"""The command line: one thin module a command. Each parses, calls, prints and returns an exit code.

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage, configuration or unreadable input.
"""

import gc
import sys
from typing import Annotated

import typer

from policylint import __version__
from policylint.cli.commands.baseline import app as baseline
from policylint.cli.commands.chain import chain
from policylint.cli.commands.check import check
from policylint.cli.commands.collect import collect
from policylint.cli.commands.devices import devices
from policylint.cli.commands.diff import diff
from policylint.cli.commands.explain import explain
from policylint.cli.commands.fix import fix
from policylint.cli.commands.fleet import fleet
from policylint.cli.commands.matrix import matrix
from policylint.cli.commands.merge import merge
from policylint.cli.commands.powershell import powershell
from policylint.cli.commands.rules import rules
from policylint.cli.completion import Shell, get_ready, script
from policylint.cli.help import Command, Program, show_help
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
app.command(cls=Command, short_help="Judge policies: who is shut out, and who ignores what is asked.")(check)
app.command(cls=Command, short_help="Show every policy against every device, or one setting.")(matrix)
app.command(cls=Command, short_help="Preview what a user with several accounts gets.")(merge)
app.command(cls=Command, short_help="Tell what changed, and who is better or worse off.")(diff)
app.add_typer(baseline, name="baseline")
app.command(cls=Command, short_help="Print what to change so that devices are not refused.")(fix)
app.command(cls=Command, short_help="Set your own devices beside what is predicted.")(fleet)
app.command(cls=Command, short_help="Judge the certificates that phones are shown.")(chain)
app.command(cls=Command, short_help="Print the PowerShell that exports the evidence.")(collect)
app.command(cls=Command, short_help="Print the path of the PowerShell module.")(powershell)
app.command(cls=Command, short_help="List devices, or identify one by its User-Agent.")(devices)
app.command(cls=Command, short_help="List the rules, check packs, plan experiments.")(rules)
app.command(cls=Command, short_help="Explain a rule, a setting, a device, a server, or a word.")(explain)


def _print_version(wanted: bool) -> None:
    if wanted:
        version()


@app.command(short_help="Show both versions: of the program and of its knowledge.")
def version() -> None:
    """Show both versions: of the program and of its knowledge."""
    from policylint.knowledge import load

    knowledge = load()
    say(f"policylint {__version__}, knowledge {knowledge.version} (as of {knowledge.as_of})")
    raise typer.Exit


@app.command(name="help", short_help="Show what --help shows, of a command or of all.")
def help_(
    ctx: typer.Context,
    command: Annotated[list[str] | None, typer.Argument(metavar="[COMMAND]...", help="The command.")] = None,
) -> None:
    """Show what --help shows: of a command, or of the program."""
    show_help(ctx, command)


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
    # a run makes millions of objects and no cycles to speak of: collecting them would visit all, again and again
    gc.disable()
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
