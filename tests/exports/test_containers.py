"""Archives are unpacked within bounds; whatever is wrong with one is told with its path."""

import gzip
import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.bounded import read_at_most
from policylint.exports.containers import Member, contained, is_document
from policylint.exports.error import ExportError, NotAnExport


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def read(data: bytes, limit: int = 1 << 20) -> list[tuple[str, bytes | str]]:
    return [
        (each.path, each.data if isinstance(each, Member) else each.message)
        for each in contained(data, "a.zip", max_bytes=limit)
    ]


def test_the_files_of_a_zip_come_in_the_order_of_their_names() -> None:
    data = zipped({"b/2.csv": b"2", "a.csv": b"1", "b/1.csv": b"", "d/": b""})
    assert read(data) == [("a.zip/a.csv", b"1"), ("a.zip/b/1.csv", b""), ("a.zip/b/2.csv", b"2")]


def test_hidden_files_are_left_out() -> None:
    assert read(zipped({".git/x": b"1", "a/.x": b"1", "__MACOSX/._a.csv": b"1"})) == []


@pytest.mark.parametrize("name", ["../x.csv", "a/../../x", "/etc/x", "C:/x", "..\\x", "a\\..\\..\\x"])
def test_no_path_leaves_the_archive(name: str) -> None:
    ((path, said), (_, other)) = read(zipped({name: b"bad", "~good": b"good"}))
    assert path.startswith("a.zip/")
    assert "leads out of the archive" in str(said)
    assert other == b"good"


def test_two_entries_of_one_name_are_two_files() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"2")
    assert read(made.getvalue()) == [("a.zip/a", b"1"), ("a.zip/a", b"2")]


@pytest.mark.parametrize("parts", [[b"abc"], [b"a", b"", b"bc"]])
def test_a_gzip_archive_is_one_file_under_its_own_name(parts: list[bytes]) -> None:
    assert read(b"".join(map(gzip.compress, parts))) == [("a.zip", b"abc")]


@pytest.mark.parametrize(
    "pack", [lambda data: gzip.compress(data), lambda data: zipped({"a": data[:9], "b": data[9:]})]
)
def test_all_that_is_unpacked_counts(pack: "object") -> None:
    data = pack(b"\0" * 5000)  # type: ignore[operator]
    assert sum(len(each) for _, each in read(data, 5000)) == 5000
    with pytest.raises(ExportError, match=r"more than .* together"):
        read(data, 4999)


def test_a_bomb_takes_no_more_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    monkeypatch.setattr(
        "policylint.exports.containers.read_at_most", lambda stream, most: taken.append(most) or b"\0" * most
    )
    with pytest.raises(ExportError, match="together"):
        read(zipped({str(number): b"x" for number in range(9)}), 1000)
    assert taken == [1001]


def test_too_many_files() -> None:
    with pytest.raises(ExportError, match="more than 20,000 files"):
        read(b"PK\x05\x06" + b"PK\x01\x02" * 20_001)


@pytest.mark.parametrize("name", ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"])
def test_a_document_is_called_by_its_name(name: str) -> None:
    data = zipped({name: b"application/x", "xl/workbook.xml": b"<x/>"})
    assert is_document(data)
    with pytest.raises(NotAnExport, match=r"this is an? .*, not an export") as caught:
        read(data)
    assert caught.value.path == "a.zip"


def test_a_file_that_cannot_be_unpacked_hides_no_other() -> None:
    packed = zipped({"a": b"aaaa", "b": b"bbbb"}, zipfile.ZIP_STORED)
    damaged = packed.replace(b"aaaa", b"aaax", 1)
    assert read(damaged) == [
        ("a.zip/a", "this file is damaged in the archive; make the archive again"),
        ("a.zip/b", b"bbbb"),
    ]
    ((_, said),) = read(zipped({"a": b"a"}, zipfile.ZIP_LZMA))
    assert "compressed in a way" in str(said)
    encrypted = bytearray(zipped({"a": b"a"}))
    entry = encrypted.index(b"PK\x01\x02")
    encrypted[entry + 8 : entry + 10] = struct.pack("<H", 1)
    ((_, said),) = read(bytes(encrypted))
    assert "encrypted" in str(said)


@given(st.data(), st.sampled_from([zipped({"a": b"text" * 50, "b/c": b"more"}), gzip.compress(b"text" * 50)]))
def test_damage_is_told_and_nothing_else_is_raised(data: st.DataObject, archive: bytes) -> None:
    at = data.draw(st.integers(2, len(archive)))
    damaged = archive[:at] + data.draw(st.binary(max_size=4)) + archive[at + data.draw(st.integers(0, 4)) :]
    with suppress(ExportError):
        for each in contained(damaged, "a.zip", max_bytes=1000):
            assert each.path.startswith("a.zip")


@given(st.binary(max_size=50), st.integers(0, 60))
def test_no_more_is_read_than_asked_for(data: bytes, most: int) -> None:
    assert read_at_most(io.BytesIO(data), most) == data[:most]
