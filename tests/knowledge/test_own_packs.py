"""Packs of one's own: laid over the shipped one, overriding by name with a note."""

from pathlib import Path

import pytest
from conftest import ROOT

from policylint.knowledge import load
from policylint.knowledge.pack.reading import PackError
from policylint.knowledge.query import fold, resolve

FAMILY = """
family = "house-mail"
name = "House Mail"

[[spans]]
versions = ">=1"
name = "All"
releases = [{ version = "1.0", current = true }]

[[provisioning]]
ability = "partial-answer"
gate_open = "enforces-what-it-can"

[[support]]
properties = ["AllowCamera"]
support = "blocks"
evidence = "documented"
note = "Has no say over the camera."
sources = ["house-test"]
"""
SOURCES = '[house-test]\ntitle = "Our own test"\n'
RULE = """
id = "HOU001"
name = "house-length"
severity = "error"
effect = "invalid"
message = "{property} {value} is below our minimum"
meaning = "m"
why = "w"
fix = "f"
sources = ["house-test"]

[[when]]
property = "MinDevicePasswordLength"
below = 8

[[examples]]
title = "too short"
settings = { DevicePasswordEnabled = true, MinDevicePasswordLength = 6, AllowNonProvisionableDevices = true }
finds = ["MinDevicePasswordLength"]

[[examples]]
title = "long enough"
settings = { DevicePasswordEnabled = true, MinDevicePasswordLength = 8, AllowNonProvisionableDevices = true }
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "devices").mkdir()
    (tmp_path / "checks").mkdir()
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "devices" / "house.toml").write_text(FAMILY, encoding="utf-8")
    (tmp_path / "checks" / "HOU001.toml").write_text(RULE, encoding="utf-8")
    return tmp_path


def test_families_and_rules_are_added_without_a_note(own: Path) -> None:
    knowledge = load(own=[own])
    assert fold(resolve(["house-mail"], knowledge)) == "house-mail 1.0"
    assert knowledge.rulebook.named("house-length")
    assert knowledge.notes == []
    assert set(load().families) < set(knowledge.families)


def test_what_has_the_same_name_is_replaced_with_a_note(own: Path) -> None:
    text = FAMILY.replace('"house-mail"', '"nine"')
    (own / "devices" / "house.toml").write_text(text, encoding="utf-8")
    knowledge = load(own=[own])
    assert knowledge.families["nine"].name == "House Mail"
    (note,) = knowledge.notes
    assert "replaces the family nine" in note


def test_a_later_pack_wins_over_an_earlier_one(own: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    (second / "devices").mkdir(parents=True)
    text = FAMILY.replace("House Mail", "Other Mail")
    (second / "devices" / "x.toml").write_text(text, encoding="utf-8")
    assert load(own=[own, second]).families["house-mail"].name == "Other Mail"


def test_an_own_family_may_inherit_from_a_shipped_one(own: Path) -> None:
    text = FAMILY + (
        '\n[[inherits]]\nfamily = "gmail"\nrelease = "5"\nevidence = "inferred"\n'
        'note = "Made from it."\nsources = ["house-test"]\n'
    )
    (own / "devices" / "house.toml").write_text(text, encoding="utf-8")
    (target,) = resolve(["house-mail"], load(own=[own]))
    assert target.cell("AllowCamera").inherited is None
    cell = target.cell("AllowWiFi")
    assert (cell.inherited, cell.evidence, cell.sources) == ("gmail 5", "inferred", ("house-test",))
    assert (cell.note or "").endswith("Made from it.")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("devices/house.toml", '"house-test"', '"nowhere"', r"house\.toml:\d+: source 'nowhere'"),
        ("checks/HOU001.toml", "below = 8", 'below = "eight"', r"HOU001\.toml:\d+: this does not fit"),
        ("checks/HOU001.toml", 'fix = "f"', 'fix = "f"\ndevices = ["ipone"]', r"HOU001\.toml:\d+: unknown device"),
        ("checks/HOU001.toml", '"HOU001"', '"EAS1"', r"HOU001\.toml:\d+: id"),
    ],
)
def test_a_pack_that_is_wrong_is_refused_with_file_and_line(
    own: Path, file: str, old: str, new: str, message: str
) -> None:
    path = own / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=message):
        load(own=[own])


def test_a_directory_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="holds no pack"):
        load(own=[tmp_path])


def test_gmail_inherits_from_the_open_source_client() -> None:
    gmail = load(ROOT / "rules").families["gmail"]
    assert {target.cell("AllowWiFi").inherited for target in gmail.targets[:5]} == {"android-mail 5.1"}
    assert {target.cell("DevicePasswordEnabled").inherited for target in gmail.targets[:5]} == {None}
