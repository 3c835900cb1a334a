"""A run over chains: read them, ask a server for one, judge all, and put it into a report."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from policylint.certificates.assessing import assess
from policylint.certificates.connect import address, fetch
from policylint.certificates.devices import Devices
from policylint.certificates.error import ConnectError
from policylint.certificates.judging import Question
from policylint.certificates.reading import MAX_BYTES, Read, read_chain
from policylint.certificates.report import ChainReport, verdicts_of
from policylint.certificates.walk import Entangled
from policylint.exports.error import ExportError
from policylint.judging.stamp import Stamp
from policylint.knowledge import Knowledge
from policylint.policies.disk import read_bytes
from policylint.policies.files import Input
from policylint.usage import UsageError

_MOST_ROOTS = 1000
"""How many certificates phones may be said to trust: the bundles of systems and browsers have some hundreds."""


def read_file(path: str, *, most: int | None = None) -> Read:
    """Read a file, or standard input. What is wrong with it is kept in the answer. Raises `LibraryMissing`."""
    try:
        data, shown = read_bytes(path, MAX_BYTES)
    except ExportError as error:
        return Read(errors=[error])
    return read_chain(data, shown) if most is None else read_chain(data, shown, most=most)


def question(at: datetime | None, days: int, roots: str | Path | None) -> Question:
    """Say what chains are judged for: an instant, which is now by default, and the file of what phones trust.

    Raises `UsageError` where that file cannot be read.
    """
    trusted = None
    if roots is not None:
        read = read_file(str(roots), most=_MOST_ROOTS)
        trusted = read.chain
        if trusted is None:
            raise UsageError(*(f"--roots {error}" for error in read.errors))
    return Question(at or datetime.now(UTC), days, trusted)


def report(
    stamp: Stamp,
    knowledge: Knowledge,
    asked: Question,
    paths: Sequence[str],
    *,
    server: str | None,
    host: str | None,
    note: Callable[[str], None],
) -> ChainReport:
    """Read files, and fetch what a server sends; judge all of it, for its name unless for another `host`.

    Raises `LibraryMissing`, and `UsageError` for a server that cannot be one.
    """
    if server is not None and host is None:
        host, _ = address(server)
    made = ChainReport(stamp, sources=knowledge.sources)
    chains = []
    for path in dict.fromkeys(paths):
        read = read_file(path)
        made.unread += map(str, read.errors)
        made.warnings += read.warnings
        if read.chain is not None:
            read.chain.host = host
            chains.append(read.chain)
            made.inputs.append(Input(read.chain.document.path, read.chain.document.format, 0))
    if server is not None:
        try:
            chains.append(fetch(server, host))
        except ConnectError as error:
            made.unread.append(str(error))
    devices = Devices(stamp.targets, knowledge)
    for chain in chains:
        try:
            assessment = assess(chain, asked, devices)
        except Entangled:
            made.unread.append(f"{chain.name}: holds certificates that claim each other for issuers without end")
            continue
        made.verdicts.append(verdicts_of(assessment, asked, stamp.targets, knowledge))
        leaf = assessment.walk.leaf
        if chain.host is not None and not leaf.names:
            note(f'{chain.name}: "{leaf.subject}" has no alternative names, so its common name is taken')
    return made
