"""Whatever names, values, paths and packs hold, a page has the same elements, and only its texts differ."""

import itertools
import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from fleets import csv_of, device, report_of, whole_policy, write
from formats import Formats
from hostile import HOSTILE, pages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from policies import TWELVE, policy

from policylint.knowledge import load
from policylint.report.formats import rendered
from policylint.session import Session

KNOWLEDGE = load()


def skeleton(page: str) -> list[tuple[str, tuple[str, ...]]]:
    tree = html.document_fromstring(page)
    return [(str(each.tag), tuple(sorted(each.attrib))) for each in tree.iter()]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_text(name: str, tmp_path: Path, formats: Formats) -> None:
    plain = pages("name", tmp_path / "plain", formats)
    for kind, page in pages(name, tmp_path / "hostile", formats).items():
        assert skeleton(page) == skeleton(plain[kind]), kind
        assert "\u202e" not in page
        assert "49" not in page or "{{" not in name or "{{ 7 * 7 }}" in page


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).map(lambda text: f"n{text}n"))
def test_any_name_stays_text(tmp_path: Path, formats: Formats, name: str) -> None:
    folder = next(tmp_path / str(number) for number in itertools.count() if not (tmp_path / str(number)).exists())
    folder.mkdir()
    plain = pages("name", folder / "plain", formats)
    for kind, page in pages(name, folder / "any", formats).items():
        assert skeleton(page) == skeleton(plain[kind]), kind


def fleet_page(name: str, folder: Path) -> str:
    rows = [
        device(f"{name}{number}", "ios 26.0", f"{name} {number}", seen, policy=f"{name} policy", DeviceModel=name)
        for number, seen in enumerate(("took-all", "took-all", "took-all", "refused"))
    ]
    found = whole_policy(KNOWLEDGE, f"{name} policy", gate=False, default=True, AllowCamera=False)
    write(folder, {"d.csv": csv_of(rows), "p.json": json.dumps([found])})
    return "".join(rendered(report_of(folder, KNOWLEDGE), "html"))


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_fleet_stays_text(name: str, tmp_path: Path, made: dict[str, str]) -> None:
    page = skeleton(fleet_page(name, tmp_path / "hostile"))  # a model of another name is recognised otherwise
    plain = skeleton(fleet_page("name", tmp_path / "plain"))
    assert set(page) <= {*plain, *skeleton(made["fleet"])}
    assert [tag for tag, _ in page].count("script") == [tag for tag, _ in plain].count("script")


def test_a_hostile_pack_stays_text(tmp_path: Path, formats: Formats) -> None:
    shutil.copytree(ROOT / "examples" / "own-pack", tmp_path / "pack")
    sources = tmp_path / "pack" / "sources.toml"
    text = sources.read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if line.startswith("title"))
    sources.write_text(text.replace(first, "title = '<script>alert(1)</script>'"), encoding="utf-8")
    session = Session("all", knowledge=load(own=[tmp_path / "pack"]))
    export = tmp_path / "export.json"
    export.write_text(formats.json([policy(TWELVE, gate=False)]), encoding="utf-8")
    page = "".join(rendered(session.check(export), "html"))
    assert "<script>alert(1)" not in page
