"""Whoever meets a word in a report can ask what it means: `policylint explain WORD`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policylint.judging.answer import MET
from policylint.judging.findings import SEVERITIES
from policylint.judging.report import ACCESS, VERDICTS
from policylint.knowledge import Knowledge
from policylint.knowledge.query import QueryError, resolve
from policylint.matrix.words import SHORT, SUPPORTS
from policylint.pages import UnknownSubjectError, explain, explain_for
from policylint.pages.glossary import GLOSSARY
from policylint.pages.word import topics

TESTS = Path(__file__).parent
GOLDENS = sorted(TESTS.glob("*/goldens/*.json.golden"))
KEYS = {"verdict", "access", "effect", "support", "severity", "evidence", "state", "direction", "kind"}
"""The keys of JSON whose values are words."""


def words_in(found: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield the words that stand in a JSON document, each with its key."""
    if isinstance(found, dict):
        if key == "demands":
            yield from ((key, word) for word in found)
        for name, value in found.items():
            yield from words_in(value, name)
    elif isinstance(found, list):
        for each in found:
            yield from words_in(each, key)
    elif isinstance(found, str) and key in KEYS:
        yield key, found


def page(word: str, knowledge: Knowledge) -> str:
    return "\n".join(explain(word, knowledge))


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_every_word_of_a_golden_report_is_explained(golden: Path, knowledge: Knowledge) -> None:
    unexplained = []
    for key, word in set(words_in(json.loads(golden.read_text(encoding="utf-8")))):
        if key == "kind" and word in ("changed", "now-shown", "no-longer-shown", "unreadable", "own-key"):
            continue  # they stand as sentences in what people read
        try:
            page(word, knowledge)
        except UnknownSubjectError:
            unexplained.append((key, word))
    assert unexplained == []


def test_the_goldens_hold_words() -> None:
    found = {word for golden in GOLDENS for _, word in words_in(json.loads(golden.read_text(encoding="utf-8")))}
    assert {"refused", "maybe", "let-in", "blocks-sync", "weakened"} <= found


@pytest.mark.parametrize("word", [*ACCESS, *VERDICTS, *MET, *SUPPORTS, *SEVERITIES, *SHORT.values()])
def test_every_word_of_the_program_is_explained(word: str, knowledge: Knowledge) -> None:
    assert page(word, knowledge).splitlines()[0] == word.replace(" ", "-")


def test_every_effect_is_explained(knowledge: Knowledge) -> None:
    for rule in knowledge.rulebook.rules:
        assert "ffect of a finding" in page(rule.effect, knowledge)


def test_a_word_of_several_places_is_explained_for_each(knowledge: Knowledge) -> None:
    text = page("unknown", knowledge)
    for kind in ("verdict", "demands met", "what a client does with a setting", "effect of a finding"):
        assert kind in text


def test_a_word_is_found_in_any_case(knowledge: Knowledge) -> None:
    assert page("Let-In", knowledge) == page("let-in", knowledge)


def test_no_word_hides_a_device_or_a_property(knowledge: Knowledge) -> None:
    for word in [*GLOSSARY, *topics(knowledge)]:
        assert knowledge.catalogue.searched(word) is None
        rule = knowledge.rulebook.named(word)
        assert rule is None or rule.entry["meaning"].split()[0] in page(word, knowledge)
        with pytest.raises(QueryError):
            resolve([word], knowledge)


@pytest.mark.parametrize(
    ("topic", "key"),
    [("pin", "MinDevicePasswordLength"), ("encryption", "RequireDeviceEncryption"), ("camera", "AllowCamera")],
)
def test_a_topic_shows_its_settings_and_the_common_clients(topic: str, key: str, knowledge: Knowledge) -> None:
    text = page(topic, knowledge)
    assert re.search(rf"^{key}\b", text, re.MULTILINE)
    for family in {target.family.id for target in knowledge.targets if target.common}:
        assert family in text


def test_every_server_is_explained_by_its_aliases(knowledge: Knowledge) -> None:
    for server in knowledge.servers:
        for name in (server.id, *server.aliases):
            assert page(name, knowledge).splitlines()[0] == f"{server.id}: {server.name}"


def test_a_text_for_an_issue_names_the_cells_and_their_sources(knowledge: Knowledge) -> None:
    targets = resolve(["outlook-mobile", "wp7"], knowledge)
    text = "\n".join(explain_for("AllowCamera", targets, knowledge, report=True))
    assert f"knowledge {knowledge.version} (as of {knowledge.as_of})" in text
    for target in targets:
        cell = target.cell("AllowCamera")
        assert cell.support in text
        for source in cell.sources:
            assert f"- `{source}`: {knowledge.sources[source].title}" in text
    assert "`windows-phone 7.0–7.8` / `AllowCamera`" in text


def test_of_a_property_some_devices_only(knowledge: Knowledge) -> None:
    text = "\n".join(explain_for("AllowCamera", resolve(["wp7"], knowledge), knowledge))
    assert "windows-phone 7.0–7.8" in text
    assert "android-mail" not in text.partition("What devices do with it")[2].partition("Sources")[0]


def test_what_no_device_acts_on_has_no_devices(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownSubjectError, match="--device goes with one"):
        list(explain_for("EAS101", resolve(["wp7"], knowledge), knowledge))
