"""Reads a PowerShell script that sets policies, without running it."""

from policylint.exports.error import CommandError, NotAnExport
from policylint.exports.powershell.cursor import Refused
from policylint.exports.powershell.document import ScriptDocument
from policylint.exports.powershell.follow import Follower
from policylint.exports.powershell.reader import Reader
from policylint.exports.record import Document
from policylint.exports.wanted import Wanted


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read a script; each command that makes, changes or removes a policy becomes a record.

    Raises `CommandError`, with the place, for a script that PowerShell would refuse or that goes beyond what is read.
    """
    document = ScriptDocument(path, "powershell", text)
    try:
        Follower(document, text).follow(Reader(text).script())
    except Refused as refused:
        line, column = document.position(refused.offset)
        message = f"this is a PowerShell script, and it cannot be read here: {refused.message}"
        raise CommandError(message, line=line, column=column, advised=True) from None
    if not document.commands:
        raise NotAnExport("this is a PowerShell script that sets no policy", advised=True)
    document.records += document.commands
    return document
