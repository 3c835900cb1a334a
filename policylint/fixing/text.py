"""The script of a strategy as text."""

from collections.abc import Iterator

from policylint.fixing.fixes import Script
from policylint.writing.style import Look


def render(made: Script, look: Look) -> Iterator[str]:
    """Yield the lines of the script. A script has no colours and no width."""
    return (f"{line}\n" for line in made.lines())
