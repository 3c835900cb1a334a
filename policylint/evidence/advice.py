"""What to do about a file that is no evidence: the command that exports what it was meant as."""

import re

from policylint.exports.error import ExportError, NotAnExport
from policylint.exports.reader import EXPORT_AGAIN
from policylint.knowledge.evidence import ASSIGNMENTS, EvidenceKind, EvidenceKinds

_WORDS = re.compile(r"[A-Za-z]\w{3,60}")
_OF_POLICIES = re.compile(r"; export again with: .*$", re.DOTALL)


def advise(error: ExportError, head: bytes, kinds: EvidenceKinds) -> ExportError:
    """Return an error that names the command for what the file seems to have been meant as, by the words in it."""
    message = _OF_POLICIES.sub("", error.message).replace("not an export of mailbox policies", "not an export")
    kind = _meant(head, kinds)
    if kind is None:
        other = isinstance(error, NotAnExport)
        advice = "`policylint collect` prints what exports evidence" if other else EXPORT_AGAIN
    elif kind.kind == ASSIGNMENTS:
        advice = f"{kind.example} is needed; export it with: {kind.command()}"
    else:
        advice = f"{kind.title} is exported with: {kind.command()}"
    return type(error)(f"{message}; {advice}", path=error.path, line=error.line, column=error.column)


def _meant(head: bytes, kinds: EvidenceKinds) -> EvidenceKind | None:
    """Return the kind of evidence of which the beginning of a file names most columns."""
    words = _WORDS.findall(head.replace(b"\0", b"").decode("utf-8", "replace"))
    counted = [(kind.speaks(list(dict.fromkeys(words))), kind) for kind in kinds.values()]
    most = max((count for count, _ in counted), default=0)
    return next((kind for count, kind in counted if count == most), None) if most else None
