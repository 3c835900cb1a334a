"""The program explains itself: options in groups, three examples a command, and a hint for whoever slips."""

import shlex
from typing import Any

import pytest
from conftest import ROOT
from typer.main import get_command
from typer.testing import CliRunner

from policylint.cli import app
from policylint.cli.help import EXAMPLES

PROGRAM: Any = get_command(app)


def commands(group: Any = PROGRAM) -> dict[str, Any]:
    found = {}
    for name, command in group.commands.items():
        found.update(commands(command) if hasattr(command, "commands") else {name: command})
    return found


COMMANDS = {name: command for name, command in commands().items() if name not in ("help", "version")}


def shown(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def test_every_command_has_three_examples() -> None:
    assert set(EXAMPLES) == set(COMMANDS)
    assert {len(examples) for examples in EXAMPLES.values()} == {3}


@pytest.mark.parametrize("line", [line for examples in EXAMPLES.values() for line, _ in examples])
def test_an_example_is_understood(line: str) -> None:
    for part in line.split("|"):
        words = shlex.split(part.split(">")[0] if " > " in part else part)
        if words[0] != "policylint":
            continue
        command: Any = PROGRAM
        names = words[1:]
        while hasattr(command, "commands"):
            command = command.commands[names.pop(0)]
        # in a context that is resilient nothing is run, and yet every option has to be one
        context = command.make_context("x", names, resilient_parsing=True)
        options = {option for each in command.get_params(context) for option in each.opts}
        assert {word.split("=")[0] for word in names if word.startswith("--")} <= options


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_and_ends_with_the_examples(name: str) -> None:
    path = ("baseline", name) if name in ("create", "prune") else (name,)
    text = shown(*path, "--help")
    assert text == shown("help", *path)
    described, _, examples = text.partition("\nExamples:\n")
    assert max(map(len, described.splitlines())) <= 80
    assert [each for each, _ in EXAMPLES[name]] == [line.strip() for line in examples.splitlines()[0::2]]


def test_options_stand_in_groups() -> None:
    headings = [line for line in shown("check", "--help").splitlines() if line.endswith(":") and line[:1].isupper()]
    assert headings == [
        "Arguments:", "Options:", "Devices and server:", "What is read:", "What counts:", "Output:", "Configuration:",
        "Examples:",
    ]  # fmt: skip


def test_every_summary_is_whole() -> None:
    assert "..." not in shown("--help").partition("Commands:")[2]


def test_the_versions() -> None:
    assert shown("version") == shown("--version")


@pytest.mark.parametrize("typed", ["examples/contoso.clixml", "policies.xml", "-", "p.csv#Default"])
def test_a_file_in_place_of_a_command(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(app, [typed, "-d", "wp7"])
    assert done.exit_code == 2
    assert f"did you mean: policylint check {shlex.quote(typed)} -d wp7" in done.output


def test_a_command_that_is_misspelt() -> None:
    done = CliRunner().invoke(app, ["chekc"])
    assert (done.exit_code, "Did you mean 'check'" in done.output) == (2, True)


def test_help_on_what_is_no_command() -> None:
    done = CliRunner().invoke(app, ["help", "checks"])
    assert (done.exit_code, "no command is called 'checks'; there are check" in done.output) == (2, True)
