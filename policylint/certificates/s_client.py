"""The text of `openssl s_client -showcerts`: which of its certificates the server sent, and in which order."""

import re
from typing import NamedTuple

_TITLE = "Certificate chain"
_RULE = "---"
_BLOCK = "-----BEGIN "
_LISTED = re.compile(r"\s*\d+ s:")
_BEGINNING = re.compile(r"^CONNECTED\([0-9A-Fa-f]+\)\s*$|^Certificate chain\s*\n\s*0 s:", re.MULTILINE)


class Section(NamedTuple):
    """The lines of a text, counted from 0, that hold what was sent; `wrong` says why they do not."""

    first: int
    end: int
    wrong: str | None = None


def is_s_client(text: str) -> bool:
    """Tell whether a text is what s_client printed."""
    return _BEGINNING.search(text) is not None


def sent(lines: list[str]) -> Section:
    """Find where the certificates that were sent stand.

    Without -showcerts a listing names all that were sent, and only the server's own follows below: it is taken where it
    was the only one.
    """
    titles = [number for number, line in enumerate(lines) if line.strip() == _TITLE]
    if not titles:
        sent_none = not any(_BLOCK in line for line in lines)
        return Section(0, len(lines), "no certificate was sent: the connection failed before" if sent_none else None)
    if len(titles) > 1:
        return Section(titles[1], 0, "a second connection begins here: keep one in a file")
    first = titles[0]
    end = next((number for number in range(first, len(lines)) if lines[number].strip() == _RULE), len(lines))
    if any(_BLOCK in line for line in lines[first:end]):
        return Section(first, end)
    listed = sum(bool(_LISTED.match(line)) for line in lines[first:end])
    if listed > 1:
        wrong = f"names {listed} certificates and holds one of them: make it anew with -showcerts"
        return Section(first, end, wrong)
    return Section(end, len(lines))
