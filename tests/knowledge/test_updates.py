"""Every cell, fact, conflict, source, build, model and release of the updates to the research stands in the pack.

The cells of families that were there before are held by `test_data.py`. Without the research these tests are skipped.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet
from updates import EXCLUDED, FILES, NAMES, NEW_FAMILIES, every, updated_cells

from policylint.knowledge import load, pack_directory
from policylint.knowledge.agents import load_agents
from policylint.knowledge.pack.reading import read_pack

KNOWLEDGE = load()
AGENTS = load_agents(KNOWLEDGE)

pytestmark = pytest.mark.skipif(len(FILES) < len(NAMES), reason="the research is not at hand")

SERVER = "(server)"


def releases_of(family: str, versions: str) -> frozenset[str]:
    known = [target.version for target in KNOWLEDGE.families[family].targets]
    return frozenset(SpecifierSet("" if versions == "*" else versions).filter(known))


def statements(family: str) -> Iterator[tuple[frozenset[str], str | None, set[str], str]]:
    """Yield what the pack states of a family: releases, evidence, sources, text."""
    known = KNOWLEDGE.families[family]
    versions = [target.version for target in known.targets]
    for part in ("facts", "known_bugs"):
        for each in known.entry[part]:
            covered = frozenset(versions[at] for at in each["releases"])
            yield covered, each.get("evidence"), set(each["sources"]), each["text"]


def stated(where: str, versions: str, evidence: str, sources: Iterable[str]) -> bool:
    if where in (SERVER, "*"):
        server_facts = [*KNOWLEDGE.server_facts, *(note for server in KNOWLEDGE.servers for note in server.facts)]
        return any(fact.evidence == evidence and set(sources) <= set(fact.sources) for fact in server_facts)
    wanted = releases_of(where, versions)
    return any(
        covered == wanted and grade == evidence and set(sources) <= used
        for covered, grade, used, _ in statements(where)
    )


@pytest.mark.parametrize("source", sorted({name for file in FILES.values() for name in file["sources"]}))
def test_a_source_is_known(source: str):
    found = [file["sources"][source] for file in FILES.values() if source in file["sources"]]
    known = KNOWLEDGE.sources[source]
    assert (known.title, known.url or "", known.date) in [(each["title"], each["url"], each["date"]) for each in found]


@pytest.mark.parametrize("fact", every("facts"), ids=lambda fact: f"{fact['family']} {fact['text'][:40]}")
def test_a_fact_is_stated(fact: dict[str, Any]):
    if fact.get("kind") == "enforcement excluded, answer unknown":
        family = KNOWLEDGE.families[fact["family"]]
        wanted = releases_of(fact["family"], fact["versions"])
        cells = [
            target.cell(name)
            for target in family.targets
            if target.version in wanted
            for name in EXCLUDED[fact["family"], fact["versions"]]
        ]
        assert {cell.support for cell in cells} == {"unmet"}
        assert all(set(fact["sources"]) <= set(cell.sources) for cell in cells)
    else:
        assert stated(fact["family"], fact["versions"], fact["evidence"], fact["sources"])


def test_only_the_properties_named_are_unmet():
    unmet = {
        (target.label, key)
        for target in KNOWLEDGE.targets
        for key in target.family.support
        if target.cell(key).support == "unmet"
    }
    assert unmet == {
        (f"{family} {version}", name)
        for (family, versions), names in EXCLUDED.items()
        for version in releases_of(family, versions)
        for name in names
    }


@pytest.mark.parametrize("conflict", every("conflicts"), ids=lambda conflict: conflict["subject"])
def test_a_conflict_is_told_with_what_was_made_of_it(conflict: dict[str, Any]):
    told = [
        (family.id, each, {name for side in each["sides"] for name in side["sources"]})
        for family in KNOWLEDGE.families.values()
        for each in family.entry["conflicts"]
    ]
    if "family" in conflict:
        wanted = releases_of(conflict["family"], conflict["versions"])
        found = [
            each
            for family, each, _ in told
            if family == conflict["family"]
            and {KNOWLEDGE.families[family].targets[at].version for at in each["releases"]} == wanted
            and {name.strip() for name in conflict["property"].split(",")} == set(each["properties"])
        ]
    else:
        found = [each for _, each, sources in told if set(conflict["sources"]) <= sources]
    assert found
    assert all(each["taken"] for each in found)


def test_what_was_not_taken_stays_out():
    for cell in every("cells_not_taken"):
        wanted = releases_of(cell["family"], cell["versions"])
        for target in KNOWLEDGE.families[cell["family"]].targets:
            if target.version in wanted:
                assert target.cell(cell["property"]).support == "unknown"


# --- new families


def with_statement() -> list[dict[str, Any]]:
    return [each for each in every("new_families") if each.get("sources") or each["spans"]]


def test_new_families_are_those_with_a_sourced_statement():
    assert {each["family"] for each in with_statement()} <= NEW_FAMILIES
    assert not {each["family"] for each in every("new_families")} - {each["family"] for each in with_statement()} & set(
        KNOWLEDGE.families
    )


@pytest.mark.parametrize("found", with_statement(), ids=lambda found: found["family"])
def test_a_new_family_says_what_was_found(found: dict[str, Any]):
    family = KNOWLEDGE.families[found["family"]]
    for span in found["spans"]:
        for version in releases_of(family.id, span["versions"]):
            target = next(each for each in family.targets if each.version == version)
            provisioning = span["provisioning"]
            assert (target.provisioning.ability, target.provisioning.gate_open) == (
                provisioning["ability"],
                provisioning["gate_open"],
            )
            assert {key: (cell.support, cell.evidence) for key in family.support for cell in [target.cell(key)]} == {
                key: (cell["support"], cell["evidence"]) for key, cell in span["settings"].items()
            }
            for key, cell in span["settings"].items():
                assert set(cell["sources"]) <= set(target.cell(key).sources)
    for source in found.get("sources", []):
        assert any(source in used for _, _, used, _ in statements(family.id))


@pytest.mark.parametrize("name", ["outlook-mac", "outlook-new", "thunderbird-exchange", "k9", "teams-rooms"])
def test_clients_without_mailbox_policies_have_an_answer(name: str):
    for target in KNOWLEDGE.families[name].targets:
        for known in KNOWLEDGE.catalogue.properties:
            if known.kind == "device":
                assert target.cell(known.key).support == "not-applicable"
                assert target.cell(known.key).sources


# --- releases, builds, models


@pytest.mark.parametrize("build", every("ios_builds"), ids=lambda build: build["build"])
def test_a_build_is_read(build: dict[str, Any]):
    version = build["version"].replace(" (a)", "+a")
    number = build["agent_number"] or "2304.77133000001"
    found = AGENTS.identify_agent(f"Apple-iPhone15C4/{number}")
    assert found.version == version
    assert ("build", build["build"]) in found.shown
    assert build["source"] in found.sources


@pytest.mark.parametrize("model", every("apple_models"), ids=lambda model: model["identifier"])
def test_a_model_is_named(model: dict[str, Any]):
    kind, _, number = model["identifier"].partition(",")
    found = AGENTS.identify_agent(f"Apple-{kind}C{number}/2401.446")
    assert ("hardware", f"{model['identifier']} ({model['name']})") in found.shown


@pytest.mark.parametrize("release", every("releases"), ids=lambda each: f"{each['line']} {each['version']}")
def test_a_release_is_told(release: dict[str, Any]):
    texts = [
        (text, used, KNOWLEDGE.families[name].targets)
        for name in KNOWLEDGE.families
        for _, _, used, text in statements(name)
    ]
    texts += [(note.text, set(note.sources), []) for server in KNOWLEDGE.servers for note in server.facts]
    wanted = set(release["sources"])
    assert not wanted or any(wanted <= used for _, used, _ in texts)


@pytest.mark.parametrize("name", ["ios", "macos-mail", "gmail", "samsung-email"])
def test_the_newest_releases_are_current(name: str):
    assert KNOWLEDGE.families[name].targets[-1].current


def test_no_sentence_of_the_updates_is_copied():
    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for each in value.values() if isinstance(value, dict) else value:
                yield from texts(each)

    theirs = {
        sentence.strip(" .")
        for part in ("cells", "cells_optional", "facts", "conflicts", "new_families", "releases")
        for text in texts(every(part))
        for sentence in text.split(". ")
        if len(sentence) > 45
    }
    files = read_pack(pack_directory())
    ours = {
        sentence.strip(" .")
        for entry in (*files.families.values(), *files.servers.values(), *files.server_facts)
        for text in texts(json.loads(entry.model.model_dump_json()))
        for sentence in text.split(". ")
    }
    assert not theirs & ours


def test_the_cells_of_new_families_follow_the_updates():
    for name in NEW_FAMILIES:
        versions = [target.version for target in KNOWLEDGE.families[name].targets]
        assert updated_cells(name, versions, {}) == {}  # the updates state their cells in `new_families` only
