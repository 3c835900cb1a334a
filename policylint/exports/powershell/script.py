"""Reads a PowerShell script that sets policies, without running it."""

import re

from policylint.exports.error import CommandError, ExportError, NotAnExport
from policylint.exports.powershell.cursor import Refused
from policylint.exports.powershell.document import ScriptDocument
from policylint.exports.powershell.follow import Follower
from policylint.exports.powershell.names import NAMED
from policylint.exports.powershell.reader import Reader
from policylint.exports.record import Document
from policylint.exports.wanted import Wanted

_PARAMETERS = re.compile(r"[^\n{}]{0,300}?(?:\s[-\u2013\u2014\u2015@$]\w|`[ \t]*\r?$|\s+\{)", re.MULTILINE)
"""What may follow a command that sets something: a parameter, a table, a line that goes on, or a block."""


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read a script; each command that makes, changes or removes a policy becomes a record.

    Raises `CommandError`, with the place, for a script that PowerShell would refuse or that goes beyond what is read;
    `ExportError` where a line may begin with the name of a command because a sentence goes on there.
    """
    document = ScriptDocument(path, "powershell", text)
    try:
        Follower(document, text).follow(Reader(text).script())
    except Refused as refused:
        line, column = document.position(refused.offset)
        message = f"this is a PowerShell script, and it cannot be read here: {refused.message}"
        kind = CommandError if _sets_something(text) else ExportError
        raise kind(message, line=line, column=column, advised=True) from None
    if not document.commands:
        raise NotAnExport("this is a PowerShell script that sets no policy", advised=True)
    document.records += document.commands
    return document


def _sets_something(text: str) -> bool:
    return any(_PARAMETERS.match(text, found.end()) for found in NAMED.finditer(text))
