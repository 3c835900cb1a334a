"""Whether to colour the output: the option, else FORCE_COLOR, else NO_COLOR, else whether a person is watching."""

import os
import sys
from enum import StrEnum

from policylint.writing.style import Style


class Colour(StrEnum):
    """What --color takes."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def style_for(colour: Colour) -> Style:
    """Decide for standard output."""
    if colour is not Colour.AUTO:
        return Style(colour is Colour.ALWAYS)
    if os.environ.get("FORCE_COLOR"):
        return Style(True)
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return Style(False)
    return Style(sys.stdout.isatty())
