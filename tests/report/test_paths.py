"""Paths as other programs want them, on the system at hand."""

import os
from pathlib import Path, PureWindowsPath
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.report.services import slashed, uri


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("a.xml", "a.xml"),
        ("./a/b.xml", "a/b.xml"),
        ("a//b c.xml", "a/b%20c.xml"),
        ("../a.xml", "../a.xml"),
        ("c:a.xml" if os.name != "nt" else "a.xml", "c%3Aa.xml" if os.name != "nt" else "a.xml"),
        ("größe.xml", "gr%C3%B6%C3%9Fe.xml"),
        ("100%.xml", "100%25.xml"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_relative_paths_stay_relative(path: str, made: str) -> None:
    assert uri(path) == made


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20))
def test_an_absolute_path_is_a_file_address_that_leads_back(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    parts = urlsplit(uri(str(path)))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("file", "", "", "")
    assert url2pathname(parts.path) == os.path.normpath(path)


@pytest.mark.skipif(os.name == "nt", reason="paths are text there")
def test_bytes_that_are_no_text_are_encoded_as_they_are() -> None:
    assert uri(os.fsdecode(b"a\xff.xml")) == "a%FF.xml"


def test_an_absolute_address_has_no_detours(tmp_path: Path) -> None:
    assert uri(str(tmp_path / "a" / ".." / "b.xml")) == (tmp_path / "b.xml").as_uri()


def test_backslashes_of_windows_become_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.report.services.PurePath", PureWindowsPath)
    assert slashed(r"exports\contoso\a.xml") == "exports/contoso/a.xml"
