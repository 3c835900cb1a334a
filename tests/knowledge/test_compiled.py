"""The stored compiled form of the pack: it says what the TOML files say, and steps aside when they change."""

import json
import shutil
from pathlib import Path

import pytest

from policylint.knowledge import COMPILED, compile_pack, load, pack_directory
from policylint.knowledge.digest import digest
from policylint.knowledge.pack.compile import compiled_text
from policylint.knowledge.pack.reading import PackError

RULES = pack_directory()
HOW = "run `python -m policylint.knowledge.pack.compile` and commit what it writes"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack, with a compiled form that is up to date."""
    directory = tmp_path / "rules"
    shutil.copytree(RULES, directory)
    (directory / COMPILED).write_text(compiled_text(directory), encoding="utf-8")
    return directory


def retitled(directory: Path) -> str:
    """Change a title in sources.toml and return the id of its source."""
    path = directory / "sources.toml"
    name, source = next(iter(load(directory).sources.items()))
    path.write_text(path.read_text(encoding="utf-8").replace(source.title, "A new title", 1), encoding="utf-8")
    return name


def test_the_stored_form_is_that_of_the_files():
    stored = RULES / COMPILED
    assert stored.is_file(), f"{stored.name} is missing: {HOW}"
    form = json.loads(stored.read_bytes())
    assert form.pop("digest") == digest(RULES), f"{stored.name} is out of date: {HOW}"
    assert form == compile_pack(RULES), f"{stored.name} is not what the files say: {HOW}"


def test_an_up_to_date_form_is_used_instead_of_the_files(pack: Path):
    path = pack / COMPILED
    form = json.loads(path.read_bytes())
    form["pack"]["version"] = "from the compiled form"
    path.write_text(json.dumps(form), encoding="utf-8")
    assert load(pack).version == "from the compiled form"


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


def test_line_endings_are_no_change(pack: Path):
    before = digest(pack)
    for path in pack.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest(pack) == before


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"digest": null}'])
def test_a_damaged_form_is_passed_over(pack: Path, damaged: bytes):
    (pack / COMPILED).write_bytes(damaged)
    name = retitled(pack)
    assert load(pack).sources[name].title == "A new title"


def test_a_missing_form_is_no_harm(pack: Path):
    (pack / COMPILED).unlink()
    name = retitled(pack)
    assert load(pack).sources[name].title == "A new title"
