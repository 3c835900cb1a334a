"""The stored compiled form of the pack: it says what the TOML files say, and steps aside when they change."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policylint.knowledge import compile_pack, load, pack_directory
from policylint.knowledge.agents import load_agents
from policylint.knowledge.agents.compile import compiled_agents
from policylint.knowledge.digest import COMPILED, COMPILED_AGENTS, digest, stored_form
from policylint.knowledge.pack.compile import compiled, compiled_text
from policylint.knowledge.pack.reading import PackError

RULES = pack_directory()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack, with a compiled form that is up to date."""
    directory = tmp_path / "rules"
    shutil.copytree(RULES, directory)
    (directory / COMPILED).write_text(compiled_text(compiled(directory)), encoding="utf-8")
    return directory


def retitled(directory: Path) -> str:
    """Change a title in sources.toml and return the id of its source."""
    path = directory / "sources.toml"
    name, source = next(iter(load(directory).sources.items()))
    path.write_text(path.read_text(encoding="utf-8").replace(source.title, "A new title", 1), encoding="utf-8")
    return name


@pytest.fixture
def checkout(pack: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy as the pack of a checkout, which has no compiled form yet."""
    monkeypatch.setattr("policylint.knowledge.pack_directory", lambda: pack)
    monkeypatch.setattr("policylint.knowledge.agents.files.pack_directory", lambda: pack)
    (pack / COMPILED).unlink()
    return pack


def stored(pack: Path) -> dict[str, object]:
    form = stored_form(pack / COMPILED, digest(pack))
    assert form is not None
    del form["digest"]
    return {**form, "families": [json.loads(head["line"]) for head in form["families"]]}


def test_a_checkout_makes_the_form_and_makes_it_anew(checkout: Path):
    load()
    first = stored(checkout)
    assert first == compile_pack(checkout)
    name = retitled(checkout)
    assert load().sources[name].title == "A new title"
    assert stored(checkout) == compile_pack(checkout) != first
    assert not list(checkout.glob(".*"))


def test_a_checkout_that_cannot_be_written_to_works(checkout: Path):
    (checkout / COMPILED).mkdir()
    name = retitled(checkout)
    assert load().sources[name].title == "A new title"


def test_a_pack_that_is_named_is_not_written_to(checkout: Path):
    load(checkout)
    assert not (checkout / COMPILED).exists()


def test_what_is_installed_is_not_written_to(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("policylint.knowledge._PACKAGE", checkout.parent)
    load()
    assert not (checkout / COMPILED).exists()


def test_what_is_installed_is_not_compared_with_its_files(pack: Path, monkeypatch: pytest.MonkeyPatch):
    """A wheel was made of them, and its files bear the time at which they were installed."""
    monkeypatch.setattr("policylint.knowledge.pack_directory", lambda: pack)
    monkeypatch.setattr("policylint.knowledge._PACKAGE", pack.parent)
    name, source = next(iter(load().sources.items()))
    retitled(pack)
    assert load().sources[name].title == source.title


def test_an_up_to_date_form_is_used_instead_of_the_files(pack: Path):
    path = pack / COMPILED
    text = path.read_text(encoding="utf-8").replace('"version":"', '"version":"compiled ', 1)
    path.write_text(text, encoding="utf-8")
    assert load(pack).version.startswith("compiled ")


def test_a_changed_file_counts_at_once(pack: Path):
    name = retitled(pack)
    assert load(pack).sources[name].title == "A new title"


def test_a_file_that_was_added_counts_at_once(pack: Path):
    texts = [path.read_text(encoding="utf-8") for path in sorted((pack / "checks").glob("*.toml"))]
    text = next(text for text in texts if "[[when]]" in text)
    known = next(each for each in load(pack).rulebook.rules if f'id = "{each.id}"' in text)
    text = text.replace(f'"{known.id}"', '"NEW001"').replace(f'"{known.name}"', '"new-rule"')
    (pack / "checks" / "NEW001.toml").write_text(text, encoding="utf-8")
    assert load(pack).rulebook.named("new-rule")


def test_a_profile_that_was_changed_counts_at_once(pack: Path):
    path = pack / "profiles" / "cis-exchange-2019.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("at_least = 4", "at_least = 5"), encoding="utf-8")
    assert {each.requirement for each in load(pack).profiles[0].controls} >= {"5 or more"}


def test_a_file_that_was_taken_away_is_no_longer_known(pack: Path):
    path = next((pack / "devices").glob("*.toml"))
    path.unlink()
    assert path.stem not in load(pack).families


def test_a_change_that_breaks_the_pack_is_not_hidden_by_the_compiled_form(pack: Path):
    path = pack / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[", encoding="utf-8")
    with pytest.raises(PackError):
        load(pack)


def test_a_change_that_leaves_the_size_as_it_is_counts_at_once(pack: Path):
    path = pack / "sources.toml"
    name, source = next(iter(load(pack).sources.items()))
    other = source.title[:-1] + "#"
    path.write_text(path.read_text(encoding="utf-8").replace(source.title, other, 1), encoding="utf-8")
    assert load(pack).sources[name].title == other


def test_a_family_is_parsed_when_it_is_asked_for(pack: Path):
    """A run that judges for one family pays nothing for the others."""
    path = pack / COMPILED
    first, *families = path.read_bytes().split(b"\n")
    name = json.loads(families[0])["family"]
    path.write_bytes(b"\n".join([first, b"{", *families[1:]]))
    known = load(pack)
    assert [target.cell("AllowCamera") for target in known.targets if target.family.id != name]
    assert known.families[name].targets[0].label
    with pytest.raises(ValueError, match="Expecting"):
        known.families[name].targets[0].cell("AllowCamera")


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"digest": null}'])
def test_a_damaged_form_is_passed_over(pack: Path, damaged: bytes):
    (pack / COMPILED).write_bytes(damaged)
    name = retitled(pack)
    assert load(pack).sources[name].title == "A new title"


def test_a_missing_form_is_no_harm(pack: Path):
    (pack / COMPILED).unlink()
    name = retitled(pack)
    assert load(pack).sources[name].title == "A new title"


class TestAgents:
    def test_a_checkout_makes_a_form_of_their_own(self, checkout: Path):
        knowledge = load()
        made = load_agents(knowledge)
        form = json.loads((checkout / COMPILED_AGENTS).read_bytes())
        assert form == json.loads(json.dumps(compiled_agents(knowledge, checkout)))
        again = load_agents(knowledge)
        asked = [text for entry in made.agents for text in entry.examples]
        assert [again.identify_agent(text) for text in asked] == [made.identify_agent(text) for text in asked]

    @pytest.mark.parametrize("changed", ["agents.toml", "apple-builds.toml", "sources.toml"])
    def test_a_changed_file_counts_at_once(self, checkout: Path, changed: str):
        knowledge = load()
        load_agents(knowledge)
        (checkout / changed).write_text("[", encoding="utf-8")
        if changed == "sources.toml":
            assert json.loads((checkout / COMPILED_AGENTS).read_bytes())["digest"] != digest(checkout, agents=True)
        else:
            with pytest.raises(PackError):
                load_agents(knowledge)

    def test_it_is_read_without_the_shape_of_the_files(self):
        load_agents(load())
        code = "from policylint.knowledge import load; from policylint.knowledge.agents import load_agents as agents;"
        code += "agents(load()).identify_agent('Apple-iPhone3C1/901.334'); import sys; print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert not {"pydantic", "tomllib"} & set(done.stdout.split())
