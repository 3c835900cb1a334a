"""The manual page policylint(1): what --help says of every command, on one page."""

import re
from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from policylint import __version__
from policylint.cli import app

_WRITTEN = {
    "\\": "\\e",
    # written plainly, these come out as typographic characters, which nobody can paste into a shell
    "-": "\\-",
    "'": "\\(aq",
    "`": "\\(ga",
    "^": "\\(ha",
    "~": "\\(ti",
    '"': "\\(dq",
}
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def text(plain: str) -> str:
    """Write a text of one line so that roff shows it as it is."""
    return _no_request(_written(plain))


def prose(plain: str) -> str:
    """Write sentences, which may be several lines: options in them are bold, and lines are filled anew."""
    joined = " ".join(plain.split())
    pieces = []
    end = 0
    for option in _OPTION.finditer(joined):
        pieces += [_written(joined[end : option.start()]), bold(option[0])]
        end = option.end()
    return _no_request("".join([*pieces, _written(joined[end:])]))


def bold(plain: str) -> str:
    """Write a text in bold: what is typed as it stands."""
    return f"\\fB{_written(plain)}\\fR"


def italic(plain: str) -> str:
    """Write a text in italics (underlined on terminals): what stands for something else."""
    return f"\\fI{_written(plain)}\\fR"


def _written(plain: str) -> str:
    return "".join(_WRITTEN.get(letter) or _letter(letter) for letter in plain)


def _letter(letter: str) -> str:
    return letter if " " <= letter <= "~" else f"\\[u{ord(letter):04X}]"


def _no_request(line: str) -> str:
    # roff reads a line that begins with a period as a request
    return f"\\&{line}" if line.startswith(".") else line


_EXAMPLES = {
    "policylint check policies.xml --device phone": "Tell what a policy does to phones.",
    "policylint check exports/ --device apple --fail-on warning": "Judge every export below a directory.",
    "policylint merge contoso.xml fabrikam.xml": "Preview the policy of a user with two accounts.",
    "policylint diff old.xml new.xml --device phone": "Tell which phones a change makes better or worse off.",
    "policylint fix policies.xml --device phone": "Compare the ways out for the phones that are refused.",
    "policylint collect --server online -o collect.ps1": "Write the script that exports the evidence of a fleet.",
    "policylint explain RequireDeviceEncryption": "Show all that is known of a property.",
}
_STATUS = {
    "0": "Nothing was found at or above --fail-on.",
    "1": "There are findings at or above --fail-on.",
    "2": "The command line was not understood, or something could not be read; what could be read is reported all the "
    "same.",
}
_FILES = {
    "policylint.toml, pyproject.toml": "The configuration: the nearest one, from the current directory upward.",
}
_ENVIRONMENT = {
    "FORCE_COLOR": "Colour the text even where standard output is no terminal.",
    "NO_COLOR": "Do not colour the text. --color wins over both.",
}

# `Any` below is a command: its class is in another place in each version of typer


def man_page() -> str:
    """Return the page, in roff."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    program: Any = get_command(app)
    context = typer.Context(program, info_name="policylint", **program.context_settings)
    about = program.help.rstrip(".")
    yield '.\\" Made by python -m policylint.handbook; changes here are lost.'
    yield f'.TH POLICYLINT 1 "" "policylint {text(__version__)}" "User Commands"'
    yield from (".nh", ".ad l")
    yield ".SH NAME"
    yield f"policylint \\- {prose(about[0].lower() + about[1:])}"
    yield ".SH SYNOPSIS"
    yield f"{bold('policylint')} {italic('COMMAND')} [{italic('OPTIONS')}] [{italic('ARGUMENTS')}]"
    yield ".SH DESCRIPTION"
    yield prose(
        "policylint reads what Get-ActiveSyncMailboxPolicy or Get-MobileDeviceMailboxPolicy exports, in any format, "
        "and judges it with a knowledge base of device families in which every statement has a source. It needs no "
        "server, no network and no rights."
    )
    yield ".SH OPTIONS"
    yield from _parameters(program, context)
    yield ".SH COMMANDS"
    yield from _commands(program, context)
    yield ".SH EXIT STATUS"
    yield from _listed(_STATUS)
    yield ".SH FILES"
    yield from _listed(_FILES)
    yield ".SH ENVIRONMENT"
    yield from _listed(_ENVIRONMENT)
    yield ".SH EXAMPLES"
    for line, what in _EXAMPLES.items():
        yield from (".PP", prose(what), ".PP", ".RS 4", ".nf", text(line), ".fi", ".RE")


def _commands(group: Any, context: typer.Context) -> Iterator[str]:
    for name, command in group.commands.items():
        inside = typer.Context(command, info_name=name, parent=context)
        yield from _commands(command, inside) if hasattr(command, "commands") else _command(command, inside)


def _command(command: Any, context: typer.Context) -> Iterator[str]:
    arguments = [
        record[0]
        for parameter in command.get_params(context)
        if parameter.param_type_name == "argument" and (record := parameter.get_help_record(context))
    ]
    yield f".SS {text(context.command_path)} [{italic('OPTIONS')}] {' '.join(map(italic, arguments))}".rstrip()
    first, *others = command.help.split("\n\n")
    yield prose(first)
    for paragraph in others:
        yield from (".PP", prose(paragraph))
    yield from _parameters(command, context)


def _parameters(command: Any, context: typer.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        # every command has --help: it is told of the program alone
        if record and (context.parent is None or parameter.name != "help"):
            names, what = record
            yield ".TP"
            yield " ".join(_name(word) for word in names.split(" "))
            yield prose(what)


def _name(word: str) -> str:
    return bold(word.rstrip(",")) + ("," if word.endswith(",") else "") if word.startswith("-") else italic(word)


def _listed(rows: dict[str, str]) -> Iterator[str]:
    for name, what in rows.items():
        yield from (".TP", bold(name), prose(what))
