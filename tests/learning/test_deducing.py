"""The laws of learning: devices that behave by a hidden table are learned without one false cell."""

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint import values
from policylint.exports.reader import read_document
from policylint.judging.cells import refusal
from policylint.judging.demands import Demand, demands_of, demands_on
from policylint.knowledge import load
from policylint.knowledge.families import Target
from policylint.knowledge.observed import bounds
from policylint.learning.deducing import NOTHING_OPEN, SOME_TOOK_IT, deduce, experiment
from policylint.learning.observed import written
from policylint.learning.trials import HIDDEN, PROVISIONING, Lessons, Trial
from policylint.policies.policy import Policy
from policylint.policies.reading import PolicyReader
from policylint.values import Value

KNOWLEDGE = load()
CATALOGUE = KNOWLEDGE.catalogue
TARGETS = [
    next(target for target in KNOWLEDGE.targets if target.label.startswith(label))
    for label in ("ios 26.0", "nine 2026", "samsung-email", "windows-phone 8.1")
]
TRIED: dict[str, tuple[Any, ...]] = {
    "AllowCamera": (False,),
    "AllowBluetooth": ("Disable", "HandsfreeOnly"),
    "AllowWiFi": (False,),
    "AllowBrowser": (False,),
    "AllowStorageCard": (False,),
    "RequireDeviceEncryption": (True,),
    "MinDevicePasswordLength": (4, 8),
    "MaxDevicePasswordFailedAttempts": (8, 4),
    "DevicePasswordEnabled": (True,),
}
"""Properties on trial with the values that ask something; the stricter ones last, but for the third."""

Table = dict[str, Value]
"""What a target really refuses: of a property the loosest value, so that all stricter ones are refused, too."""


def policy(name: str, gate: bool = False, **demands: Any) -> Policy:
    shown = {
        known.key: values.to_json(known.neutral[0]) for known in CATALOGUE if known.kind == "device" and known.neutral
    }
    if any(known.gate for known in map(CATALOGUE.__getitem__, demands)):
        demands = {"DevicePasswordEnabled": True, **demands}
    whole = {"Name": name, "AllowNonProvisionableDevices": gate, **shown, **demands}
    document = read_document(json.dumps(whole).encode(), f"{name}.json")
    return PolicyReader(CATALOGUE).policies(document)[0]


def asked(target: Target, of: Policy) -> list[Demand]:
    return list(demands_on(target, demands_of(of)))


def refuses(table: Table, demand: Demand) -> bool:
    loosest = table.get(demand.known.key)
    if loosest is None:
        return False
    return bounds(demand.known, written(loosest), taken=False).holds(demand.known, demand.value)


def behaved(target: Target, of: Policy, table: Table, devices: Iterable[str]) -> Trial:
    """What devices do that go by a table."""
    names, gate = frozenset(devices), of.value("AllowNonProvisionableDevices")
    cut = any(refuses(table, demand) for demand in asked(target, of))
    none: frozenset[str] = frozenset()
    return Trial(
        target, of, none if cut else names, names if cut and gate else none, names if cut and not gate else none
    )


demands = st.dictionaries(st.sampled_from(sorted(TRIED)), st.integers(0, 1), max_size=4).map(
    lambda chosen: {key: TRIED[key][number % len(TRIED[key])] for key, number in chosen.items()}
)
policies = st.lists(st.tuples(demands, st.booleans()), min_size=1, max_size=6)


@st.composite
def tables(draw: st.DrawFn, target: Target) -> Table:
    """A table that no documented fact contradicts."""
    table: Table = {}
    for key, tried in TRIED.items():
        known, cell = CATALOGUE[key], target.cell(key)
        if cell.support == "must-be":
            continue
        if cell.evidence == "documented":
            loosest = next((known.written(each) for each in tried if refusal(cell, known, known.written(each))), None)
        else:
            loosest = draw(st.sampled_from([None, *(known.written(each) for each in tried)]))
        if loosest is not None:
            table[key] = loosest
    return table


@st.composite
def fleets(draw: st.DrawFn) -> tuple[Table, list[Trial]]:
    target = draw(st.sampled_from(TARGETS))
    table = draw(tables(target))
    trials = []
    for number, (chosen, gate) in enumerate(draw(policies)):
        made = policy(f"P{number}", gate, **chosen)
        size = draw(st.integers(1, 5))
        trials.append(behaved(target, made, table, (f"{number}-{each}" for each in range(size))))
    return table, trials


def lessons(trials: list[Trial], enough: int = 3) -> Lessons:
    provisioning = {trial.target for trial in trials if trial.all or trial.part}
    return deduce(trials, provisioning, CATALOGUE, enough)


def plainly(found: Lessons) -> tuple[Any, ...]:
    return (
        [
            (each.target.label, each.known.key, each.value, each.taken, each.support, each.devices, each.policies)
            for each in found.taught
        ],
        [(each.target.label, each.policy.name, each.why, each.devices) for each in found.against],
        [(each.target.label, each.names, each.devices) for each in found.suspects],
    )


quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(fleets())
def test_no_cell_is_false(fleet: tuple[Table, list[Trial]]) -> None:
    table, trials = fleet
    for each in lessons(trials).taught:
        demand = Demand(each.known, each.value, each.cell)
        assert refuses(table, demand) is not each.taken
        for value in TRIED[each.known.key]:
            other = Demand(each.known, each.known.written(value), each.cell)
            if bounds(each.known, written(each.value), taken=each.taken).holds(each.known, other.value):
                assert refuses(table, other) is not each.taken


@quick
@given(fleets())
def test_the_culprit_is_among_the_suspects(fleet: tuple[Table, list[Trial]]) -> None:
    table, trials = fleet
    for each in lessons(trials).suspects:
        if PROVISIONING not in each.marks:
            assert any(
                refuses(table, Demand(known, value, each.target.cell(known.key))) for known, value in each.values
            )


@quick
@given(fleets(), st.randoms())
def test_order_changes_nothing(fleet: tuple[Table, list[Trial]], random: Any) -> None:
    _, trials = fleet
    shuffled = list(trials)
    random.shuffle(shuffled)
    assert plainly(lessons(shuffled)) == plainly(lessons(trials))


@quick
@given(fleets(), st.data())
def test_a_device_that_agrees_takes_no_learned_cell_away(fleet: tuple[Table, list[Trial]], data: st.DataObject) -> None:
    _, trials = fleet
    before = lessons(trials)
    number = data.draw(st.integers(0, len(trials) - 1))
    one = trials[number]
    more = frozenset({"new"})
    agreeing = Trial(
        one.target,
        one.policy,
        one.all | more if one.all else one.all,
        one.part | more if one.part else one.part,
        one.refused | more if one.refused else one.refused,
    )
    after = lessons([*trials[:number], agreeing, *trials[number + 1 :]])

    def holds(each: Any) -> bool:
        within = bounds(each.known, written(each.value), taken=each.taken)
        return any(
            other.known is each.known
            and other.taken is each.taken
            and (
                within.holds(each.known, other.value)
                or bounds(each.known, written(other.value), taken=each.taken).holds(each.known, each.value)
            )
            for other in after.taught
        )

    assert all(holds(each) for each in before.taught)


class TestSteps:
    """Each sentence of the design by itself."""

    target = TARGETS[1]  # of which next to nothing is known
    three = frozenset("abc")
    none: frozenset[str] = frozenset()

    def trial(self, made: Policy, took: int = 0, part: int = 0, refused: int = 0) -> Trial:
        def some(count: int, of: str) -> frozenset[str]:
            return frozenset(f"{made.name}{of}{number}" for number in range(count))

        return Trial(self.target, made, some(took, "a"), some(part, "p"), some(refused, "r"))

    def found(self, *trials: Trial) -> Lessons:
        # some device of it took some policy: it provisions
        known = self.trial(policy("Nothing", True), took=1)
        return lessons([*trials, known])

    def test_fewer_than_enough_teach_nothing(self) -> None:
        assert plainly(self.found(self.trial(policy("A", AllowCamera=False), took=2))) == ([], [], [])
        assert plainly(self.found(self.trial(policy("A", AllowCamera=False), refused=2))) == ([], [], [])

    def test_taken_whatever_a_few_others_did(self) -> None:
        (each,) = self.found(self.trial(policy("A", AllowCamera=False), took=3, refused=5)).taught
        assert (each.known.key, each.value, each.support) == ("AllowCamera", False, "accepted")

    def test_a_value_and_looser_ones(self) -> None:
        found = self.found(
            self.trial(policy("A", MinDevicePasswordLength=4), took=3),
            self.trial(policy("B", MinDevicePasswordLength=8), took=4),
        )
        (length,) = [each for each in found.taught if each.known.key == "MinDevicePasswordLength"]
        assert (length.value, len(length.devices), len(length.policies)) == (8, 4, 1)

    def test_the_only_open_demand_is_the_culprit_and_explains_other_cuts(self) -> None:
        found = self.found(
            self.trial(policy("A", AllowCamera=False), took=3),
            self.trial(policy("B", AllowCamera=False, AllowBluetooth="Disable"), part=1, refused=2),
            self.trial(policy("C", AllowBluetooth="Disable", AllowBrowser=False), refused=3),
        )
        assert [(each.known.key, each.support) for each in found.taught if not each.taken] == [
            ("AllowBluetooth", "blocks")
        ]
        assert not found.suspects

    def test_a_looser_value_is_not_refused_by_what_refuses_a_stricter_one(self) -> None:
        found = self.found(
            self.trial(policy("A", AllowBluetooth="Disable"), refused=3),
            self.trial(policy("B", AllowBluetooth="HandsfreeOnly", AllowBrowser=False), refused=3),
        )
        assert [each.names for each in found.suspects] == [{"AllowBluetooth", "AllowBrowser"}]

    def test_suspects_without_a_smaller_set(self) -> None:
        found = self.found(
            self.trial(policy("A", AllowCamera=False, AllowBrowser=False), refused=3),
            self.trial(policy("B", AllowCamera=False, AllowBrowser=False, AllowWiFi=False), refused=4),
        )
        (suspects,) = found.suspects
        assert (suspects.names, len(suspects.devices)) == ({"AllowCamera", "AllowBrowser"}, 3)
        assert experiment(suspects) == {"AllowBrowser": False}
        assert not found.taught

    def test_what_is_known_to_refuse_explains(self) -> None:
        phone = KNOWLEDGE.families["windows-phone"].targets[0]
        made = policy("A", RequireDeviceEncryption=True, AllowBluetooth="Disable")
        trial = Trial(phone, made, self.none, self.none, self.three)
        assert plainly(deduce([trial], {phone}, CATALOGUE, 3)) == ([], [], [])

    def test_a_few_that_took_it_while_others_were_cut_contradict(self) -> None:
        found = self.found(self.trial(policy("A", AllowCamera=False), took=1, refused=3))
        assert [each.why for each in found.against] == [SOME_TOOK_IT]
        assert not found.taught

    def test_a_cut_without_an_open_demand_contradicts(self) -> None:
        found = self.found(self.trial(policy("A"), refused=3))
        assert [each.why for each in found.against] == [NOTHING_OPEN]

    def test_nothing_is_concluded_where_something_is_hidden(self) -> None:
        document = read_document(
            b'{"Name": "A", "AllowNonProvisionableDevices": false, "AllowCamera": false}', "a.json"
        )
        (hiding,) = PolicyReader(CATALOGUE).policies(document)
        (suspects,) = self.found(self.trial(hiding, refused=3)).suspects
        assert suspects.names == {"AllowCamera", HIDDEN}

    def test_nothing_is_concluded_of_what_may_not_provision_at_all(self) -> None:
        (suspects,) = lessons([self.trial(policy("A", AllowCamera=False), refused=3)]).suspects
        assert suspects.names == {"AllowCamera", PROVISIONING}
        assert experiment(suspects) == {}

    def test_a_documented_fact_stands(self) -> None:
        phone = KNOWLEDGE.families["windows-phone"].targets[0]
        trial = Trial(phone, policy("A", RequireDeviceEncryption=True), self.three, self.none, self.none)
        taught = {each.known.key: each for each in deduce([trial], {phone}, CATALOGUE, 3).taught}
        assert taught["RequireDeviceEncryption"].support is None
        assert taught["RequireDeviceEncryption"].is_against


def test_what_some_hardware_refuses_is_explained_by_that_hardware() -> None:
    target, known = next(
        (target, known)
        for target in KNOWLEDGE.targets
        for known in CATALOGUE.properties
        if known.key in TRIED
        and (condition := target.cell(known.key).blocks) is not None
        and (condition.hardware, condition.equals, condition.above) == (condition.hardware or "none", None, None)
    )
    made = policy("A", **{known.key: TRIED[known.key][0]})
    trial = Trial(target, made, frozenset(), frozenset(), frozenset("abc"))
    assert plainly(deduce([trial], {target}, CATALOGUE, 3)) == ([], [], [])
    enough = Trial(target, made, frozenset("abc"), frozenset(), frozenset())
    beside = policy("B", **{known.key: TRIED[known.key][0], "AllowUnsignedApplications": False})
    both = deduce([enough, Trial(target, beside, frozenset(), frozenset(), frozenset("def"))], {target}, CATALOGUE, 3)
    assert not [each for each in both.taught if not each.taken]
