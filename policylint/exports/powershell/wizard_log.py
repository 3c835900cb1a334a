"""Reads the log of the Hybrid Configuration Wizard: the commands that it started, as if they stood in a script."""

import re

from policylint.exports.powershell.cursor import Refused
from policylint.exports.powershell.document import ScriptDocument
from policylint.exports.powershell.follow import Follower
from policylint.exports.powershell.names import NAMED
from policylint.exports.powershell.reader import Reader
from policylint.exports.powershell.signs import LOGGED
from policylint.exports.record import Document
from policylint.exports.wanted import Wanted

_OPEN = "it starts here, and the log does not say that it finished"


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read the commands of a log. One that the log does not show to have finished may have failed: it is not taken."""
    document = ScriptDocument(path, "hcw-log", text)
    lines = list(LOGGED.finditer(text))
    finished = _finished(lines)
    for line in lines:
        start, end = line.span("command")
        named = NAMED.search(text, start, end) if line["command"] else None
        if not named:
            continue
        follower = Follower(document, text)
        try:
            if start not in finished:
                raise Refused(_OPEN, named.start())
            follower.follow(list(Reader(text, start, end).script()))
        except Refused as refused:
            follower.refuse(named.start(), named.end(), refused)
    document.records += document.commands
    return document


def _finished(lines: list[re.Match[str]]) -> set[int]:
    """Return where the commands begin that end further down, under the same client, session, cmdlet and thread."""
    found = set()
    started: dict[str, int] = {}
    for line in lines:
        if line["command"]:
            started[line["context"]] = line.start("command")
        elif line["context"] in started:
            found.add(started.pop(line["context"]))
    return found
