"""Fleets of devices that behave by a hidden table: nothing false is learned, and then all is as predicted."""

import json
import random
from pathlib import Path
from typing import Any

from fleets import KINDS, Files, csv_of, device, report_of, told, whole_policy, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.exports.reader import read_document
from policylint.fleet.learned_pack import write as write_pack
from policylint.fleet.report import FleetReport
from policylint.judging.cells import refusal
from policylint.judging.demands import demands_of, demands_on
from policylint.knowledge import Knowledge, load
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Target
from policylint.knowledge.observed import bounds
from policylint.learning.observed import written
from policylint.policies.reading import PolicyReader
from policylint.session import load_knowledge
from policylint.values import Value

KNOWLEDGE = load()
TARGETS = {kind: next(target for target in KNOWLEDGE.targets if target.label.startswith(kind)) for kind in KINDS}
Table = dict[str, list[Value]]


def tried(known: Property) -> list[Any]:
    """Values that ask something, as an export prints them."""
    if known.type == "bool":
        found: list[Any] = [True, False]
    elif known.members:
        found = list(known.members)
    elif known.type.endswith("timespan"):
        found = ["00:05:00", "00:15:00", "1.00:00:00"]
    elif known.type.endswith("list"):
        found = [["a.exe"], ["a.exe", "b.exe"]]
    else:
        found = [2, 4, 8]
    return [value for value in found if not known.is_neutral(known.written(value))]


ASKED = {known.key: tried(known) for known in KNOWLEDGE.catalogue if known.kind == "device" and known.neutral}


def table_of(target: Target, chance: random.Random) -> Table:
    """What a release really refuses: as documented, else by chance, a value and all stricter ones."""
    table: Table = {}
    for key, values in ASKED.items():
        known, cell = KNOWLEDGE.catalogue[key], target.cell(key)
        plain = [known.written(value) for value in values]
        if cell.evidence == "documented":
            table[key] = [value for value in plain if refusal(cell, known, value) == "blocks"]
        elif chance.random() < 0.3 and plain:
            within = bounds(known, written(chance.choice(plain)), taken=False)
            table[key] = [value for value in plain if within.holds(known, value)]
    return table


def fleet(seed: int) -> tuple[Files, dict[str, Table]]:
    """Policies and devices made up by a seed, and what each release refuses."""
    chance = random.Random(seed)
    tables = {target.label: table_of(target, chance) for target in TARGETS.values()}
    policies = []
    for number in range(chance.randint(2, 7)):
        keys = chance.sample(sorted(key for key, values in ASKED.items() if values), chance.randint(0, 4))
        demands = {key: chance.choice(ASKED[key]) for key in keys}
        demands |= {"DevicePasswordEnabled": True} if chance.random() < 0.5 else {}
        policies.append(whole_policy(KNOWLEDGE, f"P{number}", gate=chance.random() < 0.4, **demands))
    text = json.dumps(policies)
    rows = []
    for policy in PolicyReader(KNOWLEDGE.catalogue).policies(read_document(text.encode(), "p.json")):
        for kind, target in TARGETS.items():
            asked = demands_on(target, demands_of(policy))
            cut = any(each.value in tables[target.label].get(each.known.key, ()) for each in asked)
            word = ("took-part" if policy.value("AllowNonProvisionableDevices") else "refused") if cut else "took-all"
            for _ in range(chance.randint(1, 5)):
                rows.append(device(f"ID{len(rows)}", kind, f"user {len(rows)}", word, policy.name))
    return {"p.json": text, "d.csv": csv_of(rows)}, tables


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 9999))
def test_no_cell_is_false_and_then_every_device_is_as_predicted(
    tmp_path_factory: Any, knowledge: Knowledge, seed: int
) -> None:
    files, tables = fleet(seed)
    folder: Path = tmp_path_factory.mktemp("hidden")
    evidence, pack = write(folder / "evidence", files), folder / "pack"
    first = report_of(evidence, knowledge)
    for each in first.lessons.taught:
        assert (each.value in tables[each.target.label].get(each.known.key, ())) is not each.taken
    write_pack(first, pack)
    again = report_of(evidence, load_knowledge([pack]))
    assert told(again)["learned"] == []
    shown = teaching(first)
    for row in again.devices:
        if (row.target, row.policy_name, row.observation.seen) in shown:
            assert row.standing in ("confirmed", "claims-more")


def teaching(report: FleetReport) -> set[tuple[Any, str | None, str]]:
    """What devices of steps 1 and 3 are and did, where no documented fact stands against it."""
    against = {(each.target, name) for each in report.lessons.taught if each.is_against for name in each.policies}
    taken = {(trial.target, trial.policy.name, "took-all") for trial in report.lessons.took}
    refused = {
        (each.target, name, seen)
        for each in report.lessons.taught
        if not each.taken and each.support
        for name in each.policies
        for seen in ("refused", "took-part")
    }
    return {each for each in taken | refused if each[:2] not in against}
