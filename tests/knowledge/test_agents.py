"""What agents and DeviceTypes are taken for: the examples of the data, the traps, any text at all."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policylint.knowledge import load, pack_directory
from policylint.knowledge.agents import LONGEST, Identification, load_agents, together
from policylint.knowledge.pack.reading import read_file
from policylint.knowledge.pack.schema.agents import AgentsFile
from policylint.knowledge.query import as_query, resolve

KNOWLEDGE = load()
AGENTS = load_agents(KNOWLEDGE)
DATA = read_file(pack_directory() / "agents.toml", AgentsFile).model
EXAMPLES = [(entry, text) for entry in DATA.agents for text in (*entry.examples, *entry.imitated)]


def labels(found: Identification) -> list[str]:
    return [target.label for target in found.targets]


def both(agent: str, device_type: str) -> Identification:
    return together(AGENTS.identify_agent(agent), AGENTS.identify_type(device_type), DATA.trust.both)


# --- the examples of the data


@pytest.mark.parametrize(("entry", "text"), EXAMPLES, ids=[text for _, text in EXAMPLES])
def test_every_example_is_taken_for_what_its_entry_says(entry: Any, text: str) -> None:
    found = AGENTS.identify_agent(text)
    assert (found.kind, found.client, found.note) == (entry.result, entry.client, entry.note)
    assert [family.id for family in found.families] == list(dict.fromkeys(each.family for each in entry.candidates))
    assert bool(found.targets) == bool(entry.candidates)
    assert set(entry.sources) <= set(found.sources) <= set(KNOWLEDGE.sources)


@pytest.mark.parametrize("entry", DATA.agents, ids=lambda entry: entry.pattern)
def test_what_an_entry_reads_is_read_in_an_example(entry: Any) -> None:
    found = [AGENTS.identify_agent(text) for text in entry.examples]
    for label in entry.shows.values():
        assert any(label in dict(each.shown) for each in found), label
    if entry.version and not entry.version.means:
        assert any(each.version for each in found)
    if entry.hardware:
        assert any("hardware" in dict(each.shown) for each in found)


@pytest.mark.parametrize("entry", DATA.systems, ids=lambda entry: entry.pattern)
def test_every_device_os_is_taken_for_what_its_entry_says(entry: Any) -> None:
    for text in entry.examples:
        assert AGENTS.identify_os(text).note == entry.note


def named_values() -> Iterator[tuple[str, Any, str]]:
    for entry in DATA.types:
        for value in (*entry.values, *entry.examples):
            yield "type", entry, value
    for entry in DATA.ids:
        for value in (*entry.values, *(f"{each}0123" for each in entry.prefixes)):
            yield "id", entry, value


@pytest.mark.parametrize(("what", "entry", "value"), tuple(named_values()), ids=lambda value: str(value)[:30])
def test_every_type_and_id_is_taken_for_what_its_entry_says(what: str, entry: Any, value: str) -> None:
    found = AGENTS.identify_type(value) if what == "type" else AGENTS.identify_id(value)
    assert (found.kind, found.note) == (entry.result, entry.note)
    assert found.version is None


def test_the_query_selects_exactly_what_was_identified() -> None:
    asked = [AGENTS.identify_agent(text) for _, text in EXAMPLES]
    asked += [AGENTS.identify_type(value) for entry in DATA.types for value in (*entry.values, *entry.examples)]
    for found in asked:
        if found.targets:
            assert set(resolve([as_query(found.targets)], KNOWLEDGE)) == set(found.targets)


def test_a_query_for_scattered_releases_names_each() -> None:
    targets = [
        target for target in KNOWLEDGE.families["windows-phone"].targets if target.version in ("7.0", "8.0", "10")
    ]
    assert set(resolve([as_query(targets)], KNOWLEDGE)) == set(targets)


# --- versions


@pytest.mark.parametrize(
    ("agent", "version", "releases"),
    [
        ("Apple-iPhone3C1/801.293", "4.0", ["ios 4.0"]),
        ("iOS/11.2.6 (15D100) dataaccessd/1.0", "11.2.6", ["ios 11.0.1"]),
        ("Apple-iPhone3C1/803.148", "4.2.1", ["ios 4.2.1"]),
        ("Apple-iPhone18C1/2306.77", "26.5", ["ios 26.0"]),
        ("SAMSUNG-GT-S5830/100.20303", "2.3.3", ["samsung-email 2.3"]),
        ("SAMSUNG-SM-N900V/101.403", "4.3", ["samsung-email 4.3"]),
        ("Android/4.0.2-EAS-1.3", "4.0.2", ["android-mail 4.0"]),
        ("Outlook/16.0 (16.0.7167.6539; C2R; x86)", "16", ["outlook-desktop 16"]),
        ("Outlook/15.0", "15", ["outlook-desktop 15"]),
        ("N900/1.1", None, ["nokia-maemo 5"]),
        ("MeeGo-MfE/1.2", None, ["nokia-maemo 6"]),
        ("Thunderbird ActiveSync Lightning/6.2", None, ["tbsync 0.10"]),
        ("Thunderbird ActiveSync", None, ["tbsync 0.10", "tbsync 4.18", "tbsync 5.3.4"]),
        ("WindowsMail/16.2.3237.0215", None, ["windows-mail 8.0", "windows-mail 8.1"]),
    ],
)
def test_the_version_decides_on_the_release(agent: str, version: str | None, releases: list[str]) -> None:
    found = AGENTS.identify_agent(agent)
    assert (found.version, labels(found)) == (version, releases)


@pytest.mark.parametrize(
    ("agent", "release", "said"),
    [
        ("Apple-iPhone18C1/2306.77", "ios 26.0", "the nearest release below it"),
        ("Apple-iPhone18C1/2401.446", "ios 27.0", "the newest release the knowledge describes"),
        ("Apple-iPhone/702.405", "ios 3.2", "the nearest release below it"),
        ("Apple-iPhone/801.26000002", "ios 4.0", "test version"),
        ("TouchDown(MSRPC)/6.1.0007", "touchdown 7.1", "whose span"),
        ("Android/8.0-EAS-2.0", "android-mail 7.1", "outside every span"),
        ("SAMSUNG-X/101.1000", "samsung-email 10", "not confirmed"),
    ],
)
def test_a_release_that_only_comes_near_is_said_to(agent: str, release: str, said: str) -> None:
    found = AGENTS.identify_agent(agent)
    assert labels(found) == [release]
    assert said in " ".join(found.sure)


def test_a_version_older_than_all_releases_is_no_release() -> None:
    found = AGENTS.identify_agent("Apple-iPhone/301.10900001")
    assert (found.kind, found.version, found.targets) == ("family", "1.1.1", ())
    assert "older than every release" in found.sure[0]


@pytest.mark.parametrize(
    ("number", "releases"),
    [
        ("799.1", "ios>=3,<4"),
        ("812.99", "ios>=4,<5"),
        ("2201.99999", "ios 18.0"),
        ("2307.99999", "ios 26.0"),
        ("101.1", "ios"),
    ],
)
def test_a_build_that_is_not_in_the_table_tells_the_major_version_at_best(number: str, releases: str) -> None:
    found = AGENTS.identify_agent(f"Apple-iPhone/{number}")
    assert found.version is None
    assert found.targets == resolve([releases], KNOWLEDGE)
    assert "not in the table" in found.sure[0]


def test_a_build_newer_than_all_in_the_table_counts_as_the_newest_release() -> None:
    found = AGENTS.identify_agent("Apple-iPhone/9901.1")
    assert (found.version, found.targets) == (None, resolve(["ios>=27"], KNOWLEDGE))
    assert "newer than every build in the table" in found.sure[0]


def test_hardware_is_named_where_it_is_known() -> None:
    assert ("hardware", "iPhone3,1 (iPhone 4)") in AGENTS.identify_agent("Apple-iPhone3C1/801.293").shown
    assert ("hardware", "iPhone99,9 (not known)") in AGENTS.identify_agent("Apple-iPhone99_9/801.293").shown
    assert ("hardware", "iPhone19,2 (iPhone 18 Pro)") in AGENTS.identify_agent("Apple-iPhone19C2/2401.437").shown


# --- the traps


def test_a_pc_with_the_agent_of_a_phone_is_told_by_its_type() -> None:
    assert AGENTS.identify_agent("MSFT-WP/10.0.10240").kind == "candidates"
    assert labels(both("MSFT-WP/10.0.10240", "WindowsMail")) == ["windows-mail 10"]
    guess = both("MSFT-WP/10.0.10240", "WP8")
    assert labels(guess) == ["windows-phone 10"]
    assert "guess" in (guess.note or "")


def test_without_an_agent_the_type_is_all_there_is() -> None:
    assert AGENTS.identify_agent("-").kind == AGENTS.identify_agent("").kind == "no-family"
    assert labels(both("-", "WP8")) == ["windows-phone 8.0", "windows-phone 8.1", "windows-phone 10"]


def test_the_build_order_is_not_the_version_order() -> None:
    assert AGENTS.identify_agent("Apple-iPad1C1/702.367").version == "3.2"
    assert AGENTS.identify_agent("Apple-iPhone1C2/703.144").version == "3.1"


def test_one_string_of_many_releases_names_them_all() -> None:
    releases = [label.removeprefix("android-mail ") for label in labels(AGENTS.identify_agent("Android/0.3"))]
    assert releases == ["2.0", "2.1", "2.2", "2.2.1", "2.3", "2.3.7"]
    assert len(AGENTS.identify_agent("Android-Mail/7.5").targets) == len(KNOWLEDGE.families["gmail"].targets)


@pytest.mark.parametrize("device_type", ["iPhone", "Thunderbird", "nonsense"])
def test_an_imitation_stays_one_whatever_the_type(device_type: str) -> None:
    found = both("Apple-iPhone/702.67 (EAS Thunderbird Connector)", device_type)
    assert (found.kind, found.targets) == ("imitation", ())


def test_a_string_that_an_imitation_sends_is_marked() -> None:
    assert "posing" in AGENTS.identify_agent("Android-Mail/2026.03.09.884664556.Release").sure[0]
    assert "posing" not in " ".join(AGENTS.identify_agent("Android-Mail/2026.03.09.1.Release").sure)


def test_a_test_site_is_no_phone() -> None:
    assert AGENTS.identify_type("TestActiveSyncConnectivity").kind == "no-family"


def test_an_agent_is_always_called_a_claim() -> None:
    for _, text in EXAMPLES:
        found = AGENTS.identify_agent(text)
        assert not found.targets or DATA.trust.agent in found.sure


# --- both


@pytest.mark.parametrize(
    ("agent", "device_type", "said", "releases"),
    [
        ("Apple-iPhone3C1/801.293", "iPhone", "agree", ["ios 4.0"]),
        ("Apple-iPhone3C1/301.10900001", "iPhone", "agree", []),
        ("MSFT-WP/7.10.7720", "WP", "agree", ["windows-phone 7.5", "windows-phone 7.8"]),
        ("Moto-MB860/4.5.141", "Android", "agree", ["motorola-mail 2.2", "motorola-mail 2.3"]),
        ("Apple-iPhone3C1/801.293", "WP", "disagree", ["windows-phone 7.0", "windows-phone 7.5", "windows-phone 7.8"]),
        ("Apple-iPhone3C1/301.10900001", "webos", "disagree", None),
        ("Apple-iPhone3C1/801.293", "Android", "disagree", None),
        ("Apple-iPhone3C1/801.293", "OWA for Devices on Sb7", "disagree", []),
        ("Apple-iPhone3C1/801.293", "nonsense", "DeviceType is unknown", ["ios 4.0"]),
        ("nonsense", "webos", "agent names no family", None),
        ("nonsense", "nonsense", "neither is known", []),
    ],
)
def test_agent_and_type_together(agent: str, device_type: str, said: str, releases: list[str] | None) -> None:
    found = both(agent, device_type)
    assert said in found.sure[0]
    assert labels(found) == (labels(AGENTS.identify_type(device_type)) if releases is None else releases)


def test_capitals_in_a_type_do_not_matter_but_are_mentioned() -> None:
    found = AGENTS.identify_type("htcbravo")
    assert [family.id for family in found.families] == ["htc-mail"]
    assert "capitals" in found.sure[0]
    assert "capitals" not in " ".join(AGENTS.identify_type("HTCOnemini2").sure)


# --- any text


def test_an_agent_from_a_log_has_a_plus_for_each_blank() -> None:
    found = AGENTS.identify_agent("iOS/6.0+(10A403)+dataaccessd/1.0")
    assert (found.kind, found.version) == ("family", "6.0")
    assert AGENTS.identify_agent(" Apple-iPhone3C1/801.293\n").version == "4.0"


def test_a_text_longer_than_any_agent_is_not_looked_up() -> None:
    for found in (AGENTS.identify_agent("Moto-" + "x" * LONGEST), AGENTS.identify_type("HTC" + "x" * LONGEST)):
        assert found.kind == "unknown"
        assert "longer" in found.sure[0]


PIECES = st.sampled_from(
    [*(text for _, text in EXAMPLES), "1", ".1", "-EAS-", "/", "MailforExchange", "iOS/", "9" * 400]
)


@given(st.one_of(st.text(max_size=1200), st.lists(PIECES, max_size=30).map("".join)))
@example("Android/" + "1.1" * 330)
@example("Android/1.1" + "-EAS-" * 198)
@example("Nokia" + "A" * 990)
@example("SAMSUNG-" + "-" * 980 + "/100.1")
@example("iOS/" + "1." * 490)
@example("RIM-Playbook/" + "9" * 900)
def test_no_text_raises_or_hangs(text: str) -> None:
    found = AGENTS.identify_agent(text)
    assert found.sure or not found.targets
    for answer in (AGENTS.identify_type(text), AGENTS.identify_os(text), AGENTS.identify_id(text)):
        together(found, answer, "")
