"""Logs as administrators have them: the field cases beside the checkout, as far as logs alone answer them."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from iis import IIS7, IIS10, history_of, read, rows_of

from policylint.evidence.files import EvidenceFile, evidence_files
from policylint.evidence.logs import Logs, Row, affinity, histories, read_logs
from policylint.evidence.recognising import HEAD, file_kind

FIELD = SHARED / "exports" / "evidence-field"
CASES = sorted(FIELD.glob("*/case.json"))
PUBLISHED = SHARED / "exports" / "iis"


def logs_of(folder: Path) -> list[EvidenceFile]:
    """Return what is a log, and lines that were picked out of one."""
    found = [file for file in evidence_files([str(folder)], 1 << 20) if isinstance(file, EvidenceFile)]
    return [file for file in found if file_kind(file.head(HEAD)) in ("log", "headless-log")]


@pytest.mark.skipif(not CASES, reason=f"{FIELD} is not there")
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.parent.name)
def test_field_case(case: Path) -> None:
    expected: dict[str, Any] = json.loads(case.read_text(encoding="utf-8"))
    told = [one for one in expected.get("devices", []) if "history" in one]
    sources = logs_of(case.parent)
    assert sources or not told
    logs = read_logs(sources, jobs=1)
    rows: dict[str, list[Row]] = {}
    for row in histories(logs.reading):
        rows.setdefault(row.device.lower(), []).append(row)
    for one in told:
        found = [(row.history, row.user.lower()) for row in rows.get(one["device"].lower(), [])]
        wanted = one["history"], one.get("user", "").lower()
        assert any(history == wanted[0] and wanted[1] in user for history, user in found), (one, found)
    assert not [device for device in expected.get("absent", []) if device.lower() in rows]
    if sources and "affinity" in expected:
        assert affinity(logs.reading).tied == expected["affinity"]
    if "no-header" in str(case):
        told_of = {Path(name).name for name, report in logs.files.items() if report.problems}
        assert told_of == {"hits.txt", "findstr.log"}


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason=f"{PUBLISHED} is not there")
def test_published_lines(tmp_path: Path) -> None:
    """Lines that others published, under the columns that they have."""

    def published(name: str, fields: str) -> Logs:
        return read(f"#Fields: {fields}\n" + (PUBLISHED / name).read_text(encoding="utf-8"), folder=tmp_path)

    (protected,) = rows_of(published("adminsdholder-403-2011.log", IIS7), "d849cec9be024c828b9af73da93bb59b")
    assert (protected.history, protected.user, list(protected.state.reasons)) == ("blocked-otherwise", "XXXXX", ["125"])
    nokia = published("nokia-e7-devicenotprovisioned-2011.log", IIS7)
    assert history_of(nokia, "IMEIXXXXXXXX", refused_hours=1) == "broken-by-policy"
    assert history_of(nokia, "IMEIXXXXXXXXXXX") == "unknown"
    assert history_of(published("frontend-exch2019-masked.log", IIS10), "MASKED") == "unknown"
