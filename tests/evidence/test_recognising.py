"""What a file is shows in what is in it, in every form and container."""

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inventories import POLICIES, table

from policylint.evidence.fleet import Fleet
from policylint.evidence.reading import Evidence, read_evidence
from policylint.knowledge import load

Read = Callable[..., Evidence]
DEVICES = table("DeviceId DeviceType", ("ABC", "iPhone"))
LOG = "#Software: IIS\n#Fields: date time cs-uri-stem cs-uri-query sc-status\n2026-01-01 00:00:00 /x - 200\n"


def kinds(evidence: Evidence) -> list[tuple[str, int, int]]:
    return [(read.kind, read.rows, read.used) for read in evidence.reads]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (POLICIES, "policies"),
        (table("PrimarySmtpAddress ActiveSyncMailboxPolicy", ("nia@contoso.example", "")), "assignments"),
        (table("activesyncmailboxpolicy ID", ("Default", "nokafor")), "assignments"),
        (DEVICES, "devices"),
        (table("DEVICEMODEL deviceid", ("Pixel 9", "ABC")), "devices"),
        (table("Identity DeviceOS", ("nia\\ExchangeActiveSyncDevices\\iPhone§ABC", "iOS 18.0 22A3654")), "devices"),
        (table("RemovalId AccessState UserAgent", ("n\\ExchangeActiveSyncDevices\\a?b", "Allowed", "x")), "devices"),
        (table("UPN DeviceType DeviceModel", ("nia@contoso.example", "iPhone", "iPhone14C2")), "devices"),
        (table("Name adminCount", ("Nia Okafor", "1")), "accounts"),
        (table("SamAccountName IsProtected", ("nokafor", "True")), "accounts"),
    ],
)
def test_the_columns_tell_the_kind(read: Read, text: str, kind: str) -> None:
    evidence = read({"whatever.dat": text})
    assert [read.kind for read in evidence.reads] == [kind]
    assert evidence.kinds == {kind}
    assert not evidence.errors


@pytest.mark.parametrize(
    "header",
    [
        "Name,Model,OS,State",
        "Id,Model,OS",
        "Name,Database,ServerName",
        "Identity,Guid,WhenChanged",
        "User,Policy,State",
    ],
)
def test_words_that_anything_could_have_make_no_evidence(read: Read, header: str) -> None:
    evidence = read({"assets.csv": f"{header}\n{','.join('abcd'[: header.count(',') + 1])}\n"})
    assert not evidence.reads
    assert len(evidence.notes) == 1
    assert "holds no evidence" in evidence.notes[0]


def test_a_table_may_be_evidence_of_several_kinds(read: Read) -> None:
    text = table("DeviceId DeviceType PrimarySmtpAddress ActiveSyncMailboxPolicy", ("ABC", "iPad", "n@x.example", "P"))
    assert {read.kind for read in read({"report.csv": text}).reads} == {"devices", "assignments"}


def test_switches_beside_a_device_are_no_assignment(read: Read) -> None:
    text = table("DeviceId DeviceType PrimarySmtpAddress ActiveSyncEnabled", ("ABC", "iPad", "n@x.example", "True"))
    assert [read.kind for read in read({"report.csv": text}).reads] == ["devices"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_is_read(fleet: Callable[..., Fleet], encoding: str, delimiter: str) -> None:
    text = table("DeviceId DeviceType UserDisplayName", ("ABC", "iPhone", "Jörg; Büro, a"), delimiter=delimiter)
    (device,) = fleet({"d.csv": text.encode(encoding)}).devices
    assert (device.id, device.user.label) == ("ABC", "Jörg; Büro, a")


ROW = {"DeviceId": "ABC", "DeviceType": "iPhone", "DeviceAccessState": "Blocked", "DeviceAccessStateReason": "Policy"}
PROPERTIES = "".join(f'<S N="{name}">{value}</S>' for name, value in ROW.items())
OBJECT = f'<Obj RefId="0"><MS>{PROPERTIES}</MS></Obj>'
FORMS = {
    "clixml": f'<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04">{OBJECT}</Objs>',
    "dictionary": (
        '<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="1"><DCT><En><S N="Key">a</S>'
        f"{OBJECT.replace('<Obj', '<Obj N=' + chr(34) + 'Value' + chr(34), 1)}</En></DCT></Obj></Objs>"
    ),
    "convertxml": "<Objects><Object>"
    + "".join(f'<Property Name="{name}">{value}</Property>' for name, value in ROW.items())
    + "</Object></Objects>",
    "csv": table(" ".join(ROW), tuple(ROW.values())),
    "json": json.dumps(ROW),
    "json list": json.dumps([ROW]),
    "json with numbers and words": json.dumps([{**ROW, "DeviceAccessState": {"value": 2, "Value": "Blocked"}}]),
    "list": "".join(f"{name:<24}: {value}\n" for name, value in ROW.items()),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(fleet: Callable[..., Fleet], form: str) -> None:
    (device,) = fleet({"export": FORMS[form]}).devices
    assert (device.id, device.type, device.state, device.reason) == ("ABC", "iPhone", "Blocked", "Policy")
    place = device.place
    assert place is not None
    assert place.path.endswith("export")


def archive(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_archives_are_read_like_folders(read: Read) -> None:
    packed = archive(a__devices_csv=DEVICES, a__log=gzip.compress(LOG.encode()), a__policies=POLICIES.encode("utf-16"))
    evidence = read({"collected.zip": packed, "more.gz": gzip.compress(DEVICES.encode())})
    assert sorted(kinds(evidence)) == [("devices", 1, 1), ("devices", 1, 1), ("policies", 2, 2)]
    assert [file.shown.rpartition("/")[2] for file in evidence.logs] == ["log"]
    with evidence.logs[0].open() as stream:
        assert stream.read() == LOG.encode()
    assert all("collected.zip/a/" in read.path or "more.gz" in read.path for read in evidence.reads)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cut.gz", gzip.compress(DEVICES.encode() * 500)[:60], "cut off"),
        ("spoilt.gz", gzip.compress(b"x" * 5000)[:12] + b"\xff" * 60, "damaged"),
        ("cut.zip", archive(a=DEVICES * 500)[:80], "damaged"),
        ("book.xlsx", archive(**{"[Content_Types].xml": "<x/>", "xl__a": "b"}), "Excel workbook"),
        ("empty", b"", "empty"),
        ("text", b"Dear all, nothing to see here.", "plain text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told_and_hides_nothing(read: Read, name: str, content: bytes, words: str) -> None:
    evidence = read({name: content, "devices.csv": DEVICES})
    assert kinds(evidence) == [("devices", 1, 1)]
    (told,) = [*map(str, evidence.errors), *evidence.notes]
    assert name in told
    assert words in told


def test_a_file_that_is_packed_strangely_is_told(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("devices.csv", DEVICES)
    (error,) = read({"a.zip": out.getvalue()}).errors
    assert "a.zip/devices.csv: this file is compressed in a way that is not read" in str(error)


def test_a_path_that_leads_out_of_an_archive_is_told_and_hides_nothing(read: Read) -> None:
    evidence = read({"a.zip": archive(**{"..__devices.csv": DEVICES, "devices.csv": DEVICES})})
    assert kinds(evidence) == [("devices", 1, 1)]
    assert ["leads out of the archive" in str(error) for error in evidence.errors] == [True]


def test_deep_folders_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    levels = 1200
    for _ in range(levels):
        os.mkdir("d")
        os.chdir("d")
    Path("devices.csv").write_text(DEVICES, encoding="utf-8")
    try:
        assert kinds(read_evidence([str(tmp_path)], load(), max_bytes=1 << 20)) == [("devices", 1, 1)]
    finally:  # too deep for those who tidy up
        os.unlink("devices.csv")
        for _ in range(levels):
            os.chdir("..")
            os.rmdir("d")


def test_a_file_that_is_not_there_is_an_error(read: Read, tmp_path: object) -> None:
    evidence = read_evidence([f"{tmp_path}/nothing"], load(), max_bytes=1000)
    assert [error.message for error in evidence.errors] == ["no such file or directory"]


def test_a_file_beyond_the_limit_is_an_error(read: Read) -> None:
    evidence = read({"devices.csv": DEVICES * 100}, max_bytes=100)
    assert "limit" in str(evidence.errors[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_log_names_the_stem_in_its_fields(read: Read, encoding: str) -> None:
    evidence = read({"a.log": LOG.encode(encoding), "b.log": LOG.replace("cs-uri-stem", "cs-uri").encode(encoding)})
    assert [file.shown.rpartition("/")[2] for file in evidence.logs] == ["a.log"]
    (note,) = evidence.notes
    assert "b.log: a log of another program" in note


def test_lines_without_their_header_are_told(read: Read) -> None:
    line = "2026-01-01 10:00:00 POST /Microsoft-Server-ActiveSync/default.eas DeviceId=A 443 200\n"
    evidence = read({"hits.txt": line, "devices.csv": DEVICES})
    (error,) = evidence.errors
    assert "hits.txt: lines of a log without the #Fields line" in str(error)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "cas.csv",
            table("ActiveSyncEnabled PrimarySmtpAddress", ("True", "n@x.example")),
            "no column ActiveSyncMailbox",
        ),
        (
            "cas.txt",
            "\nName  ActiveSyncEnabled OWAEnabled\n----  ----------------- ----------\nKit   True  True\n",
            "Get-CAS",
        ),
        (
            "d.txt",
            "\nMailbox   DeviceID    DeviceModel\n-------   --------    -----------\na  H8J2... x\n",
            "Format-Table",
        ),
        ("d.html", "<html><table><tr><th>DeviceId</th><th>DeviceOS</th></tr></table></html>", "web page"),
    ],
)
def test_what_was_meant_as_evidence_names_the_command_for_it(read: Read, name: str, text: str, words: str) -> None:
    evidence = read({name: text})
    (told,) = [*map(str, evidence.errors), *evidence.notes]
    assert words in told
    assert ("Get-CASMailbox" if name.startswith("cas") else "Get-MobileDevice ") in told


def test_rows_that_do_not_fit_are_told_and_not_used(fleet: Callable[..., Fleet], read: Read) -> None:
    text = "DeviceId,DeviceType,User\nA1,iPhone,Nia\nB2,iPad,Lindqvist, Per\nC3,iPad\nD4,iPhone,Ken\n"
    assert [device.id for device in fleet({"d.csv": text}).devices] == ["A1", "D4"]
    evidence = read({"d.csv": text})
    assert kinds(evidence) == [("devices", 4, 2)]
    assert "this row has 4 values, but the header has 3 columns, so it is not used, and 1 more" in evidence.notes[0]


def test_exports_put_one_behind_the_other_are_one_table(fleet: Callable[..., Fleet]) -> None:
    one, other = table("DeviceId DeviceType", ("A1", "iPad")), table("DeviceId DeviceType", ("B2", "iPad"))
    assert [device.id for device in fleet({"d.csv": one + other}).devices] == ["A1", "B2"]


def test_numbers_in_place_of_words_are_unreadable_and_told(fleet: Callable[..., Fleet], read: Read) -> None:
    row = {"DeviceId": "A", "DeviceType": "iPad", "DeviceAccessState": 2, "DevicePolicyApplicationStatus": "1"}
    (device,) = fleet({"d.json": json.dumps(row)}).devices
    assert (device.state, device.status) == (None, None)
    (note,) = read({"d.json": json.dumps(row)}).notes
    assert "DeviceAccessState, DevicePolicyApplicationStatus: numbers in place of words" in note


def test_no_column_is_taken_for_another(fleet: Callable[..., Fleet]) -> None:
    text = table(
        "DeviceId DeviceType Status LastPolicyUpdate IsStale LastSyncAttemptTime Guid OsFamily",
        ("A", "iPad", "AppliedInFull", "2026-01-01", "TRUE", "2026-01-01", "b" * 8, "iOS"),
    )
    (device,) = fleet({"d.csv": text}).devices
    assert (device.id, device.status, device.os, device.synced) == ("A", None, None, False)
    assert (device.last_policy_update, device.last_success) == (None, None)


def test_nothing_that_is_told_names_a_person(read: Read) -> None:
    evidence = read({"d.csv": "DeviceId,DeviceType,User\nvalidate,iPhone,Nia Okafor\nA,b,Per,Lindqvist\n"})
    assert len(evidence.notes) == 2
    assert not any(name in note for note in evidence.notes for name in ("Nia", "Lindqvist"))


def test_a_log_that_is_cut_off_is_still_a_log(read: Read) -> None:
    evidence = read({"u_ex.log.gz": gzip.compress((LOG + LOG * 50_000).encode())[:-400]})
    assert [file.shown.rpartition("/")[2] for file in evidence.logs] == ["u_ex.log.gz"]
    assert not evidence.errors


def test_where_no_row_can_be_used_the_command_is_named(read: Read) -> None:
    evidence = read({"d.csv": table("DeviceId DeviceType User", ("", "", "Nia"))})
    (error,) = evidence.errors
    assert "no row of a device inventory can be used; export it with: Get-MobileDevice" in str(error)
    assert not evidence.kinds


@pytest.mark.parametrize("text", ["DeviceId,DeviceType\n", '<Objs xmlns="x"/>', "[]"])
def test_an_empty_export_is_told(read: Read, text: str) -> None:
    evidence = read({"d": text})
    (told,) = [*map(str, evidence.errors), *evidence.notes]
    assert "the export is empty" in told
    assert not evidence.kinds


@given(st.binary(max_size=300), st.integers(0, 400), st.sampled_from(sorted(FORMS)))
def test_damage_is_told_and_never_raised(read: Read, noise: bytes, at: int, form: str) -> None:
    whole = FORMS[form].encode()
    evidence = read({"damaged": whole[:at] + noise + whole[at:], "noise": noise})
    assert all(str(error) for error in evidence.errors)
    assert evidence.reads or evidence.errors or evidence.notes


def test_a_column_without_a_name_hides_no_other(fleet: Callable[..., Fleet], read: Read) -> None:
    text = "DeviceId;DeviceType;User;\nA1;iPhone;Nia;\nB2;iPad;Per;x\n"
    assert [device.id for device in fleet({"d.csv": text}).devices] == ["A1", "B2"]
    (note,) = read({"d.csv": text}).notes
    assert "column 4 has no name in the header, so it is not used" in note


def test_a_spreadsheet_translates_switches(fleet: Callable[..., Fleet]) -> None:
    text = table("Name ActiveSyncMailboxPolicy ActiveSyncEnabled", ("Nia", "P", "WAHR"), ("Per", "P", "FAUX"))
    assert [user.mailbox and user.mailbox.enabled for user in fleet({"m.csv": text}).users] == [True, False]


def test_a_large_file_that_is_no_text_is_passed_over(read: Read) -> None:
    evidence = read({"disk.vhd": b"conectix\0\1\2" * 50, "devices.csv": DEVICES}, max_bytes=300)
    assert not evidence.errors
    (note,) = evidence.notes
    assert "disk.vhd: this is binary data" in note


def test_many_files_that_are_something_else_are_told_in_few_lines(read: Read) -> None:
    other = LOG.replace("cs-uri-stem", "cs-uri")
    notes = read({f"{number:03}.log": other for number in range(40)}).notes
    assert len(notes) == 4
    assert notes[-1].startswith("37 more files: a log of another program")
