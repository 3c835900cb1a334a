"""Runs an example of a rule about fleets: the files that it holds are read as evidence."""

from typing import Any

from policylint.evidence.files import EvidenceFile
from policylint.evidence.reading import read_files
from policylint.fleet.asked import Asked
from policylint.fleet.run import report
from policylint.judging.findings import Finding
from policylint.judging.run import Run

_MOST = 1 << 20


def findings_of(example: dict[str, Any], run: Run) -> list[Finding]:
    """Judge an example for the targets of a run. Raises `UsageError` where nothing in it can be used."""
    files = [EvidenceFile(each["name"], "", "", data=each["content"].encode()) for each in example["evidence"]]
    evidence = read_files(files, run.knowledge, max_bytes=_MOST)
    return report(evidence, Asked(("example",), jobs=1), run).findings
