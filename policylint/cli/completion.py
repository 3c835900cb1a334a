"""What the values of options and arguments complete to, each with a word about it."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policylint.knowledge import Knowledge


Choices = list[tuple[str, str]]
"""Values and what they are. typer keeps those that begin with what was typed."""
Completer = Callable[..., Choices | list[str]]

ASKED = "_POLICYLINT_COMPLETE"
"""The environment variable by which a script asks."""


def asked(values: Completer) -> Completer | None:
    """Return what completes a value, or None where no shell asks: typer would examine it at every start."""
    return values if ASKED in os.environ else None


def device_queries(incomplete: str) -> Choices:
    """Complete the last of device queries with commas between."""
    return _last(incomplete, _devices(_knowledge()))


def servers() -> Choices:
    """Complete the ids of servers, and their aliases."""
    return [(name, server.name) for server in _knowledge().servers for name in (server.id, *server.aliases)]


def properties() -> Choices:
    """Complete the names of the properties that a policy can demand."""
    return list(_properties(_knowledge()))


def profiles() -> Choices:
    """Complete the names of profiles."""
    return list(_profiles(_knowledge()))


def selectors(incomplete: str) -> Choices:
    """Complete the last of what --select and --ignore take, with commas between."""
    knowledge = _knowledge()
    return _last(incomplete, [*_rules(knowledge), *_properties(knowledge)])


def rules_or_work() -> Choices:
    """Complete what `policylint rules` takes."""
    knowledge = _knowledge()
    work = [
        ("check", "lint a data pack"),
        ("test", "run the examples inside rules"),
        ("coverage", "how much of each family is documented"),
    ]
    return [*work, *_rules(knowledge), *_profiles(knowledge)]


def subjects() -> Choices:
    """Complete what `policylint explain` takes."""
    knowledge = _knowledge()
    from policylint.pages.glossary import GLOSSARY
    from policylint.pages.word import topics

    found = [*_rules(knowledge), *_profiles(knowledge), *_properties(knowledge), *_devices(knowledge), *servers()]
    found += [(topic, "a topic") for topic in topics(knowledge)]
    # one word is the name of a rule, too
    return list(dict([*((word, "a word of a report") for word in GLOSSARY), *found]).items())


def _knowledge() -> "Knowledge":
    # loaded on demand: commands and options complete without it
    from policylint.knowledge import load

    return load()


def _last(incomplete: str, choices: Iterable[tuple[str, str]]) -> Choices:
    before, comma, _ = incomplete.rpartition(",")
    return [(before + comma + name, about) for name, about in choices]


def _devices(knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    from policylint.knowledge.query import names

    about = {
        "all": "every release",
        "current": "what is still sold or serviced",
        "common": "what most organisations see",
    }
    for family in knowledge.families.values():
        about[family.id] = family.name
        about |= {alias: f"{family.name}, in short" for alias in family.aliases if alias not in about}
    return ((name, about.get(name, "every family with this tag")) for name in names(knowledge))


def _properties(knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    for known in knowledge.catalogue.properties:
        if known.kind != "identity":
            for name in known.spellings:
                yield name, "property" if name == known.key else f"another name of {known.key}"
            if known.phone_name and known.phone_name not in known.spellings:
                yield known.phone_name, f"the phone's own name of {known.key}"


def _rules(knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    for rule in knowledge.rulebook.rules:
        yield rule.id, rule.name
        yield rule.name, rule.id


def _profiles(knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    return ((profile.id, profile.title) for profile in knowledge.profiles)


_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName policylint -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $env:_POLICYLINT_COMPLETE = 'complete_powershell'
    $env:_TYPER_COMPLETE_ARGS = $commandAst.ToString().PadRight($length).Substring(0, $length)
    $env:_TYPER_COMPLETE_WORD_TO_COMPLETE = $wordToComplete
    try {
        policylint | ForEach-Object {
            $value, $help = $_ -split ':::', 2
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
    } finally {
        Remove-Item 'Env:_POLICYLINT_COMPLETE', 'Env:_TYPER_COMPLETE_*'
    }
}"""
"""typer's own script gives the Tab key another meaning for the whole session, and needs a module that ISE lacks."""


class Shell(StrEnum):
    """What --show-completion takes."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def script(shell: Shell) -> str:
    """Return the script that completes `policylint` in a shell."""
    if shell is Shell.POWERSHELL:
        return _POWERSHELL
    from typer._completion_shared import get_completion_script

    return get_completion_script(prog_name="policylint", complete_var=ASKED, shell=shell)


def get_ready() -> None:
    """Make typer answer the script that asks, if one does."""
    if ASKED not in os.environ:
        return
    from typer._completion_classes import completion_init

    completion_init()
    # with rich at hand, typer has it read the help texts as markup, which loses what stands in brackets and takes
    # longer than all the rest of an answer
    sys.modules["rich"] = None  # type: ignore[assignment]
