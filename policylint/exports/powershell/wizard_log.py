"""Reads the log of the Hybrid Configuration Wizard: the commands that it started, as if they stood in a script."""

from policylint.exports.powershell.cursor import Refused
from policylint.exports.powershell.document import ScriptDocument
from policylint.exports.powershell.follow import Follower
from policylint.exports.powershell.names import NAMED
from policylint.exports.powershell.reader import Reader
from policylint.exports.powershell.signs import STARTED
from policylint.exports.record import Document
from policylint.exports.wanted import Wanted

_NOTE = "this is a log of the Hybrid Configuration Wizard: it shows which commands started, not how they ended"


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read the commands of a log; one that cannot be read is told by whoever takes the document."""
    document = ScriptDocument(path, "hcw-log", text)
    document.notes.append(_NOTE)
    for started in STARTED.finditer(text):
        start, end = started.span("command")
        named = NAMED.search(text, start, end)
        if named:
            follower = Follower(document, text)
            try:
                follower.follow(list(Reader(text, start, end).script()))
            except Refused as refused:
                follower.refuse(named.start(), named.end(), refused)
    document.records += document.commands
    return document
