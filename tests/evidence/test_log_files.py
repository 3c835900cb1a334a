"""Files as they are: packed, cut, in other encodings, with changing columns; what is not used is counted and named."""

import gzip
import zipfile
from pathlib import Path

import pytest
from iis import FORMS, IIS7, at, file_at, headed, history_of, line, read, rows_of

from policylint.evidence.logs import histories, read_logs

DAY = "2022-07-20 "
GOOD = line("2016", DAY + "06:00:00")
REFUSED = [line("2016", f"{DAY}{hour:02}:00:00", status=142) for hour in (7, 8, 9)]
LOG = headed("2016", [GOOD, *REFUSED])


def problems(log: str | bytes, folder: Path) -> list[str]:
    (report,) = read(log, folder=folder).files.values()
    return report.problems


@pytest.mark.parametrize(
    "data",
    [
        LOG.encode(),
        LOG.replace("\n", "\r\n").encode(),
        LOG.rstrip("\n").encode(),
        LOG.encode("utf-8-sig"),
        LOG.encode("utf-16"),
        LOG.encode("utf-16-le"),
        LOG.encode("utf-16-be"),
        gzip.compress(LOG.encode()),
        gzip.compress(LOG.encode("utf-16")),
        gzip.compress(LOG.encode()[:300]) + gzip.compress(LOG.encode()[300:]),
    ],
    ids=["plain", "crlf", "no line end", "mark", "utf-16", "le", "be", "gzip", "gzip of utf-16", "two gzip members"],
)
def test_forms_of_a_file(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "whatever.txt").write_bytes(data)
    source = file_at(tmp_path / "whatever.txt")
    logs = read_logs([source], jobs=1)
    assert history_of(logs) == "broken-by-policy"
    assert logs.files[source.shown].problems == []
    assert logs.files[source.shown].used == 4


def test_a_member_of_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("logs/a.log", LOG)
        archive.writestr("logs/b.log.gz", gzip.compress(LOG.encode() + b"\n"))
    for member in ("logs/a.log", "logs/b.log.gz"):
        source = file_at(tmp_path / "all.zip", member)
        assert history_of(read_logs([source], jobs=1)) == "broken-by-policy"
    missing = file_at(tmp_path / "all.zip", "logs/c.log")
    logs = read_logs([missing], jobs=1)
    assert logs.files[missing.shown].problems[0] == "the archive has no such member"


def test_columns_may_change_inside_a_file(tmp_path: Path) -> None:
    fields = FORMS["2019"].fields
    later = [line("2016", f"{DAY}{hour}:00:00", status=142, fields=fields) for hour in (10, 11, 12)]
    log = headed("2016", [GOOD]) + headed("2019", later) + headed("2016", [])
    logs = read(log, folder=tmp_path)
    assert history_of(logs) == "broken-by-policy"
    (report,) = logs.files.values()
    assert (report.problems, report.new_fields) == ([], 2)


def test_time_without_date_takes_the_day_of_the_head(tmp_path: Path) -> None:
    fields = IIS7.removeprefix("date ")
    log = headed("2010", [line("2010", DAY + "06:00:00", fields=fields)], fields=fields, day="2014-02-11")
    log += headed("2010", [line("2010", DAY + "07:00:00", fields=fields)], fields=fields, day="2014-02-12")
    (row,) = rows_of(read(log, folder=tmp_path))
    assert (row.state.first, row.state.last) == (at("2014-02-11 06:00:00"), at("2014-02-12 07:00:00"))
    without_day = log.replace("#Date", "#Dated")
    assert problems(without_day, tmp_path) == ["2 ActiveSync lines have no time that can be read: not used"]


@pytest.mark.parametrize(
    "time",
    ["2022-13-20 06:00:00", "2022-07-20 24:00:00", "2022-07-20 06:60:00", "20.07.2022 06:00:00", "0001-01-01 00:00:00"],
)
def test_a_time_that_is_none(time: str, tmp_path: Path) -> None:
    bad = GOOD.replace(DAY + "06:00:00", time)
    logs = read(headed("2016", [bad, *REFUSED]), folder=tmp_path)
    (report,) = logs.files.values()
    assert report.problems == ["1 ActiveSync lines have no time that can be read: not used"]
    assert report.used == 3


def test_lines_that_do_not_fit_are_counted(tmp_path: Path) -> None:
    crooked = [
        GOOD + " 5",
        GOOD.rpartition(" ")[0],
        GOOD.replace("Apple-", "Apple "),
        GOOD[: len(GOOD) // 2],
        "W3SVC1 " + GOOD,
    ]
    other = ["2022-07-20 06:00:00 GET /owa/ too few", "", "\0" * 99]
    log = headed("2016", [*crooked, *other, *REFUSED])
    assert problems(log, tmp_path) == [
        "5 ActiveSync lines do not fit #Fields: not used".replace("ActiveSync lines", "lines")
    ]
    assert history_of(read(log, folder=tmp_path)) == "broken-by-policy"


def test_lines_without_a_header_are_not_used(tmp_path: Path) -> None:
    told = "3 ActiveSync lines stand before any #Fields line: not used"
    assert problems("\n".join(REFUSED), tmp_path) == ["no #Fields line that names cs-uri-stem: not read", told]
    found = "\n".join(f"u_ex220720.log:{number}:{text}" for number, text in enumerate(REFUSED, 5))
    assert problems(found, tmp_path) == ["no #Fields line that names cs-uri-stem: not read", told]
    assert problems("\n".join(REFUSED) + "\n" + LOG, tmp_path) == [told]
    assert problems("", tmp_path) == ["no #Fields line that names cs-uri-stem: not read"]


def test_lines_under_fields_of_another_log_are_not_used(tmp_path: Path) -> None:
    assert problems(headed("2016", REFUSED, fields="date time cs-uri sc-status"), tmp_path) == [
        "3 ActiveSync lines stand under #Fields that name no cs-uri-stem: not used"
    ]


@pytest.mark.parametrize("cut", [20, -9, -1])
def test_a_gzip_file_that_was_cut(cut: int, tmp_path: Path) -> None:
    lines = [line("2016", f"{DAY}{n // 60 % 24:02}:{n % 60:02}:00", device=f"D{n * n}") for n in range(5000)]
    packed = gzip.compress(headed("2016", lines).encode())
    logs = read(packed[: cut if cut < 0 else len(packed) // 2], folder=tmp_path)
    (report,) = logs.files.values()
    assert any("cut off after" in said for said in report.problems)
    assert len(histories(logs.reading)) > (2000 if cut > 0 else 4000)


@pytest.mark.parametrize("data", [b"\x1f\x8b", b"\x1f\x8bgarbage" * 9, gzip.compress(LOG.encode(), mtime=0)[:12]])
def test_a_gzip_file_that_is_none(data: bytes, tmp_path: Path) -> None:
    assert any("cut off" in said or "damaged" in said for said in problems(data, tmp_path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    logs = read_logs([file_at(tmp_path / "gone.log")], jobs=1)
    (report,) = logs.files.values()
    assert report.problems[0] == "no such file or directory"


@pytest.mark.parametrize("packed", [False, True])
def test_lines_of_ten_megabytes_are_skipped(packed: bool, tmp_path: Path) -> None:
    long = GOOD.replace("&Log=", "&Log=" + "x" * 10_000_000)
    bare = GOOD + "x" * 10_000_000
    other = "2022-07-20 06:00:00 GET /owa/ " + "x" * 10_000_000
    log = headed("2016", [REFUSED[0], long, REFUSED[1], other, bare, "x" * 3_000_000, REFUSED[2]]).encode()
    data = gzip.compress(log, 1) if packed else log
    logs = read(data, folder=tmp_path)
    assert history_of(logs) == "broken-by-policy"
    (report,) = logs.files.values()
    assert report.problems == ["2 ActiveSync lines are longer than 1 MiB: not used"]
    whole = read(GOOD.replace("&Log=", "&Log=" + "x" * 9_000_000), folder=tmp_path)
    assert next(iter(whole.files.values())).faults == {"too-long": 1}


def test_a_clock_that_runs_backwards_is_told(tmp_path: Path) -> None:
    good = [
        line("2016", f"{DAY}{time}")
        for time in ("06:00:00", "06:10:00", "06:05:00", "05:30:00", "05:40:00", "04:00:00")
    ]
    log = headed("2016", good)
    assert problems(log, tmp_path) == ["the clock was set back 2 times; times are taken as they stand"]
    assert problems(headed("2016", sorted(good)), tmp_path) == []
    assert history_of(read(log, folder=tmp_path)) == "syncing"


def test_front_end_logs_alone_cannot_tell_refusals(tmp_path: Path) -> None:
    front = [line("2016", f"{DAY}06:00:00", log=None, stem=FORMS["2010"].stem)]
    assert "W3SVC2" in problems(headed("2016", front), tmp_path)[0]


def test_the_same_content_is_counted_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / "u.log").write_text(LOG)
    (tmp_path / "b" / "u.log").write_text(LOG)
    (tmp_path / "u.log.gz").write_bytes(gzip.compress(LOG.encode()))
    once = read_logs([file_at(tmp_path / "a" / "u.log")], jobs=1)
    paths = [str(tmp_path / "u.log.gz"), str(tmp_path / "b" / "u.log"), str(tmp_path / "a" / "u.log")]
    logs = read_logs([file_at(Path(path)) for path in paths], jobs=1)
    assert logs.as_json() == once.as_json()
    assert logs.files[paths[0]].problems == [f"the same as {paths[2]}, counted once"]
    assert logs.files[paths[2]].problems == []
    first, last = at(DAY + "06:00:00"), at(DAY + "09:00:00")
    assert (logs.files[paths[2]].first, logs.files[paths[2]].last) == (first, last)
