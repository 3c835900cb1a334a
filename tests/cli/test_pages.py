"""policylint devices, rules, explain and --version."""

from collections.abc import Callable

import pytest

from policylint.knowledge import Knowledge
from policylint.schemas.lists import DOCUMENTS

Output = Callable[..., str]


def test_version_names_program_and_knowledge(output: Output, knowledge: Knowledge) -> None:
    assert knowledge.version in output("--version")
    assert knowledge.as_of in output("--version")


def test_devices_prints_what_a_query_stands_for(output: Output) -> None:
    printed = output("devices", "wp7")
    assert [line.split("  ")[1] for line in printed.splitlines()[1:]] == [
        "windows-phone 7.0",
        "windows-phone 7.5",
        "windows-phone 7.8",
    ]


@pytest.mark.parametrize("kind", ["devices", "rules"])
def test_lists_for_programs_have_the_published_shape(output: Output, knowledge: Knowledge, kind: str) -> None:
    listed = DOCUMENTS[kind].model_validate_json(output(kind, "--output", "json"))
    rows = getattr(listed, kind)
    assert len(rows) == len(knowledge.targets if kind == "devices" else knowledge.rulebook.rules)
    assert any(row.sources for row in rows)


def test_devices_without_a_query_lists_every_family(output: Output, knowledge: Knowledge) -> None:
    printed = output("devices")
    assert all(f"{family}: " in printed for family in knowledge.families)


def test_rules_lists_every_rule(output: Output, knowledge: Knowledge) -> None:
    printed, _, _ = output("rules").partition("\n\n")
    assert [line.split()[0] for line in printed.splitlines()] == [rule.id for rule in knowledge.rulebook.rules]


@pytest.mark.parametrize("name", ["EAS101", "eas101", "setting-blocks-sync"])
def test_a_rule_is_found_by_id_and_name(output: Output, name: str) -> None:
    for command in ("rules", "explain"):
        printed = output(command, name)
        assert printed.startswith("EAS101 setting-blocks-sync")
        assert "Sources" in printed


def test_explain_finds_a_property_by_the_name_on_the_phone(output: Output) -> None:
    printed = output("explain", "IdleTimeoutFrequencyValue")
    assert printed.startswith("MaxInactivityTimeDeviceLock")
    assert "MaxInactivityTimeLock" in printed


@pytest.mark.parametrize("name", ["MinDevicePasswordLength", "minpasswordlength"])
def test_a_property_page_shows_what_there_is_to_know(output: Output, knowledge: Knowledge, name: str) -> None:
    printed = output("explain", name, "--full")
    for part in ("MinDevicePasswordLength", "MinPasswordLength", "1 to 16", "$null or 0 or 1", "neutral value"):
        assert part in printed
    shown = printed.split("What devices do with it")[1]
    assert set(knowledge.families) <= set(shown.split())


def test_every_source_of_a_property_page_is_listed(output: Output, knowledge: Knowledge) -> None:
    printed = output("explain", "RequireDeviceEncryption", "--full")
    body, _, listed = printed.partition("\nSources\n")
    for target in knowledge.targets:
        for source in target.cell("RequireDeviceEncryption").sources:
            assert f"[{source}]" in listed
    assert "[" in body


def test_a_property_fits_a_screen_and_names_every_family_and_source(output: Output, knowledge: Knowledge) -> None:
    printed = output("explain", "RequireDeviceEncryption")
    assert len(printed.splitlines()) <= 60
    words = set(printed.replace("[", " ").replace("]", " ").replace(",", " ").replace(";", " ").split())
    assert set(knowledge.families) <= words
    for target in knowledge.targets:
        cell = target.cell("RequireDeviceEncryption")
        if cell.support != "unknown" and target.provisioning.ability != "none":
            assert set(cell.sources) <= words


def test_a_family_by_its_name_is_shown_with_all_that_is_known(output: Output) -> None:
    printed = output("devices", "surface-hub")
    assert "surface-hub 1703" in printed
    assert "Needs this value" in printed
    assert "Sources" in printed


def test_a_device_page_covers_every_setting(output: Output, knowledge: Knowledge) -> None:
    printed = output("explain", "wp7")
    assert "windows-phone 7.0–7.8" in printed
    for known in knowledge.catalogue.properties:
        if known.kind == "device":
            assert known.key in printed


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("explain", "MaxInactivityTime"), "MaxInactivityTimeLock"),
        (("explain", "setting-blocks"), "setting-blocks-sync"),
        (("rules", "EAS999"), "EAS"),
        (("devices", "iphon"), "iphone"),
    ],
)
def test_an_unknown_name_is_one_line_with_the_nearest(output: Output, arguments: tuple[str, ...], near: str) -> None:
    printed = output(*arguments, code=2)
    assert near in printed
    assert printed.count("\n") == 1


def test_what_a_family_inherits_is_said(output: Output) -> None:
    printed = output("explain", "gmail<10")
    assert "as android-mail 5.1 (inferred)" in printed
    assert "certificates" in output("explain", "ios==12")


def test_pages_know_packs_of_ones_own(output: Output) -> None:
    own = ("--rules", "examples/own-pack")
    assert "house-scanner 2.0" in output("devices", "scanner", *own)
    assert output("explain", "house-short-password", *own).startswith("HOUSE001")
    assert "HOUSE001" in output("rules", *own)
    assert "house-scanner" in output("rules", "coverage", *own)
