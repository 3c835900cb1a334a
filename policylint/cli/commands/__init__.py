"""The commands of the program by name. Each is made when it is asked for, and none by a run that needs another one.

A command is a function, or a typer application with commands of its own, called as its module is.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from policylint.cli.help import Command

SUMMARIES = {
    "check": "Judge policies: who is shut out, and who ignores what is asked.",
    "matrix": "Show every policy against every device, or one setting.",
    "merge": "Preview what a user with several accounts gets.",
    "diff": "Tell what changed, and who is better or worse off.",
    "baseline": "Take up the findings of today, so that only new ones count.",
    "fix": "Print what to change so that devices are not refused.",
    "fleet": "Set your own devices beside what is predicted.",
    "chain": "Judge the certificates that phones are shown.",
    "collect": "Print the PowerShell that exports the evidence.",
    "powershell": "Print the path of the PowerShell module.",
    "devices": "List devices, or identify one by its User-Agent.",
    "rules": "List the rules, check packs, plan experiments.",
    "explain": "Explain a rule, a setting, a device, a server, or a word.",
    "version": "Show both versions: of the program and of its knowledge.",
    "help": "Show what --help shows, of a command or of all.",
}
"""The commands in the order in which the help lists them, each with what it does."""


class Commands(Mapping[str, Any]):
    """The commands as click has them."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(SUMMARIES)

    def __len__(self) -> int:
        return len(SUMMARIES)

    def __contains__(self, name: object) -> bool:
        return name in SUMMARIES

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _made(name, SUMMARIES[name])
        return self._made[name]


def _made(name: str, summary: str) -> Any:
    found = getattr(import_module(f"{__name__}.{name}"), name)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(name, cls=Command, short_help=summary)(found)
        found = alone
    command = get_command(found)
    command.name = name
    return command
