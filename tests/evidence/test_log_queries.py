"""Who a line is about: queries in pairs and in base64, spellings of users, probes, lines without a device."""

import base64
from pathlib import Path

import pytest
from iis import FORMS, headed, line, read, rows_of

from policylint.evidence.logs import histories
from policylint.evidence.logs.query import Query, decode

TIME = "2022-07-20 06:51:02"


def packed(
    device: bytes, kind: bytes = b"iPhone", command: int = 0, version: int = 141, key: bytes = b"\1\2\3\4"
) -> str:
    parts = (device, key, kind)
    data = bytes([version, command, 9, 4]) + b"".join(bytes([len(part)]) + part for part in parts)
    return base64.b64encode(data).decode()


def test_the_example_of_the_specification() -> None:
    """Version 140, Sync, locale 0x0409, device id v140Device, no policy key, type SmartPhone ([MS-ASHTTP])."""
    assert decode(b"jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l") == Query("v140Device", "", "SmartPhone", "sync")


@pytest.mark.parametrize("extra", [b"", b"&Log=S1_", b"&User=kim&Log=S1_", b"&CorrelationID=<empty>;&cafeReqId=1;"])
def test_base64_is_read_beside_pairs(extra: bytes) -> None:
    found = decode(packed(b"DEV1", command=20).encode() + extra)
    assert (found.device, found.type, found.command) == ("DEV1", "iPhone", "provision")
    assert found.user == ("kim" if b"User" in extra else "")
    assert found.log == (b"S1_" if b"Log" in extra else None)


def test_an_id_in_base64_is_text_or_hexadecimal() -> None:
    guid = bytes.fromhex("c8a2f58c95f0ce4b39c15bffad5c2dfb")
    assert decode(packed(guid).encode()).device == "C8A2F58C95F0CE4B39C15BFFAD5C2DFB"
    assert decode(packed(b"HUNTASCII700001").encode()).device == "HUNTASCII700001"
    assert decode(packed(b"DEV1").rstrip("=").encode()).device == "DEV1"
    assert (
        decode(packed(guid).replace("/", "%2f").replace("=", "%3D").replace("+", "%2B").encode()).device
        == guid.hex().upper()
    )


@pytest.mark.parametrize(
    "word", ["", "-", "jQ==", "AAAA", "zzz%zz", packed(b"DEV1", version=25), packed(b"DEV1")[:12], "é", "=" * 9]
)
def test_other_words_are_no_query(word: str) -> None:
    assert decode(word.encode()).device == ""


def test_parameters_come_in_any_order_and_case() -> None:
    query = b"deviceTYPE=iPad&&LOG=S1&DEVICEID=D%2d1&user=contoso%5Ckim&cmd=Sync&DeviceId=D2"
    assert decode(query) == Query("D-1", "contoso\\kim", "iPad", "sync", b"S1")


def test_one_device_in_pairs_and_in_base64_is_one(tmp_path: Path) -> None:
    guid = bytes.fromhex("c8a2f58c95f0ce4b39c15bffad5c2dfb")
    lines = [
        line("2013", TIME, device=guid.hex(), method="OPTIONS", command=""),
        line("2013", "2022-07-20 07:00:00", query=packed(guid, b"WindowsMail")),
    ]
    (row,) = rows_of(read(headed("2013", lines), folder=tmp_path), guid.hex())
    assert row.history == "syncing"
    assert row.device == guid.hex().upper()


@pytest.mark.parametrize("form", FORMS)
def test_spellings_of_a_user_are_one_person(form: str, tmp_path: Path) -> None:
    users = ["contoso%5Ckim", "KIM@contoso.example", "kim", "contoso.example%5CKim", "kim%40contoso.example"]
    lines = [line(form, f"2022-07-20 0{hour}:00:00", user=user, status=142) for hour, user in enumerate(users)]
    (row,) = rows_of(read(headed(form, lines), folder=tmp_path))
    assert row.history == "broken-by-policy"
    assert row.user == "KIM@contoso.example"
    assert row.spellings == {"contoso\\kim", "KIM@contoso.example", "kim", "contoso.example\\Kim"}


def test_two_users_of_a_device_are_two_rows_and_a_directory_may_know_better(tmp_path: Path) -> None:
    lines = [line("2016", TIME, user="kim"), line("2016", TIME, user="mailbox7@contoso.example", status=142)]
    logs = read(headed("2016", lines), folder=tmp_path)
    assert [(row.user, row.history) for row in rows_of(logs)] == [
        ("kim", "syncing"),
        ("mailbox7@contoso.example", "unknown"),
    ]
    assert [row.user for row in histories(logs.reading, person=lambda _: "Kim")] == ["mailbox7@contoso.example"]


def test_devices_are_one_without_regard_to_case(tmp_path: Path) -> None:
    lines = [line("2010", TIME, device="ApplDNQ", status=142), line("2010", "2022-07-20 07:00:00", device="APPLDNQ")]
    (row,) = rows_of(read(headed("2010", lines), folder=tmp_path), "appldnq")
    assert (row.device, row.history) == ("APPLDNQ", "onboarding")


def test_who_a_user_is(tmp_path: Path) -> None:
    """`User=`; without it `cs-username` unless that is a server; else `SmtpAdrs`."""
    query = "Cmd=Sync&DeviceId={}&DeviceType=iPhone"
    lines = [
        line("2013", TIME, user="kim", username="CONTOSO\\CAS01$", device="A"),
        line("2013", TIME, query=query.format("B"), username="CONTOSO\\lee"),
        line("2013", TIME, query=query.format("C"), username="CONTOSO\\CAS01$"),
        line("2013", TIME, query=query.format("D"), username="-"),
        line("2010", TIME, query=query.format("E"), username="-", fields=FORMS["2013"].fields, stem=FORMS["2013"].stem),
        line("2013", TIME, query=query.format("F").replace("Cmd", "User=&Cmd"), username="Lee+Hope"),
    ]
    logs = read(headed("2013", lines), folder=tmp_path)
    assert {row.device: row.user for row in histories(logs.reading)} == {
        "A": "kim",
        "B": "CONTOSO\\lee",
        "C": "kim@contoso.example",
        "D": "kim@contoso.example",
        "E": "",
        "F": "Lee Hope",
    }


def test_lines_without_a_user_are_those_of_the_only_one(tmp_path: Path) -> None:
    nobody = line("2010", TIME, query="DeviceId=DEV1&Cmd=Sync", username="-", status=142)
    kim = line("2010", "2022-07-20 07:00:00", user="kim")
    lee = line("2010", "2022-07-20 07:00:00", user="lee")
    (row,) = rows_of(read(headed("2010", [nobody, kim]), folder=tmp_path))
    assert (row.user, row.history) == ("kim", "onboarding")
    rows = rows_of(read(headed("2010", [nobody, kim, lee]), folder=tmp_path))
    assert [(row.user, row.history) for row in rows] == [("", "unknown"), ("kim", "syncing"), ("lee", "syncing")]


@pytest.mark.parametrize(
    "said",
    [
        {"user": "HealthMailbox0c5e@contoso.example"},
        {"user": "contoso%5CHealthMailbox0c5e"},
        {"user": "SystemMailbox%7b1f05a927%7d"},
        {"user": "extest_4ac9"},
        {"query": "Cmd=Sync&DeviceId=DEV1", "username": "CONTOSO\\extest_4ac9"},
        {"agent": "AMProbe/Local/ClientAccess"},
        {"agent": "TestActiveSyncConnectivity"},
        {"kind": "TestActiveSyncConnectivity"},
    ],
    ids=str,
)
def test_probes_are_dropped(said: dict[str, str], tmp_path: Path) -> None:
    logs = read(headed("2016", [line("2016", TIME, **said), line("2016", TIME, user="systems")]), folder=tmp_path)
    assert [row.user for row in rows_of(logs)] == ["systems"]
    (report,) = logs.files.values()
    assert (report.lines, report.used, report.probes, report.problems) == (2, 1, 1, [])


@pytest.mark.parametrize("device", ["", "-", "0", "N/A", "validate", "Validate"])
def test_lines_without_a_device_are_counted(device: str, tmp_path: Path) -> None:
    logs = read(headed("2016", [line("2016", TIME, device=device), line("2016", TIME)]), folder=tmp_path)
    assert [row.device for row in histories(logs.reading)] == ["DEV1"]
    (report,) = logs.files.values()
    assert report.problems == ["1 ActiveSync lines name no device: not used"]


@pytest.mark.parametrize(
    ("stem", "counts"),
    [
        ("/Microsoft-Server-ActiveSync", True),
        ("/microsoft-server-activesync/default.eas", True),
        ("/Microsoft-Server-ActiveSync/Proxy/default.eas", True),
        ("/MICROSOFT-SERVER-ACTIVESYNC/PROXY/DEFAULT.EAS", True),
        ("/Microsoft-Server-ActiveSync/error.aspx", False),
        ("/Microsoft-Server-ActiveSync/", False),
        ("/x/Microsoft-Server-ActiveSync", False),
        ("/owa/auth/logon.aspx", False),
    ],
)
def test_stems(stem: str, counts: bool, tmp_path: Path) -> None:
    logs = read(headed("2010", [line("2010", TIME, stem=stem)]), folder=tmp_path)
    assert len(rows_of(logs)) == counts


def test_an_address_inside_another_request_is_none(tmp_path: Path) -> None:
    inside = [
        line("2016", TIME, stem="/owa/", query="url=/Microsoft-Server-ActiveSync/default.eas?DeviceId=DEV1"),
        line("2016", TIME, stem="/owa/", query="/Microsoft-Server-ActiveSync/default.eas", log=None),
        line("2016", TIME, stem="/owa/", agent="/Microsoft-Server-ActiveSync"),
    ]
    logs = read(headed("2016", inside), folder=tmp_path)
    assert rows_of(logs) == []
    (report,) = logs.files.values()
    assert (report.lines, report.problems) == (0, [])
