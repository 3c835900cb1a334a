"""The program as the group of its commands."""

import os
import shlex
from typing import Any

from typer.core import TyperGroup

from policylint.cli.commands import Commands
from policylint.cli.help import EXAMPLES, write_examples
from policylint.cli.terminal import fail


class Program(TyperGroup):
    """The program: it makes a command when it is asked for, and says what to type in place of a slip."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.commands: Any = Commands()

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the first example of the commands that most people need."""
        write_examples([EXAMPLES[name][0] for name in ("check", "fix", "explain")], formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command. A slip ends the program with exit code 2."""
        if args and self.get_command(ctx, args[0]) is None and _is_a_file(args[0]):
            fail(f"{args[0]} is no command; did you mean: policylint check {shlex.join(args)}")
        return super().resolve_command(ctx, args)


def _is_a_file(text: str) -> bool:
    return os.path.lexists(text) or text == "-" or any(each in text for each in "./\\#")
