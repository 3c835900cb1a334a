"""--profile, and where profiles are listed and explained."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT

from policylint.knowledge import Knowledge

Output = Callable[..., str]
CHECK = ("check", "examples/fabrikam.json", "--device", "teams-rooms", "--profile", "cis-exchange-2019")
OWN = """
id = "house-2026"
title = "Our own standard for mobile devices, 2026"
sources = ["house-standard"]

[[controls]]
id = "P1"
property = "MinDevicePasswordLength"
at_least = 10
evidence = "inferred"
note = "The standard says long."
sources = ["house-standard"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A pack of one's own with one profile."""
    pack = shutil.copytree(ROOT / "examples" / "own-pack", tmp_path / "pack")
    (pack / "profiles").mkdir()
    (pack / "profiles" / "house.toml").write_text(OWN, encoding="utf-8")
    return pack


def test_a_profile_adds_warnings_and_names_itself(output: Output) -> None:
    printed = output(*CHECK, "--group", "line")
    assert printed.count("warning EAS501") == 5
    assert "--profile cis-exchange-2019): 0 errors, 5 warnings" in printed
    assert "EAS501" not in output(*CHECK[:-2])
    output(*CHECK, "--fail-on", "warning", code=1)


def test_json_with_a_profile_is_what_the_schema_says(output: Output) -> None:
    document = json.loads(output(*CHECK, "--output", "json"))
    schema = json.loads((ROOT / "docs" / "schema" / "report-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    (history,) = [each for each in document["findings"] if each["property"] == "DevicePasswordHistory"]
    assert (history["rule"], history["spelling"], history["value"]) == ("EAS501", "PasswordHistory", 0)
    assert [each["id"] for each in history["sources"]] == ["CIS-EX2019", "EDCA"]


def test_profiles_are_repeated_and_one_named_twice_counts_once(output: Output, own: Path) -> None:
    profiles = ("--profile", "house-2026", "--profile", "CIS-Exchange-2019")
    printed = output(*CHECK, *profiles, "--rules", str(own), "--group", "line")
    assert printed.count("warning EAS501") == 6
    assert "control P1, which asks for 10 or more" in printed
    assert "--profile cis-exchange-2019 --profile house-2026)" in printed


def test_an_unknown_profile_is_one_line_with_the_nearest_name(output: Output) -> None:
    printed = output("check", "examples/fabrikam.json", "--profile", "cis-exchange-2016", code=2)
    assert printed == ("policylint: error: unknown profile 'cis-exchange-2016'; did you mean cis-exchange-2019?\n")


def test_the_list_of_rules_shows_profiles_and_what_they_ask_for(output: Output, knowledge: Knowledge) -> None:
    listed = output("rules").partition("\n\n")[2].splitlines()
    (profile,) = knowledge.profiles
    assert profile.title in listed[0]
    for line, control in zip(listed[1:], profile.controls, strict=True):
        assert line.split()[:2] == [control.id, control.known.key]
        assert line.endswith(f"  {control.evidence}")
        assert f"  {control.requirement} " in line


@pytest.mark.parametrize("command", ["explain", "rules"])
def test_the_page_of_a_profile_has_its_notes_and_sources(command: str, output: Output, knowledge: Knowledge) -> None:
    printed = output(command, "CIS-Exchange-2019")
    (profile,) = knowledge.profiles
    words = " ".join(printed.split())
    for control in profile.controls:
        assert f"{control.id} {control.known.key} {control.requirement} {control.evidence} [" in words
        assert (control.note or "") in words
    assert "did you mean cis-exchange-2019" in output(command, "cis-exchange", code=2)


def test_an_own_profile_is_explained_and_replaces_a_shipped_one_with_a_note(output: Output, own: Path) -> None:
    assert "The standard says long." in output("explain", "house-2026", "--rules", str(own))
    assert output("rules", "check", str(own)) == "the pack is in order\n"
    path = own / "profiles" / "house.toml"
    path.write_text(OWN.replace("house-2026", "cis-exchange-2019"), encoding="utf-8")
    assert "house.toml replaces the profile cis-exchange-2019" in output(*CHECK, "--rules", str(own))


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('"MinDevicePasswordLength"', '"MinPasswordLenght"', 8, "MinPasswordLenght is no property"),
        ('"MinDevicePasswordLength"', '"Name"', 8, "Name says which policy it is"),
        ("at_least = 10", 'at_least = "ten"', 9, "this does not fit MinDevicePasswordLength"),
        ("at_least = 10", 'at_least = "$null"', 9, "'$null' is no size"),
        ("at_least = 10\n", "", 6, "a control asks for something"),
        ("at_least = 10", "at_leats = 10", 9, "at_leats"),
        ('note = "The standard says long."\n', "", 6, "an inferred control must say in its note"),
        ('"inferred"', '"believed"', 10, "evidence"),
        ('sources = ["house-standard"]\n\n', 'sources = ["nowhere"]\n\n', 4, "source 'nowhere'"),
        ('long."\nsources = ["house-standard"]', 'long."\nsources = ["nowhere"]', 12, "source 'nowhere'"),
        ('id = "house-2026"', 'id = "House 2026"', 2, "id"),
        ("[[controls]]", '[[controls]]\nid = "P1"\nproperty = "AllowCamera"\nequals = false\nevidence = "documented"\n'
         'sources = ["house-standard"]\n\n[[controls]]', 13, "control P1 is described twice"),
    ],
)  # fmt: skip
def test_a_profile_that_is_wrong_is_refused_with_file_and_line(
    output: Output, own: Path, old: str, new: str, line: int, message: str
) -> None:
    path = own / "profiles" / "house.toml"
    assert old in OWN
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    told = f"{path}:{line}: "
    assert any(
        each.startswith(told) and message in each for each in output("rules", "check", str(own), code=1).splitlines()
    )
    assert told in output(*CHECK, "--rules", str(own), code=2)


def test_an_example_may_not_name_a_profile_that_does_not_exist(output: Output, own: Path) -> None:
    (path,) = (own / "checks").iterdir()
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('title = "Six characters"', 'title = "Six characters"\nprofile = "cis"'), encoding="utf-8"
    )
    assert "unknown profile 'cis'" in output("rules", "check", str(own), code=1)


def test_nothing_says_who_complies(output: Output) -> None:
    told = [
        output(*CHECK),
        output(*CHECK, "--output", "json"),
        output("explain", "cis-exchange-2019"),
        output("explain", "EAS501"),
        output("explain", "EAS502"),
    ]
    written = [
        *(ROOT / "rules" / "profiles").iterdir(),
        *(ROOT / "rules" / "checks").glob("EAS5*"),
        *(ROOT / "docs" / "reference" / "rules").glob("EAS5*"),
        ROOT / "docs" / "profiles.md",
        ROOT / "docs" / "reference" / "profiles.md",
    ]
    told += [path.read_text(encoding="utf-8") for path in written]
    assert not [text for text in told if "complian" in text.casefold()]
    whole_pack = [path.read_text(encoding="utf-8") for path in (ROOT / "rules").rglob("*.toml")]
    assert not [text for text in [*whole_pack, output("rules")] if "compliant with" in text.casefold()]
