"""docs/reference/ is what the generator makes of the knowledge: it says all of it, and every link leads somewhere."""

import os
import re
from itertools import chain, count
from typing import get_args

import pytest
from conftest import ROOT

from policylint.handbook import pages, words
from policylint.handbook.markdown import anchors, code, said_once, table
from policylint.handbook.page import MARK, Page
from policylint.knowledge import Knowledge
from policylint.knowledge.pack.link_family import MANY_FACTS, SINGLE_FACTS
from policylint.knowledge.pack.schema import FamilyFile, Properties, RuleFile

REFERENCE = ROOT / "docs" / "reference"
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"^(`{3,}).*?^\1$|(`+).*?\2", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> dict[str, str]:
    return pages(knowledge)


def without_code(text: str) -> str:
    return CODE.sub("", text)


def anchors_of(text: str) -> set[str]:
    """The anchors of a page, by the rules of github-slugger."""
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.MULTILINE):
        shown = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", heading).replace("`", "").replace("\\", "")
        slug = "".join(letter for letter in shown.lower() if letter.isalnum() or letter in " -_").replace(" ", "-")
        candidates = chain([slug], (f"{slug}-{number}" for number in count(1)))
        found.add(next(each for each in candidates if each not in found))
    return found


def row_of(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("|") and name in line)


def test_nothing_else_lies_between_them() -> None:
    assert {path.suffix for path in REFERENCE.rglob("*") if path.is_file()} == {".md"}


def test_every_link_and_anchor_leads_somewhere(made: dict[str, str]) -> None:
    places = {(REFERENCE / place).resolve(): anchors_of(text) for place, text in made.items()}
    broken = []
    for place, text in made.items():
        here = (REFERENCE / place).resolve()
        for address, anchor in LINK.findall(text):
            there = (here.parent / address).resolve() if address else here
            if there not in places and there.is_file():
                places[there] = anchors_of(there.read_text(encoding="utf-8"))
            if there not in places or (anchor and anchor not in places[there]):
                broken.append(f"{place}: {address}#{anchor}")
    assert not broken


def test_every_page_can_be_reached(made: dict[str, str]) -> None:
    reached = {"README.md"}
    while (
        new := {
            os.path.normpath(os.path.join(os.path.dirname(place), address)).replace(os.sep, "/")
            for place in reached
            for address, _ in LINK.findall(made[place])
            if address
        }
        & set(made) - reached
    ):
        reached |= new
    assert reached == set(made)


# --- they say everything


def test_every_family_has_its_page_and_its_row(made: dict[str, str], knowledge: Knowledge) -> None:
    for family in knowledge.families.values():
        page = made[f"devices/{family.id}.md"]
        assert f"`{family.id}`" in row_of(made["README.md"], f"devices/{family.id}.md")
        for name in (*family.aliases, *family.tags):
            assert f"`{name}`" in page
        for target in family.targets:
            assert f"| {target.version} | {target.date or 'unknown'} |" in page


def test_every_property_has_its_page_or_its_row(made: dict[str, str], knowledge: Knowledge) -> None:
    for known in knowledge.catalogue.properties:
        text = made["identity.md" if known.kind == "identity" else f"properties/{known.key}.md"]
        for name in filter(None, (*known.spellings, known.phone_name)):
            assert f"`{name}`" in text
        if known.kind != "identity":
            assert row_of(made["README.md"], f"properties/{known.key}.md")


def test_every_rule_has_its_page_and_its_row(made: dict[str, str], knowledge: Knowledge) -> None:
    for rule in knowledge.rulebook.rules:
        text = made[f"rules/{rule.id}-{rule.name}.md"]
        assert all(part in text for part in (rule.severity, f"`{rule.effect}`", f"`{rule.message}`"))
        assert text.count("\n### ") == len(rule.entry["examples"])
        assert rule.name in row_of(made["README.md"], f"rules/{rule.id}-{rule.name}.md")


def test_every_source_has_its_row_and_its_section(made: dict[str, str], knowledge: Knowledge) -> None:
    rows = re.findall(r"^\| \[(.*?)\]\(#(.*?)\) \|", made["sources.md"], re.MULTILINE)
    assert sorted(name.replace("\\", "") for name, _ in rows) == sorted(knowledge.sources)
    assert {anchor for _, anchor in rows} == anchors_of(made["sources.md"]) - {"sources"}


def test_every_statement_on_a_setting_keeps_its_sources(made: dict[str, str], knowledge: Knowledge) -> None:
    cited = {
        place: {name.replace("\\", "") for name in re.findall(r"\[([^]]*)\]\(\.\./sources\.md#", text)}
        for place, text in made.items()
    }
    for target in knowledge.targets:
        if target.provisioning.ability != "none":
            for key in target.family.support:
                sources = set(target.cell(key).sources)
                assert sources <= cited[f"devices/{target.family.id}.md"]
                assert sources <= cited[f"properties/{key}.md"]


def test_every_setting_is_on_every_device_page_and_back(made: dict[str, str], knowledge: Knowledge) -> None:
    for family in knowledge.families.values():
        if all(target.provisioning.ability == "none" for target in family.targets):
            continue
        for known in knowledge.catalogue.properties:
            if known.kind == "device":
                assert f"](../properties/{known.key}.md)" in made[f"devices/{family.id}.md"]
                assert f"](../devices/{family.id}.md)" in made[f"properties/{known.key}.md"]


def test_what_nobody_has_documented_is_listed(made: dict[str, str], knowledge: Knowledge) -> None:
    for family in knowledge.families.values():
        asked = [target for target in family.targets if target.provisioning.ability != "none"]
        settings = [known.key for known in knowledge.catalogue.properties if known.kind == "device"]
        blank = [
            key
            for key in settings
            if asked and all(cell.support == "unknown" and not cell.note for cell in (t.cell(key) for t in asked))
        ]
        found = re.search(r"^Nobody has documented what it does with (?:these )?(\w+) settings?: (.*)$",
                          made[f"devices/{family.id}.md"], re.MULTILINE)  # fmt: skip
        assert bool(found) == bool(blank)
        if found:
            assert re.findall(r"`(\w+)`", found[2]) == blank
            assert found[1] == ("one" if len(blank) == 1 else str(len(blank)))


def test_what_was_taken_from_another_family_says_so(made: dict[str, str], knowledge: Knowledge) -> None:
    for family in knowledge.families.values():
        for parent in {cell.inherited for cell in family.cells if cell.inherited}:
            assert f"taken from [`{parent}`]({parent.split()[0]}.md)" in made[f"devices/{family.id}.md"]


# --- they can be read


def test_pages_are_plain_markdown(made: dict[str, str]) -> None:
    for place, text in made.items():
        assert text.endswith(f"{MARK}\n"), place
        assert "\r" not in text, place
        assert not re.search(r"[ \t]$|\n{3}", text, re.MULTILINE), place
        assert not re.search(r"(?<!\\)<(?!https?://)", without_code(text)), f"{place} holds HTML"
        assert not re.search(r"(?<=\w)(?<!\\)_(?=\w)", re.sub(r"\(.*?\)|<.*?>", "", without_code(text))), place
        assert not re.search(r"[|(`]\s*None\b", text), place


def test_the_rows_of_a_table_are_as_long_as_its_head(made: dict[str, str]) -> None:
    for place, text in made.items():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1, place


def test_words_are_there_for_all_that_a_pack_may_say() -> None:
    def allowed(model: type, field: str) -> set[str]:
        return {value for value in get_args(model.model_fields[field].annotation) if isinstance(value, str)}  # type: ignore[attr-defined]

    (provisioning,) = get_args(FamilyFile.model_fields["provisioning"].annotation)
    (entry,) = get_args(Properties.model_fields["properties"].annotation)
    assert set(words.ABILITIES) == allowed(provisioning, "ability")
    assert set(words.WITH_THE_GATE_OPEN) == allowed(provisioning, "gate_open")
    assert set(words.STRICTER) | {"ordered"} == allowed(entry, "stricter")
    assert set(words.SCOPES) == allowed(entry, "scope")
    assert set(words.EFFECTS) == allowed(RuleFile, "effect")
    assert set(words.FACTS) == {*SINGLE_FACTS, *MANY_FACTS} - {"provisioning", "known_bugs", "facts", "instead"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b and *c* <d> [e]", "`a_b` and \\*c\\* \\<d\\> \\[e\\]"),
        ("AllowCamera False", "[`AllowCamera`](../properties/AllowCamera.md) False"),
        ("allowcamera, Name and Identity", "allowcamera, Name and Identity"),
        ("the name PasswordRequired", "the name [`PasswordRequired`](../properties/DevicePasswordEnabled.md)"),
        ("see EAS101.", "see [`EAS101`](../rules/EAS101-setting-blocks-sync.md)."),
        ("pass $true or --device wp7", "pass `$true` or `--device` wp7"),
        ("(also https://example.com/a_b).", "(also <https://example.com/a_b>)."),
        ("7. of many", "7\\. of many"),
    ],
)
def test_a_text_of_the_pack_shows_as_it_is(knowledge: Knowledge, text: str, shown: str) -> None:
    assert Page("devices/x.md", "X", knowledge).prose(text) == shown


def test_markdown_shapes() -> None:
    assert code("a`b") == "`` a`b ``"
    assert anchors(["A b", "KB1", "kb1", "x_y (z)"]) == ["a-b", "kb1", "kb1-1", "x_y-z"]
    assert table(["A", "B", "C"], [["1|2", "", "3"]]) == "| A | C |\n| --- | --- |\n| 1\\|2 | 3 |"
    assert said_once([["a", "1"], ["a", "2"], ["b", "3"]]) == [["a", "1"], ["", "2"], ["b", "3"]]
