"""JSON in any script, a piece a line, with nothing in it that acts on who shows it."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from policylint.writing.build_logs import COMMAND_ANYWHERE

# made once: `json.dumps` would make one for each value, which takes longer than most values do
_encoded = json.JSONEncoder(ensure_ascii=False).encode

_RUNS = re.compile(r"[\x00-\x7f]++|[^\x00-\x7f]++")

BETWEEN = ",\n    "
"""What stands between the entries of an `array`."""


def dumps(value: Any) -> str:
    """Write a value on one line, in any script.

    What would act on a terminal or a build log that shows the line is escaped, which loses nothing.
    """
    text = _encoded(value)
    if "##" in text:
        text = COMMAND_ANYWHERE.sub(r"\\u0023", text)
    if not text.isprintable():
        text = "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)
    return text


def body(text: str) -> str:
    """Write a text without its quotes: what stands between texts may be put together as they are."""
    return dumps(text)[1:-1]


def inner(entry: dict[str, Any]) -> str:
    """Write the members of an object without its braces."""
    return dumps(entry)[1:-1]


def members(entry: dict[str, Any]) -> str:
    """Write members of a document that are not its last, each on a line."""
    return "".join(f"  {dumps(key)}: {dumps(value)},\n" for key, value in entry.items())


Runs = tuple[str, list[str], str]
"""A text in pieces: the first, others, and the last, which may be empty."""


def runs(text: str) -> Runs:
    """Cut a text where it stops or begins to be ASCII, which is encoded many times as fast as the rest."""
    first, *others = _RUNS.findall(text) or [text]
    return first, others[:-1], others[-1] if others else ""


def array(name: str, items: Iterable[str | Iterable[str]]) -> Iterator[str]:
    """Write a member of a document that is not its last: a list with each of its entries on a line.

    An item is the pieces of an entry, an entry, or several with `BETWEEN` between them.
    """
    yield f'  "{name}": ['
    separator = "\n    "
    for item in items:
        if isinstance(item, str):
            yield separator + item
        else:
            yield separator
            yield from item
        separator = BETWEEN
    yield "\n  ],\n" if separator.startswith(",") else "],\n"


def tool(program: str, knowledge: str, as_of: str) -> dict[str, Any]:
    """Say which program made a document, with which knowledge."""
    return {"version": program, "knowledge": {"version": knowledge, "as_of": as_of}}
