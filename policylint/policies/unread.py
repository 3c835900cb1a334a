"""Files that were not read: whether a policy is in them, so that none is passed over in silence."""

import re

from policylint.exports.bounded import ARCHIVES
from policylint.exports.error import CommandError, ExportError, NotAnExport
from policylint.exports.mentions import Mention, Standing, mention
from policylint.exports.reader import advised
from policylint.exports.wanted import Wanted
from policylint.policies.others import Speaking

_ATTRIBUTE = re.compile(
    rb"\bmsexchmobile(?!mailbox(?:flags|policylink|settings|policy)\b|alloweddeviceids|blockeddeviceids|debuglogging)\w+"
)
"""The attributes that the directory has of a policy; those that are left out are of users, or name the class."""
_MOST = 20
"""How many of them are looked at."""
_STORED = (
    "is how the directory stores a policy (ldifde, csvde and Get-ADObject show it so); no published source tells what "
    "its numbers stand for, so it is not judged"
)
_SAVE = "save the sheet as CSV, and name that file"


def judged(error: ExportError, data: bytes, wanted: Wanted, *, max_bytes: int) -> ExportError:
    """Decide by what a file speaks of whether it is a damaged export, or none at all."""
    if isinstance(error, CommandError):
        return error
    if data.startswith(ARCHIVES):
        return _workbook(error, data, wanted, max_bytes)
    found = wanted.spoken_of(data)
    if found is None or found.standing is Standing.SPOKEN:
        stored = _stored(data)
        if stored is not None:
            return advised(ExportError(f"{stored.word} {_STORED}", path=error.path, line=stored.line))
        return _other(error) if found is None else Speaking(error, found)
    if not isinstance(error, NotAnExport):
        return error
    message = f"{found.word} stands here, but {error.message}"
    return ExportError(message, path=error.path, line=error.line or found.line, column=error.column)


def _other(error: ExportError) -> NotAnExport:
    return NotAnExport(error.message, path=error.path, line=error.line, column=error.column, advised=error.advised)


def _stored(data: bytes) -> Mention | None:
    """Find an attribute of the directory that has a value there, or is named."""
    text = data.replace(b"\0", b"").lower()
    words: dict[bytes, None] = {}
    for attribute in _ATTRIBUTE.finditer(text):
        words[attribute[0]] = None
        if len(words) == _MOST:
            break
    found = mention(data, words) if words else None
    return found if found is not None and found.standing is not Standing.SPOKEN else None


def _workbook(error: ExportError, data: bytes, wanted: Wanted, max_bytes: int) -> ExportError:
    from policylint.exports.documents import cells

    try:
        texts = cells(data, max_bytes=max_bytes).decode("utf-8", "replace").split("\n")
    except ExportError:
        return _other(error)
    marks = {text for text in texts if text.casefold() in wanted.marks}
    if not marks:
        return _other(error)
    message = f"this is a workbook with policies in it (a cell says {min(marks)}), which is not read; {_SAVE}"
    return ExportError(message, path=error.path, advised=True)
