"""Options that several commands take: named, explained and checked alike everywhere."""

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from policylint.cli import completion
from policylint.cli.judging import Gate
from policylint.cli.terminal import Colour

Devices = Annotated[
    list[str] | None,
    typer.Option(
        "--device",
        "-d",
        metavar="QUERY",
        envvar="POLICYLINT_DEVICE",
        help="Devices to judge for: a family, an alias (wp7), a tag, ios>=4.0.1,<5, common, current, all. Repeatable.",
        autocompletion=completion.asked(completion.device_queries),
    ),
]
OwnRules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        envvar="POLICYLINT_RULES",
        help="A pack of your own, laid over the knowledge. Repeatable.",
    ),
]
ServerName = Annotated[
    str | None,
    typer.Option(
        "--server",
        metavar="NAME",
        envvar="POLICYLINT_SERVER",
        help="Add what the server end decides: exchange-2010, 2013, 2016, 2019, se, online.",
        autocompletion=completion.asked(completion.servers),
    ),
]
Profiles = Annotated[
    list[str] | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        envvar="POLICYLINT_PROFILE",
        help="Add what a benchmark asks for, such as cis-exchange-2019; policylint rules lists them. Repeatable.",
        autocompletion=completion.asked(completion.profiles),
    ),
]
AssumeGate = Annotated[
    Gate | None,
    typer.Option(
        "--assume-gate",
        envvar="POLICYLINT_ASSUME_GATE",
        help="What AllowNonProvisionableDevices is where an export does not show it.",
    ),
]
AssumeComplete = Annotated[
    bool,
    typer.Option(
        "--assume-complete",
        envvar="POLICYLINT_ASSUME_COMPLETE",
        help="Take settings that an export does not show to ask nothing.",
    ),
]
Redact = Annotated[
    bool,
    typer.Option("--redact", help="Name no policy, account, user or file: print stand-ins, the same in every run."),
]
Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy", metavar="NAME", help="Only this policy of what is read, by name or Guid; or FILE#NAME. Repeatable."
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="RULE",
        envvar="POLICYLINT_SELECT",
        help="Only these findings: a rule by id or name, a range of rules (EAS1), a property. Repeatable.",
        autocompletion=completion.asked(completion.selectors),
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="RULE",
        envvar="POLICYLINT_IGNORE",
        help="Not these findings; as --select. Repeatable.",
        autocompletion=completion.asked(completion.selectors),
    ),
]
Statistics = Annotated[
    bool,
    typer.Option("--statistics", help="Make text output count the findings of each rule instead of printing them."),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", help="Leave out notes on stderr, and all but findings at or above --fail-on from text."
    ),
]
MaxSize = Annotated[int, typer.Option("--max-size", metavar="MIB", min=1, help="Largest file to read, in MiB.")]
Colouring = Annotated[Colour, typer.Option("--color", help="Colour the text.")]


class FailOn(StrEnum):
    """What --fail-on takes: the least severity that gives exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"

    @property
    def severities(self) -> tuple[str, ...]:
        """The severities that are grave enough."""
        from policylint.judging.findings import SEVERITIES

        return () if self is FailOn.NEVER else SEVERITIES[: SEVERITIES.index(self) + 1]

    def exit_code(self, found: Collection[str]) -> int:
        """Return 1 if a severity that was found is grave enough, else 0."""
        return 1 if any(severity in found for severity in self.severities) else 0


FailingOn = Annotated[FailOn, typer.Option(envvar="POLICYLINT_FAIL_ON", help="Least severity that gives exit code 1.")]


class ListForm(StrEnum):
    """What --output takes where a list is printed."""

    TEXT = "text"
    JSON = "json"


ListOutput = Annotated[ListForm, typer.Option("--output", "-o", help="Form of the list.", show_choices=True)]
