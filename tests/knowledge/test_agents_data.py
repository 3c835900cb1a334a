"""The shipped agents hold what the research behind them holds, in words of their own; real agents agree with them.

Without the research at hand these tests are skipped.
"""

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import SHARED

from policylint.knowledge import load, pack_directory
from policylint.knowledge.agents import Identification, load_agents
from policylint.knowledge.agents.builds import number_of
from policylint.knowledge.pack.reading import read_file
from policylint.knowledge.pack.schema.agents import AgentsFile

RESEARCH = SHARED / "knowledge" / "agents.json"
INVENTORY = SHARED / "exports" / "inventories" / "user-agents-2012.tsv"
LOGGED = SHARED / "exports" / "iis" / "user-agents.tsv"

KNOWLEDGE = load()
AGENTS = load_agents(KNOWLEDGE)
DATA = read_file(pack_directory() / "agents.toml", AgentsFile).model
TABLE = tomllib.loads((pack_directory() / "apple-builds.toml").read_text(encoding="utf-8"))

researched = pytest.mark.skipif(not RESEARCH.is_file(), reason="the research is not at hand")
inventoried = pytest.mark.skipif(not INVENTORY.is_file(), reason="the inventories are not at hand")


def found() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(RESEARCH.read_text(encoding="utf-8"))
    return data


def plain(entry: Any) -> tuple[Any, ...]:
    candidates = [
        each if isinstance(each, dict) else each.model_dump(exclude_none=True) for each in entry["candidates"]
    ]
    return entry["result"], candidates, entry.get("client"), entry.get("field"), sorted(entry["sources"])


_WIDENED = {r"^Nokia(?P<model>[\w]+)/": r"^Nokia(?P<model>[\w-]+)/"}
"""Patterns that take more than the research has, by how they begin."""
_ADDED = {"firefox-os", "teams-rooms"}
"""Families whose agents came with an update."""


@researched
def test_every_pattern_is_shipped_in_its_order() -> None:
    shipped = [entry.model_dump(exclude_none=True) for entry in DATA.agents]
    first = [entry for entry in shipped if not {each["family"] for each in entry["candidates"]} & _ADDED]
    for ours, theirs in zip(first, found()["user_agents"], strict=True):
        pattern = theirs["pattern"]
        for narrow, wide in _WIDENED.items():
            pattern = pattern.replace(narrow, wide)
        assert ours["pattern"] == pattern
        assert plain(ours)[:-1] == plain(theirs)[:-1], ours["pattern"]
        assert set(theirs["sources"]) <= set(ours["sources"])
        examples = [text.split(" (also ")[0] for text in theirs["examples"]]
        assert set(examples) <= set(ours["examples"]), ours["pattern"]


@researched
def test_every_type_is_shipped() -> None:
    shipped = [entry.model_dump(exclude_none=True) for entry in DATA.types]
    first = [entry for entry in shipped if "EASProbeDeviceType" not in entry["values"]]
    for ours, theirs in zip(first, found()["device_types"], strict=True):
        assert plain(ours)[:-1] == plain(theirs)[:-1]
        assert set(theirs["sources"]) <= set(ours["sources"])
        assert set(theirs.get("values", ())) <= set(ours["values"])
        assert ours["prefixes"] == ([theirs["prefix"]] if "prefix" in theirs else [])


@researched
def test_every_device_os_and_id_is_shipped() -> None:
    for ours, theirs in zip(DATA.systems, found()["device_os"], strict=True):
        assert (ours.pattern, ours.sources) == (theirs["pattern"], theirs["sources"])
        assert theirs["family"] in [each.family for each in ours.candidates] or theirs["family"] is None
        assert theirs["example"] in ours.examples
    for entry, named in zip(DATA.ids, found()["device_ids"], strict=True):
        assert (named.get("prefix") or named["equals"]) in (*entry.prefixes, *entry.values)
        assert [each.family for each in entry.candidates] == ([named["family"]] if named["family"] else [])
        assert entry.sources == named["sources"]


@researched
def test_every_build_and_model_is_shipped() -> None:
    builds = [(build, version, source) for source, some in TABLE["builds"].items() for build, version in some.items()]
    rows = found()["ios_builds"]["rows"]
    assert set(builds) >= {(build, version, source) for build, version, _, _, source in rows}
    for build, version, stage, number, _ in rows:
        assert number_of(build) == number
        assert stage == ("beta" if "b" in version else "rc" if "rc" in version else "release")
    models = [(name, device, source) for source, some in TABLE["models"].items() for name, device in some.items()]
    corrected = {"iPad14C10", "iPad14C11"}
    assert set(models) >= {
        (row[0], row[2], row[3]) for row in found()["apple_models"]["rows"] if row[0] not in corrected
    }
    assert TABLE["majors"].items() >= found()["ios_decoding"]["major_by_leading_number"].items()


@researched
def test_every_build_of_the_table_is_told_from_an_agent() -> None:
    for build, version, _, number, source in found()["ios_builds"]["rows"]:
        told = AGENTS.identify_agent(f"Apple-iPhone/{number}")
        assert (told.version, dict(told.shown)["build"]) == (version, build)
        assert source in told.sources


def prose(value: Any, key: str = "") -> Iterator[str]:
    """Every sentence: not the patterns, agents and ids, which are facts."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("pattern", "examples", "example", "rows", "values", "sources", "reads", "imitated"):
                yield from prose(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from prose(inner, key)
    elif isinstance(value, str):
        yield re.sub(r"\W+", " ", value.casefold())


@researched
def test_no_sentence_is_copied() -> None:
    theirs = " ~ ".join(prose(found()))
    comments = re.findall(r"#(.*)", (pack_directory() / "apple-builds.toml").read_text(encoding="utf-8"))
    for text in (*prose(DATA.model_dump()), *prose(comments)):
        for start in range(len(text) - 40):
            assert text[start : start + 41] not in theirs, text


# --- real agents

_LABELS = {
    "Android": ({"android"}, {"android vendor", "lg", "moxier", "other Android vendor", "remoba", "roadsync"}),
    "Helio Ocean": (set(), {"Helio"}),
    "Blackberry": (set(), {"BlackBerry"}),
    "MeeGo": ({"nokia"}, set()),
    "Microsoft Zune": (set(), {"zune"}),
    "Nokia-EAS": ({"nokia"}, set()),
    "Palm OS": (set(), {"palm-os"}),
    "Symbian": (set(), {"roadsync"}),
    "WebOS": ({"palm"}, set()),
    "Windows 8": ({"microsoft"}, set()),
    "Windows Mobile": ({"microsoft"}, {"Windows Mobile"}),
    "Windows Phone 7": ({"microsoft"}, set()),
}
"""For each label of the authors: a tag of the families that fit, and the clients (or words of the note) that do."""


def agrees(told: Identification, label: str) -> bool:
    tags, clients = _LABELS.get(label, ({"apple"}, {"iPhone"}))
    if told.families:
        return all(tags & set(family.tags) for family in told.families)
    return told.client in clients or any(word in (told.note or "") for word in clients)


@inventoried
def test_real_agents_are_taken_for_what_their_authors_called_them() -> None:
    with INVENTORY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    told = {row["user_agent"]: AGENTS.identify_agent(row["user_agent"]) for row in rows}
    assert "unknown" not in {each.kind for each in told.values()}
    apart = {row["user_agent"] for row in rows if not agrees(told[row["user_agent"]], row["label_of_the_author"])}
    # a slip of the authors; a generic string and a Java client, which no client can be named for
    assert apart <= {"RIM-Playbook/2.0", "Microsoft-PocketPC/3.0", "Apache-HttpClient/UNAVAILABLE (java 1.4)"}
    assert sum(bool(each.targets) for each in told.values()) >= 180
    for row in rows:
        if row["ios_version"]:
            each = told[row["user_agent"]]
            assert (dict(each.shown)["build"], each.version) == (row["ios_build"], row["ios_version"])


@inventoried
def test_real_agents_of_logs_are_known() -> None:
    for line in LOGGED.read_text(encoding="utf-8").splitlines()[1:]:
        agent = line.split("\t")[0]
        if "(DeviceType)" not in agent and "*" not in agent:
            assert AGENTS.identify_agent(agent).kind != "unknown", agent


@inventoried
def test_agents_in_real_log_lines_are_identified() -> None:
    lines = [line for path in LOGGED.parent.glob("*.log") for line in path.read_text(encoding="utf-8").splitlines()]
    fields = [field for line in lines for field in line.split() if re.match(r"(Apple-|Android|Nokia)", field)]
    assert fields
    for field in fields:
        assert AGENTS.identify_agent(field).kind != "unknown", field


# --- what the families themselves say

_NOT_IN_THE_PATTERNS = {"libeas", "MeeGo"}
_SHARED_TYPES = {("surface-hub", "WindowsMail"), ("firefox-os", "SmartPhone")}


def test_the_agents_and_types_of_each_span_lead_to_it() -> None:
    for family in KNOWLEDGE.families.values():
        for target in family.targets:
            for text in target.span.get("user_agents", ()):
                told = AGENTS.identify_agent(text)
                assert text in _NOT_IN_THE_PATTERNS or family in told.families, text
                assert text in _NOT_IN_THE_PATTERNS or any(each.span is target.span for each in told.targets), text
            for value in target.span.get("device_types", ()):
                if value not in _NOT_IN_THE_PATTERNS and (family.id, value) not in _SHARED_TYPES:
                    assert target in AGENTS.identify_type(value).targets, value
