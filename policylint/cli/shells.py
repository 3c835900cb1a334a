"""Completion in shells: the script that a shell loads once, and the answers when such a script asks the program."""

import os
import sys
from enum import StrEnum

ASKED = "_POLICYLINT_COMPLETE"
"""The environment variable by which a script asks."""

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
