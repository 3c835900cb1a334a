"""Laws of reading logs: order, cuts, shards, packing and engine change no answer; nor do lines that come twice."""

import gzip
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from iis import FORMS, by_the_block, by_the_line, file_at, headed, line

from policylint.evidence.files import EvidenceFile
from policylint.evidence.logs import Logs, affinity, histories, local, read_logs
from policylint.evidence.logs.files import Task, fields_after, read_task
from policylint.evidence.logs.known import requests_of
from policylint.evidence.logs.lines import NO_FIELDS
from policylint.evidence.logs.reading import Piece, Reading

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TIMES = st.builds(
    lambda day, hour, minute, second: f"2022-07-{day} {hour:02}:{minute:02}:{second:02}",
    st.sampled_from([20, 21, 23]),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
)
TOKENS = [
    "SC1:1",
    "SC1:142",
    "S1",
    "S143",
    "S2",
    "S:7",
    "As:AllowedG",
    "As:BlockedP",
    "As:QuarantinedG",
    "As:AutoX",
    "PrxTo:a",
    "PrxFrom:b",
    "Error:PolicyRefresh",
    "Error:X",
    "Error:",
    "DevOS:iOS+15",
    "DevOS:iOS+9",
    "SmtpAdrs:kim%40x",
    "Sk:142",
    "Fet:9",
    "V140",
    "TmTr:H%5FS142",
    "x",
    "As:",
    "S",
    "Cpo:a&b",
]
LOGS = st.none() | st.builds("_".join, st.lists(st.sampled_from(TOKENS), max_size=5))
QUERIES = st.sampled_from(
    [None] * 9
    + [
        "DeviceId=DEV1",
        "Cmd=Ping&DeviceId=dev2&DeviceType=x&CorrelationID=<empty>;&cafeReqId=1;",
        "User=kim&DeviceId=DEV1&DeviceType=iPad&Cmd=Search&CorrelationID=<empty>;&ClientId=ABC&cafeReqId=00-2;",
        "-",
        "User=lee&DeviceId=DEV2&DeviceType=iPad&Cmd=Ping&CorrelationID=<empty>;&log=S142_",
        "Cmd=Sync&Log=S142_&DeviceId=DEV3&User=a",
        "Cmd=Ping&User=lee&DeviceType=iPad&CorrelationID=<empty>;&DeviceId=DEV5",
        "jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l&User=kim&CorrelationID=<empty>;&DeviceId=DEV6",
        "jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l",
        "jQkJBBDIovWMlfDOSznBW/+tXC37BAAAAAALV2luZG93c01haWw=",
    ]
)


def said(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "user": st.sampled_from(["kim"] * 3 + ["contoso%5CKim", "kim@x", "lee", "HealthMailbox1", "", "a+b"]),
            "device": st.sampled_from(["DEV1", "DEV1", "DEV1", "dev1", "DEV2", "", "D%2d4"]),
            "http": st.sampled_from([200] * 8 + [401, 403, 449, 500]),
            "substatus": st.sampled_from([0, 0, 4]),
            "command": st.sampled_from(["Sync", "Sync", "Ping", "Ping", "Provision", "", "Options"]),
            "method": st.sampled_from(["POST"] * 5 + ["OPTIONS"]),
            "agent": st.sampled_from(["Apple-iPhone5C2/1001.525", "Android/4.1.2-EAS-1.3", "AMProbe/Local", "-"]),
            "server": st.sampled_from(["192.0.2.11", "192.0.2.12", "-", "x.x.x.x"]),
            "client": st.sampled_from(["203.0.113.1", "203.0.113.2", "fe80::1%12", "-", "MASKED"]),
            "username": st.sampled_from(["CONTOSO\\kim", "CONTOSO\\CAS01$", "-", "lee@x"]),
            "stem": st.sampled_from(
                [
                    FORMS["2010"].stem,
                    FORMS["2016"].stem,
                    FORMS["2016"].stem.upper(),
                    "/Microsoft-Server-ActiveSync",
                    "/owa/",
                ]
            ),
            "log": LOGS,
            "query": QUERIES,
            **more,
        }
    )


FIELDS = st.sampled_from(
    [form.fields for form in FORMS.values()] + ["date time cs-uri-stem cs-uri-query sc-status c-ip cs-username"]
)
SPOILT = st.sampled_from(
    [lambda text: text] * 20
    + [
        lambda text: text + " 1",
        lambda text: text[:40],
        lambda text: text + "\r",
        lambda text: text.replace(":", "."),
        lambda text: text.replace(" ", "  ", 1),
        lambda text: "x" + text,
        lambda text: text.replace("&", "\t"),
        lambda text: text.replace("ActiveSync", "activeSYNC"),
        lambda text: text.replace("ActiveSync", "ActiveSync/"),
        lambda text: text.replace("/Microsoft", "/owa/?url=/Microsoft"),
        lambda text: text.replace("/Microsoft", "/owa/ /Microsoft"),
        lambda text: text.replace("Apple-iPhone5C2/1001.525", "/Microsoft-Server-ActiveSync/default.eas"),
        lambda text: text + " /Microsoft-Server-ActiveSync",
        lambda text: "/Microsoft-Server-ActiveSync " + text,
        lambda text: text.replace("Log=", "log="),
        lambda text: text.replace("&Log=", "Log="),
        lambda text: text.replace("&Log=", "&Log=S142&Log="),
        lambda text: text.replace("&Log=", "&cafeReqId=1;&DeviceId=DEV9&Log="),
        lambda text: text.replace("Cmd=", "Log=S1_&Cmd="),
        lambda text: text.replace("POST", "GET"),
        lambda text: " ".join(text.split(" ")[:6]),
        lambda text: " ".join(text.split(" ")[:5]),
        lambda text: " ".join([text.split("&Log=")[0] + "&cafeReqId=1;\nx", *text.split(" ")[6:]]),
        lambda text: text.replace(" ", "\n", 6).replace("\n", " ", 5),
        lambda text: f"{text}\r\n{text}\n{text}",
    ]
)


@st.composite
def blocks(draw: st.DrawFn) -> list[str]:
    """Draw parts of a log, each with its own `#Fields` or none, lines in any order of time, some of them spoilt."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        columns = draw(FIELDS)
        lines = [
            draw(SPOILT)(line("2016", draw(TIMES), fields=columns, **draw(said())))
            for _ in range(draw(st.integers(0, 8)))
        ]
        head = draw(st.sampled_from(["", f"#Date: 2022-07-2{draw(st.integers(0, 3))} 00:00:00\n"]))
        head += draw(st.sampled_from(["", f"#Fields: {columns}\n", f"#Fields: {columns}\n", f"#Fields: {columns}\n"]))
        parts.append(head + "".join(f"{one}\n" for one in lines))
    return parts


@settings(often, max_examples=150)
@given(blocks(), st.integers(1, 400) | st.just(1 << 18), st.booleans())
def test_fast_is_as_good_as_line_by_line(parts: list[str], size: int, new: bool) -> None:
    if new:
        # what this process learned of other logs must not hide what it would learn of this one
        requests_of.cache_clear()
    text = f"#Fields: {FORMS['2016'].fields}\n" + "".join(parts)
    assert by_the_block(text, size) == by_the_line(text)


def test_a_line_that_ends_with_its_query_is_not_joined_to_the_next() -> None:
    good = line("2016", "2022-07-20 06:00:00", status=1)
    cells = good.split(" ")
    text = headed("2016", [good, " ".join(cells[:6]), " ".join(["x", *cells[6:]]), good])
    for size in (1, 1 << 18):
        (_, counts) = by_the_block(text, size)
        assert (counts["used"], counts["faults"]) == (2, {"misfit": 1})


def test_line_ends_of_windows_are_no_part_of_the_last_column() -> None:
    columns = "date time cs-uri-stem cs-uri-query sc-status c-ip cs-username"
    lines = [line("2016", "2022-07-20 06:00:00", fields=columns, query="DeviceId=D&Cmd=Sync")] * 2
    text = headed("2016", lines, fields=columns).replace("\n", "\r\n")
    assert by_the_block(text) == by_the_line(text)


@pytest.mark.parametrize("spoilt", ["OPTIONS /", "POST x /"])
def test_a_line_teaches_nothing_where_its_beginning_is_unusual(spoilt: str) -> None:
    good = line("2016", "2022-07-20 06:00:00", device=f"D{len(spoilt)}", status=1)
    text = headed("2016", [good.replace("POST /", spoilt), good, good])
    for size in (1, 1 << 18):
        assert by_the_block(text, size) == by_the_line(text)


def test_a_beginning_that_breaks_off_is_not_joined_to_the_next_line() -> None:
    good = line("2016", "2022-07-20 06:00:00", status=1)
    text = headed("2016", [good, good.replace(" 192.0.2.11 ", " 192.0.2\nxx "), good])
    assert by_the_block(text) == by_the_line(text)


def test_what_a_front_end_adds_is_cut_off_only_where_nothing_that_matters_follows() -> None:
    requests_of.cache_clear()
    query = "jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l&User=kim&CorrelationID=<empty>;&{}=DEV6"
    for name in ("cafeReqId", "deviceid"):
        text = headed("2016", [line("2016", "2022-07-20 06:00:00", query=query.format(name), log=None)] * 2)
        assert by_the_block(text) == by_the_line(text)


def test_a_long_block_is_read_as_well() -> None:
    """Where a line nears the longest that is read, lines are read one by one."""
    good = line("2016", "2022-07-20 06:00:00", status=1)
    text = headed("2016", [good, good.replace("Log=", "Log=" + "x" * (1 << 20)), good])
    (_, counts) = by_the_block(text, 1 << 21)
    assert (counts["used"], counts["faults"]) == (2, {"too-long": 1})


@contextmanager
def files(*texts: str | bytes) -> Iterator[list[EvidenceFile]]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.log") for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        yield [file_at(path) for path in paths]


def answer(logs: Logs) -> str:
    """Return all that is said of devices and servers, but for the names of servers: some are folders of the test."""
    rows = [
        (row.device, row.user, row.history, sorted(row.spellings), row.state.as_json())
        for row in histories(logs.reading)
    ]
    ties = affinity(logs.reading)
    return json.dumps([rows, ties.tied, [tuple(server[1:]) for server in ties.servers], ties.devices])


@often
@given(blocks(), st.randoms(use_true_random=False))
def test_order_of_files_and_of_lines_changes_nothing(parts: list[str], dice: Any) -> None:
    with files(*parts) as sources:
        expected = answer(read_logs(sources, jobs=1))
        assert answer(read_logs(sources[::-1] * 2, jobs=1)) == expected
    shuffled = []
    for part in parts:
        head = [one for one in part.splitlines() if one.startswith("#")]
        lines = [one for one in part.split("\n")[:-1] if not one.startswith("#")]
        dice.shuffle(lines)
        shuffled.append("\n".join([*head, *lines]) + "\n")
    dice.shuffle(shuffled)
    with files(*shuffled) as sources:
        assert answer(read_logs(sources, jobs=1)) == expected


@often
@given(st.lists(st.tuples(TIMES, said()), max_size=12), st.lists(st.integers(0, 12), max_size=3), FIELDS)
def test_cutting_and_packing_change_nothing(
    told: list[tuple[str, dict[str, Any]]], cuts: list[int], columns: str
) -> None:
    lines = [line("2016", time, fields=columns, **one) for time, one in told]
    places = [0, *sorted(min(cut, len(lines)) for cut in cuts), len(lines)]
    shards = [headed("2016", lines[a:b], fields=columns) for a, b in pairwise(places)]
    with files(headed("2016", lines, fields=columns)) as sources:
        expected = answer(read_logs(sources, jobs=1))
    packed = [
        gzip.compress(shard.encode()) if number % 2 else shard.encode("utf-16") for number, shard in enumerate(shards)
    ]
    unlike = [text for number, text in enumerate(packed) if places[number] != places[number + 1]]
    with files(*unlike) as sources:
        assert answer(read_logs(sources, jobs=1)) == expected


@often
@given(blocks())
def test_lines_that_come_twice_change_no_device(parts: list[str]) -> None:
    text = "".join(parts)
    with files(text) as sources, files(text, text.replace("\n", "\r\n"), text + text) as again:
        once, thrice = read_logs(sources, jobs=1), read_logs(again, jobs=1)
        said = once.as_json()["states"], [row[:3] for row in histories(once.reading)]
        # what comes before the first #Fields of a file has one in the middle of the doubled file
        if text.startswith("#Fields") or "#Fields" not in text:
            assert (thrice.as_json()["states"], [row[:3] for row in histories(thrice.reading)]) == said
        merged = Logs()
        for _ in range(2):
            merged.merge(once)
        assert merged.as_json() == once.as_json()


@often
@given(blocks(), st.lists(st.integers(1, 3000), max_size=4))
def test_ranges_of_bytes_give_the_whole(parts: list[str], cuts: list[int]) -> None:
    text = "".join(parts)
    with files(text) as (source,):
        size = len(text.encode())
        places = sorted({0, *(cut for cut in cuts if cut < size)})
        whole = read_task(Task(source, "c", 0, None, NO_FIELDS))
        columns, pieces = NO_FIELDS, []
        for start, stop in zip(places, [*places[1:], None], strict=True):
            task = Task(source, "c", start, stop, columns)
            piece = read_task(task)
            columns = piece.fields
            assert fields_after(task) == columns
            pieces.append(piece)
        assert described(*pieces[::-1]) == described(whole)


def described(*pieces: Piece) -> tuple[Any, ...]:
    logs = Logs()
    for piece in pieces:
        logs.add(piece)
    (report,) = logs.files.values()
    told = {name: value for name, value in report.as_json().items() if name not in ("runs", "new_fields")}
    return logs.as_json(), told, report.set_back, report.problems


@settings(max_examples=5, deadline=None)
@given(blocks(), blocks())
def test_processes_change_nothing(first: list[str], second: list[str]) -> None:
    with files("".join(first), "".join(second), gzip.compress("".join(first).encode()), *first) as sources:
        alone = read_logs(sources, jobs=1).as_json()
        with mock.patch.object(local, "LITTLE", 0):
            assert read_logs(sources, jobs=3).as_json() == alone


@settings(max_examples=15, deadline=None)
@given(blocks(), blocks(), blocks())
def test_merging_is_associative_and_commutative(a: list[str], b: list[str], c: list[str]) -> None:
    def logs(parts: list[str], *others: Logs) -> Logs:
        with files("".join(parts)) as sources:
            read = read_logs(sources, jobs=1)
        for other in others:
            read.merge(other)
        return read

    one_by_one = logs(a, logs(b), logs(c))
    together = logs(a, logs(b, logs(c)))
    backwards = logs(c, logs(b), logs(a))
    assert one_by_one.as_json()["states"] == together.as_json()["states"] == backwards.as_json()["states"]


@pytest.mark.parametrize("seen", [[("DEV1", "kim"), ("dev1", "KIM")], [("dev1", "KIM"), ("DEV1", "kim")]])
def test_each_spelling_is_the_smallest_whichever_came_first(seen: list[tuple[str, str]]) -> None:
    reading = Reading()
    for device, user in seen:
        reading.state(device, user)
    (state,) = reading.as_json()["states"]
    assert (state["device"], state["user"]) == ("DEV1", "KIM")
