"""The manual page is what --help says, in roff that a manual viewer shows as it is meant."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from policylint.cli import app
from policylint.handbook import man_page as roff
from policylint.handbook.man_page import man_page

PAGE = ROOT / "docs" / "man" / "policylint.1"
MACROS = {".TH", ".SH", ".SS", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi", ".nh", ".ad", '.\\"'}
ESCAPES = {"\\e": "\\", "\\-": "-", "\\(aq": "'", "\\(ga": "`", "\\(ha": "^", "\\(ti": "~", "\\(dq": '"', "\\&": ""}
ESCAPE = re.compile(r"\\(?:f[BIR]|\[u([0-9A-F]{4,6})\]|\(..|.)")


def shown(line: str) -> str:
    """What a viewer shows for the text of a line. An escape that the page should not use is a `KeyError`."""

    def character(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16))
        return "" if found[0].startswith("\\f") else ESCAPES[found[0]]

    return ESCAPE.sub(character, line)


def man_page_examples() -> list[str]:
    return [shown(line) for line in re.findall(r"^\.nf\n(.*)\n\.fi$", man_page(), re.MULTILINE)]


def by_groff(page: str) -> str:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed")
    command = [groff, "-man", "-Tutf8", "-ww", "-P-cbou"]
    done = subprocess.run(command, input=page, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return done.stdout


def commands(group: Any) -> Iterator[Any]:
    for command in group.commands.values():
        yield from commands(command) if hasattr(command, "commands") else [command]


def said() -> list[str]:
    """Everything that --help says of the program and its commands."""
    program: Any = get_command(app)
    texts = []
    for command in (program, *commands(program)):
        context = typer.Context(command, info_name="x")
        texts += [" ".join(part.split()) for part in command.help.rstrip(".").split("\n\n")]
        for record in (parameter.get_help_record(context) for parameter in command.get_params(context)):
            texts += [" ".join(part.split()) for part in record if part != "--help"]
    return texts


def test_it_says_all_that_help_says() -> None:
    page = " ".join(shown(line) for line in man_page().splitlines() if not line.startswith('.\\"'))
    missing = [text for text in said() if text.lower() not in page.lower()]
    assert not missing


def test_its_lines_are_known_macros_or_text() -> None:
    for line in man_page().splitlines():
        assert line
        if line.startswith((".", "'")):
            assert line.split(" ")[0] in MACROS
        else:
            shown(line)


def test_a_viewer_shows_all_of_it() -> None:
    page = " ".join(by_groff(man_page()).split())
    for text in said():
        assert text.lower() in page.lower()
    headings = [line[4:] for line in man_page().splitlines() if line.startswith(".SH ")]
    assert headings[:3] == ["NAME", "SYNOPSIS", "DESCRIPTION"]
    assert all(f" {heading} " in page for heading in headings)


@pytest.mark.parametrize("example", man_page_examples())
def test_its_examples_run(example: str, tmp_path: Path) -> None:
    exported = ROOT / "examples" / "fabrikam.json"
    (tmp_path / "exports").mkdir()
    for name in ("policies.xml", "contoso.xml", "fabrikam.xml", "old.xml", "new.xml", "exports/policies.xml"):
        shutil.copy(exported, tmp_path / name)
    program, *arguments = shlex.split(example)
    assert program == "policylint"
    done = subprocess.run(
        [sys.executable, "-m", "policylint", *arguments], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr


HOSTILE = [
    ".SH owned", "'br", ".", "\\fB", "\\", "\\\\n", "-- - --a", "it's `x` ^ ~ \"y\"", "a\\", "%", "€ … 😀", "\\[u0041]",
]  # fmt: skip


def test_a_viewer_shows_any_text_as_it_is() -> None:
    page = '.TH X 1 "" "" ""\n.SH NAME\nx\n' + "".join(f".PP\n{roff.text(text)}\n" for text in HOSTILE)
    lines = [line.strip() for line in by_groff(page).splitlines()]
    assert [text for text in HOSTILE if text not in lines] == []


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_no_text_becomes_a_request_or_an_escape(text: str) -> None:
    written = roff.text(text)
    assert not written.startswith((".", "'"))
    assert written.isascii()
    assert shown(written) == text


@given(st.text(st.sampled_from("-a.\\ '"), min_size=1))
def test_options_in_prose_are_the_same_words(text: str) -> None:
    assert shown(roff.prose(text)) == " ".join(text.split())
