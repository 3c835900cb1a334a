"""The site says what the data says, every link in it leads somewhere, and nothing in it asks anybody for anything."""

import itertools
import json
import posixpath
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import ROOT
from hostile import HOSTILE
from lxml import etree, html

from policylint.knowledge import Knowledge, load
from policylint.knowledge.query import resolve
from policylint.pages import explain, explain_for
from policylint.pages.cells import answer, describe
from policylint.schemas.lists import DOCUMENTS
from policylint.site import site
from policylint.site.__main__ import main

LOADS = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "object": "data"}


@pytest.fixture(scope="module")
def pages(built: dict[str, str]) -> dict[str, html.HtmlElement]:
    return {
        place: html.document_fromstring(text)
        for place, text in built.items()
        if place.endswith(".html") and not place.startswith("files/")
    }


def words(text: str) -> str:
    return " ".join(text.split())


def test_there_is_a_page_for_everything(built: dict[str, str], knowledge: Knowledge) -> None:
    for known in knowledge.catalogue:
        assert known.kind == "identity" or f"settings/{known.key}.html" in built
    for family in knowledge.families:
        assert f"clients/{family}.html" in built
    for rule in knowledge.rulebook.rules:
        assert f"rules/{rule.id}-{rule.name}.html" in built
    for server in knowledge.servers:
        assert server.name in built[f"servers/{server.id}.html"]
    assert sum(place.startswith("sources/") for place in built) == len(knowledge.sources)
    for path in (ROOT / "docs").glob("*.md"):
        assert f"docs/{'index' if path.stem == 'README' else path.stem}.html" in built


def test_every_link_inside_leads_somewhere(built: dict[str, str], pages: dict[str, html.HtmlElement]) -> None:
    anchors = {place: set(page.xpath("//@id")) for place, page in pages.items()}
    broken = []
    for place, page in pages.items():
        for address in [*page.xpath("//@href"), *page.xpath("//@src")]:
            if address.startswith(("https://", "http://")):
                continue
            path, _, anchor = address.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(path))) if path else place
            if there not in built or (anchor and not anchor.startswith("q=") and anchor not in anchors[there]):
                broken.append(f"{place}: {address}")
    assert not broken


def test_every_page_can_be_reached(pages: dict[str, html.HtmlElement]) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        place = waiting.pop()
        for address in pages[place].xpath("//a/@href"):
            path = address.partition("#")[0]
            there = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(path)))
            if path and there in pages and there not in reached:
                reached.add(there)
                waiting.append(there)
    assert reached == set(pages)


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, html.HtmlElement]) -> None:
    for place, page in pages.items():
        for tag, attribute in LOADS.items():
            for address in page.xpath(f"//{tag}/@{attribute}"):
                assert not re.match(r"[a-z]+:|//", address), f"{place}: {address}"
        assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
        assert not page.xpath("//script[not(@src)] | //style | //@style")
        assert not [name for each in page.iter() for name in each.attrib if name.startswith("on")]


def test_ids_are_never_taken_twice(pages: dict[str, html.HtmlElement]) -> None:
    for place, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), place


# --- the answers


def test_every_setting_has_the_answer_of_every_release_that_explain_has(
    pages: dict[str, html.HtmlElement], knowledge: Knowledge
) -> None:
    compared = 0
    for known in knowledge.catalogue:
        if known.neutral is None:
            continue
        rows = pages[f"settings/{known.key}.html"].xpath("//table[@class='answers']/tbody/tr")
        shown = {
            label: words(row.xpath(".//*[@class='says']")[0].text_content())
            for row in rows
            for label in labels(words(row[1].text_content()), knowledge)
        }
        for target in knowledge.targets:
            cell = answer(target, known.key)
            assert shown[target.label] == words(describe(cell, cell.claim)), f"{known.key} on {target.label}"
            compared += 1
    assert compared > 5000


def labels(shown: str, knowledge: Knowledge) -> list[str]:
    """The releases that a row is about, from what it shows."""
    found = []
    family, *parts = re.split(r",? ", shown)
    versions = [target.version for target in knowledge.families[family].targets]
    for part in parts:
        first, _, last = part.partition("–")
        found += versions[versions.index(first) : versions.index(last or first) + 1]
    return [f"{family} {version}" for version in found]


def test_a_page_cites_what_explain_cites(pages: dict[str, html.HtmlElement], knowledge: Knowledge) -> None:
    for key in ("AllowCamera", "MinDevicePasswordLength"):
        told = "\n".join(explain(key, knowledge, full=True))
        cited = set(re.findall(r"^  \[([^\],]+)\] \S", told, re.MULTILINE))
        links = {words(each.text_content()) for each in pages[f"settings/{key}.html"].xpath("//main//a")}
        assert cited
        assert cited <= links


def test_the_two_answers_of_cells_of_every_kind(built: dict[str, str], knowledge: Knowledge) -> None:
    cells = json.loads(built["api/v1/cells.json"])["cells"]
    by_support: dict[str, set[tuple[str, str, str | None]]] = {}
    for each in cells:
        told = each["access_closed"], each["access_open"], each["demand"]
        by_support.setdefault(each["support"], set()).add(told)
    assert ("let-in", "let-in", "met") in by_support["enforced"]
    assert ("refused", "let-in", "not") in by_support["blocks"]
    assert by_support["not-sent"] == {("refused", "let-in", "not")}
    assert by_support["no policy at all"] <= {("refused", "let-in", "not"), ("not-applicable", "not-applicable", None)}
    concerned = {told for told in by_support["unknown"] if told[0] != "not-applicable"}
    assert concerned == {("maybe", "let-in", "unknown"), ("let-in", "let-in", "unknown")}
    assert {opened for kind in by_support for _, opened, _ in by_support[kind]} == {
        "let-in",
        "refused",
        "not-applicable",
    }
    refusing = {each["support"] for each in cells if each["access_open"] == "refused"}
    assert refusing == {"must-be"}
    assert by_support["must-be"] == {("refused", "refused", "not")}
    refused = {each["demand"] for each in cells if each["access_closed"] == "refused"}
    assert refused == {"not"}
    assert {each["demand"] for each in cells if each["access_closed"] == "refused-on-some"} == {"partly"}


def test_who_takes_a_policy_only_where_it_must_is_told(built: dict[str, str], knowledge: Knowledge) -> None:
    told = {
        f"{each['family']} {version}"
        for each in json.loads(built["api/v1/cells.json"])["cells"]
        if "takes no policy" in (each["condition"] or "")
        for version in each["releases"]
    }
    assert told == {
        target.label
        for target in knowledge.targets
        if target.provisioning.gate_open == "no-policy" and target.provisioning.ability != "none"
    }
    assert told


def test_what_nobody_knows_is_empty_and_asks_for_help(pages: dict[str, html.HtmlElement]) -> None:
    page = pages["settings/AllowCamera.html"]
    unknown = page.xpath("//tr[starts-with(.//*[@class='says'], 'unknown')]")
    assert unknown
    for row in unknown:
        assert words(row.xpath("td[@data-head='Does it']")[0].text_content()) == "help us test"
        assert row.xpath(".//a/@href[. = '../docs/testing-a-phone.html']")
    inferred = page.xpath("//tr[.//span[contains(@class, 'says')][contains(., '(inferred)')]]")
    assert inferred
    assert all(row.xpath(".//td[contains(@class, 'e-inferred')]") for row in inferred)


def test_a_wrong_cell_is_reported_with_the_text_that_explain_prints(
    pages: dict[str, html.HtmlElement], knowledge: Knowledge
) -> None:
    row = pages["settings/AllowCamera.html"].xpath("//tr[starts-with(td[1], 'windows-phone 7.0')]")[0]
    targets = resolve(["windows-phone==7.*"], knowledge)
    wanted = "\n".join(explain_for("AllowCamera", targets, knowledge, report=True))
    assert row.xpath(".//pre/code")[0].text_content().strip() == wanted.strip()


# --- for programs


def test_the_files_for_programs_hold_everything(built: dict[str, str], knowledge: Knowledge) -> None:
    kinds = {
        kind: json.loads(built[f"api/v1/{kind}.json"])
        for kind in ["properties", "clients", "rules", "servers", "sources", "cells"]
    }
    for kind, found in kinds.items():
        DOCUMENTS[kind].model_validate(found)
    sources = {each["id"] for each in kinds["sources"]["sources"]}
    assert sources == set(knowledge.sources)
    assert [each["family"] for each in kinds["clients"]["clients"]] == list(knowledge.families)
    assert len(kinds["properties"]["properties"]) == len(knowledge.catalogue.properties)
    assert len(kinds["rules"]["rules"]) == len(knowledge.rulebook.rules)
    assert len(kinds["servers"]["servers"]) == len(knowledge.servers)
    releases = sum(len(each["releases"]) for each in kinds["cells"]["cells"])
    concerned = sum(known.neutral is not None for known in knowledge.catalogue)
    assert releases == concerned * len(knowledge.targets)
    assert all(set(each["sources"]) <= sources for each in kinds["cells"]["cells"])


def test_the_feed_has_every_change(built: dict[str, str], knowledge: Knowledge) -> None:
    feed = etree.fromstring(built["changes.xml"].encode())
    atom = "{http://www.w3.org/2005/Atom}"
    assert [each.text for each in feed.iterfind(f"{atom}entry/{atom}title")] == [
        each["version"] for each in knowledge.changes
    ]


def test_the_scoreboard_counts_every_cell(pages: dict[str, html.HtmlElement], knowledge: Knowledge) -> None:
    both = [
        sum(int(cell.text_content()) for row in table.xpath(".//tbody/tr[count(td) = 4]") for cell in row[2:])
        for table in pages["scoreboard.html"].xpath("//table")
    ]
    asked = sum(target.provisioning.ability != "none" for target in knowledge.targets)
    assert both == [asked * sum(known.kind == "device" for known in knowledge.catalogue)] * 2


# --- hostile names, and the command


def test_a_hostile_pack_stays_text(tmp_path: Path, pages: dict[str, html.HtmlElement]) -> None:
    shutil.copytree(ROOT / "examples" / "own-pack", tmp_path / "pack")
    names = itertools.cycle(each for each in HOSTILE if len(each) < 100)
    for folder, keys in (("", "title"), ("devices", "note|name"), ("checks", "meaning|why|fix")):
        for path in (tmp_path / "pack" / folder).glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            text = re.sub(rf'\b({keys}) = ".*?"', lambda found: f"{found[1]} = {json.dumps(next(names))}", text)
            path.write_text(text, encoding="utf-8")
    made = site(load(own=[tmp_path / "pack"]))
    usual = {str(each.tag) for page in pages.values() for each in page.iter()}
    seen = set()
    for place, text in made.items():
        assert "\u202e" not in text, place
        if place.endswith(".html") and not place.startswith("files/"):
            page = html.document_fromstring(text)
            assert {str(each.tag) for each in page.iter()} <= usual, place
            assert not page.xpath("//script[not(@src)] | //style"), place
            assert not [name for each in page.iter() for name in each.attrib if name.startswith("on")]
            seen |= {name for name in HOSTILE if name in page.text_content()}
    assert len(seen) > 5


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main([str(tmp_path)]) == 2
    assert "holds something else" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
    assert main([str(tmp_path / "out"), "--try-it"]) == 2
    assert "usage" in capsys.readouterr().err
    assert main([str(tmp_path / "out"), "--try-it", str(tmp_path)]) == 2
    assert "npm install pyodide" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_command_builds_and_builds_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main([str(out)]) == 0
    first = (out / "index.html").read_bytes()
    assert main([str(out)]) == 0
    assert (out / "index.html").read_bytes() == first
    assert "index.html" in capsys.readouterr().out
