"""A run over chains: read them, ask a server for one, judge all, and put it into a report."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from policylint.certificates.assessing import assess
from policylint.certificates.connect import address, fetch
from policylint.certificates.devices import Devices
from policylint.certificates.error import ConnectError
from policylint.certificates.judging import Question
from policylint.certificates.model import Chain
from policylint.certificates.reading import MAX_BYTES, MOST, Read, read_chain
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


def read_file(path: str, *, most: int = MOST) -> Read:
    """Read a file, or standard input. What is wrong with it is kept in the answer. Raises `LibraryMissing`."""
    try:
        data, shown = read_bytes(path, MAX_BYTES)
    except ExportError as error:
        return Read(errors=[error])
    return read_chain(data, shown, most=most)


class Asked(NamedTuple):
    """What a run is about: files, a server, the name that phones connect to, the file of what they trust, the time."""

    paths: Sequence[str]
    server: str | None
    host: str | None
    roots: str | None
    at: datetime | None
    days: int


def report(asked: Asked, stamp: Stamp, knowledge: Knowledge, note: Callable[[str], None]) -> ChainReport:
    """Read files, and fetch what a server sends; judge all of it, for now unless for another time.

    Raises `LibraryMissing`, and `UsageError` for a server that cannot be one and for roots that cannot be read.
    """
    made = ChainReport(stamp, sources=knowledge.sources)
    trusted = _trusted(asked.roots, made) if asked.roots is not None else None
    question = Question(asked.at or datetime.now(UTC), asked.days, trusted)
    chains = _chains(asked, made)
    devices = Devices(stamp.targets, knowledge)
    for chain in chains:
        try:
            assessment = assess(chain, question, devices)
        except Entangled:
            made.unread.append(f"{chain.name}: holds certificates that claim each other for issuers without end")
            continue
        made.verdicts.append(verdicts_of(assessment, question, stamp.targets, knowledge))
        leaf = assessment.walk.leaf
        if chain.host is not None and not leaf.names:
            note(f'{chain.name}: "{leaf.subject}" has no alternative names, so its common name is taken')
    return made


def _chains(asked: Asked, made: ChainReport) -> list[Chain]:
    """Read files and fetch what a server sends; what goes wrong is told in the report."""
    host = asked.host
    if asked.server is not None and host is None:
        host, _ = address(asked.server)
    chains = []
    for path in dict.fromkeys(asked.paths):
        read = read_file(path)
        made.unread += map(str, read.errors)
        made.warnings += read.warnings
        if read.chain is not None:
            read.chain.host = host
            chains.append(read.chain)
            made.inputs.append(Input(read.chain.document.path, read.chain.document.format, 0))
    if asked.server is not None:
        try:
            chains.append(fetch(asked.server, host))
        except ConnectError as error:
            made.unread.append(str(error))
    return chains


def _trusted(path: str, made: ChainReport) -> Chain:
    """Read the certificates that phones trust."""
    read = read_file(path, most=_MOST_ROOTS)
    made.warnings += read.warnings
    if read.chain is None:
        raise UsageError(*(f"--roots {error}" for error in read.errors))
    return read.chain
