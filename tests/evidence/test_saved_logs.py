"""What is kept of logs: tomorrow's are added to it, the same logs again change nothing, and no name need be in it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from iis import FORMS, file_at, headed, line

from policylint.evidence.files import EvidenceFile
from policylint.evidence.logs import Logs, LogsError, affinity, histories, keyed, read_logs

FIRST = headed("2016", [line("2016", "2022-07-20 06:00:00"), line("2016", "2022-07-20 07:00:00", status=142)])
SECOND = headed("2016", [line("2016", f"2022-07-21 0{hour}:00:00", status=142) for hour in (5, 6)])


def at(folder: Path, **texts: str | bytes) -> list[EvidenceFile]:
    for name, text in texts.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return [file_at(folder / name) for name in texts]


def kept(logs: Logs) -> Logs:
    return Logs.from_json(json.loads(json.dumps(logs.as_json())))


def test_tomorrow_is_added_to_today(tmp_path: Path) -> None:
    first, second = at(tmp_path, first=FIRST, second=SECOND)
    together = read_logs([first, second], jobs=1)
    today = kept(read_logs([first], jobs=1))
    later = read_logs([second], jobs=1, before=today)
    assert later.as_json() == together.as_json()
    (row,) = histories(later.reading)
    assert row.history == "broken-by-policy"
    assert kept(later).as_json() == later.as_json()


def test_what_was_read_before_changes_nothing(tmp_path: Path) -> None:
    first, second, packed = at(tmp_path, first=FIRST, second=SECOND, packed=gzip.compress(FIRST.encode()))
    today = read_logs([first], jobs=1).as_json()
    again = read_logs([first, packed], jobs=1, before=Logs.from_json(today))
    assert again.as_json() == today
    assert again.files[first.shown].problems == ["the same as a file of an earlier run, counted once"]
    both = read_logs([first, second], jobs=1, before=Logs.from_json(today))
    assert both.as_json() == read_logs([first, second], jobs=1).as_json()


def test_merging_what_was_kept(tmp_path: Path) -> None:
    first, second = at(tmp_path, first=FIRST, second=SECOND)
    one, other = read_logs([first], jobs=1), read_logs([second], jobs=1)
    merged = Logs()
    for logs in (one, other, one, other):
        merged.merge(kept(logs))
    assert merged.as_json() == read_logs([first, second], jobs=1).as_json()


def test_what_is_kept_is_small_and_has_no_lines(tmp_path: Path) -> None:
    lines = [
        line("2016", f"2022-07-20 06:{n // 60 % 60:02}:{n % 60:02}", user=f"user{n % 50}", device=f"D{n % 50}")
        for n in range(3000)
    ]
    (source,) = at(tmp_path, log=headed("2016", lines))
    text = json.dumps(read_logs([source], jobs=1).as_json())
    assert len(text) < 50 * 1000
    assert "log" not in text.replace("policylint/logs/1", "")


def test_pseudonyms_leave_no_name(tmp_path: Path) -> None:
    lines = [
        line(
            "2013",
            "2022-07-20 06:00:00",
            user="contoso%5Ckim.secret",
            device="SECRETDEV",
            client="198.51.100.77",
            stem=FORMS["2010"].stem,
        ),
        line("2013", "2022-07-20 07:00:00", user="kim.secret@contoso.example", device="secretdev", status=142),
        line("2013", "2022-07-20 07:00:00", query="DeviceId=SECRETDEV2&Cmd=Sync", username="-", log="S142_"),
    ]
    log = headed("2013", lines)
    (source,) = at(tmp_path, log=log)
    rename = keyed(b"key")
    logs = read_logs([source], jobs=1, rename=rename)
    text = json.dumps(logs.as_json()).lower()
    assert not [name for name in ("secret", "kim", "198.51.100.77") if name in text]
    assert {(row.device, row.user, row.history) for row in histories(logs.reading)} == {
        (rename("device", "secretdev"), rename("user", "kim.secret"), "syncing"),
        (rename("device", "secretdev2"), "", "unknown"),
    }
    assert read_logs([source], jobs=1, rename=keyed(b"other")).reading.states.keys().isdisjoint(logs.reading.states)


def test_pseudonyms_are_those_of_one_key(tmp_path: Path) -> None:
    first, second = at(tmp_path, first=FIRST, second=SECOND)
    today = kept(read_logs([first], jobs=1, rename=keyed(b"key")))
    later = read_logs([second], jobs=1, rename=keyed(b"key"), before=today)
    assert later.as_json() == read_logs([first, second], jobs=1, rename=keyed(b"key")).as_json()
    for rename in (None, keyed(b"another")):
        with pytest.raises(LogsError, match="other pseudonyms"):
            read_logs([second], jobs=1, rename=rename, before=today)


def test_pseudonyms_change_no_history_and_no_affinity(tmp_path: Path) -> None:
    lines = [
        line(
            "2010",
            "2022-07-20 06:00:00",
            user=f"u{n}",
            device=f"D{n}",
            status=142 if n % 3 else 1,
            client=f"203.0.113.{n % 2}",
            server=f"192.0.2.{n % 2}",
        )
        for n in range(12)
    ]
    (source,) = at(tmp_path, log=headed("2010", lines))
    plain, other = read_logs([source], jobs=1), read_logs([source], jobs=1, rename=keyed(b"k"))
    assert affinity(other.reading) == affinity(plain.reading)
    assert sorted(row.history for row in histories(other.reading)) == sorted(
        row.history for row in histories(plain.reading)
    )


@pytest.mark.parametrize(
    "said", [None, 1, [], {}, "x", {"schema": "policylint/report/1"}, {"schema": "policylint/logs/1"}]
)
def test_something_else_is_not_taken_for_it(said: Any) -> None:
    with pytest.raises(LogsError):
        Logs.from_json(said)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)


@settings(max_examples=300, deadline=None)
@given(st.data(), JSON)
def test_spoilt_files_are_refused_or_read(data: st.DataObject, junk: Any) -> None:
    """Whatever one place in it is replaced with: an error with words, or logs that can be judged and kept."""
    said = json.loads(json.dumps(_sample()))
    node = said
    while isinstance(node, dict | list) and node:
        place = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        if not isinstance(node[place], dict | list) or not node[place] or data.draw(st.booleans()):
            node[place] = junk
            break
        node = node[place]
    try:
        logs = Logs.from_json(said)
    except LogsError:
        return
    histories(logs.reading)
    affinity(logs.reading)
    logs.as_json()


def _sample() -> Any:
    global _SAMPLE
    if _SAMPLE is None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            lines = [line("2013", "2022-07-20 06:00:00", status=code) for code in (1, 142, 143, 126)]
            lines.append(line("2010", "2022-07-20 06:00:00"))
            (source,) = at(Path(folder), log=headed("2013", lines[:4]) + headed("2010", lines[4:]))
            _SAMPLE = read_logs([source], jobs=1).as_json()
    return _SAMPLE


_SAMPLE: Any = None
