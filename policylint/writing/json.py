"""JSON on one line, in any script, with nothing in it that acts on who shows it."""

import json
from typing import Any

from policylint.writing.build_logs import COMMAND_ANYWHERE


def dumps(value: Any) -> str:
    """Write a value on one line, in any script.

    What would act on a terminal or a build log that shows the line is escaped, which loses nothing.
    """
    text = json.dumps(value, ensure_ascii=False)
    if "##" in text:
        text = COMMAND_ANYWHERE.sub(r"\\u0023", text)
    if not text.isprintable():
        text = "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)
    return text
