"""What benchmarks ask for: each control fires exactly on what breaks it, and its fix meets it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.reader import read_document
from policylint.judging.engine import judge
from policylint.judging.findings import Finding
from policylint.judging.report import Report
from policylint.judging.run import Run
from policylint.knowledge import load
from policylint.knowledge.profiles import Control, profile_of
from policylint.knowledge.query import QueryError, find_profile, resolve
from policylint.policies.reading import PolicyReader
from policylint.values import UNLIMITED, Value, time_span_text

KNOWLEDGE = load()
CIS = find_profile("cis-exchange-2019", KNOWLEDGE)
RUN = Run(KNOWLEDGE, resolve(["wp7"], KNOWLEDGE), profiles=(CIS,))
READER = PolicyReader(KNOWLEDGE.catalogue)
CONTROLS = {control.id: control for control in CIS.controls}

Judge = Callable[..., Report]


def no_more_than(bound: Any) -> Callable[[Any], bool]:
    return lambda value: value not in (UNLIMITED, None) and bool(value) and value <= bound


def no_less_than(bound: int) -> Callable[[Any], bool]:
    return lambda value: value is not None and value >= bound


# the benchmark, written down a second time: what meets each control, by the value in the export
MEETS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "3.1": ("AllowSimplePassword", lambda value: value is False),
    "3.2": ("AllowNonProvisionableDevices", lambda value: value is False),
    "3.3": ("PasswordHistory", no_less_than(4)),
    "3.4": ("MinPasswordLength", no_less_than(4)),
    "3.5": ("MaxPasswordFailedAttempts", no_more_than(10)),
    "3.6": ("PasswordExpiration", no_more_than(timedelta(days=365))),
    "3.7": ("DevicePolicyRefreshInterval", no_more_than(timedelta(days=1))),
    "3.8": ("AlphanumericPasswordRequired", lambda value: value is True),
    "3.9": ("RequireDeviceEncryption", lambda value: value is True),
    "3.10": ("PasswordEnabled", lambda value: value is True),
    "3.11": ("MaxInactivityTimeLock", no_more_than(timedelta(minutes=15))),
}
BOUNDS = [timedelta(minutes=15), timedelta(days=1), timedelta(days=365)]


def values_of(control: Control) -> st.SearchStrategy[Any]:
    """Values that an export may hold, most of them near some bound."""
    match control.known.type:
        case "bool":
            return st.booleans()
        case "int":
            return st.none() | st.integers(0, 20)
        case "unlimited-int":
            return st.none() | st.just(UNLIMITED) | st.integers(0, 20)
        case _:
            near = st.builds(
                lambda bound, by: bound + timedelta(seconds=by), st.sampled_from(BOUNDS), st.integers(-1, 1)
            )
            return st.none() | st.just(UNLIMITED) | near | st.timedeltas(timedelta(seconds=1), timedelta(days=800))


def written(value: Any) -> Any:
    return time_span_text(value) if isinstance(value, timedelta) else value


def not_met(settings: dict[str, Any]) -> list[Finding]:
    """The controls that one policy does not meet."""
    export = {"Name": "A", "AllowNonProvisionableDevices": False} | {key: written(settings[key]) for key in settings}
    policies = READER.policies(read_document(json.dumps(export).encode(), "a.json"))
    (verdicts,) = judge(RUN, policies)
    return [finding for finding in verdicts.findings if finding.rule.name == "control-not-met"]


def of_profiles(report: Report, rule: str = "EAS501") -> list[Finding]:
    """The findings of a report on controls: those not met, unless told otherwise."""
    return [finding for finding in report.findings if finding.rule.id == rule]


@pytest.fixture(scope="session")
def held(judged: Judge) -> Judge:
    """Hold settings against the shipped profile."""
    return lambda settings, **options: judged(settings, "wp7", profiles=(CIS,), **options)


# --- the controls


def test_the_profile_has_the_controls_of_the_benchmark() -> None:
    assert {control.id: control.known.mobiledevice for control in CIS.controls} == {
        name: spelled for name, (spelled, _) in MEETS.items()
    }


@pytest.mark.parametrize("name", MEETS)
@given(st.data())
def test_a_control_fires_exactly_on_what_breaks_it_and_its_fix_meets_it(name: str, data: st.DataObject) -> None:
    spelled, meets = MEETS[name]
    value = data.draw(values_of(CONTROLS[name]))
    told = not_met({spelled: value})
    assert [each.name for each in told] == ([] if meets(value) else [spelled])
    for finding in told:
        assert finding.ruling.key == f"cis-exchange-2019 {name}"
        assert finding.ruling.wanted is not None
        _, wanted = finding.ruling.wanted
        assert meets(wanted)
        assert not_met({spelled: wanted}) == []


@pytest.mark.parametrize("name", MEETS)
def test_a_finding_names_the_control_the_value_and_the_way_out(name: str, held: Judge) -> None:
    spelled, meets = MEETS[name]
    broken = next(value for value in (True, False, UNLIMITED, 2) if _fits(name, value) and not meets(value))
    (finding,) = of_profiles(held({"AllowNonProvisionableDevices": False, spelled: broken}))
    assert finding.message.startswith(f"{spelled} is {broken} and maps to {CIS.title}, control {name}, which asks for ")
    assert finding.fix is not None
    assert finding.fix.startswith(f"Set-MobileDeviceMailboxPolicy 'Policy' -{spelled} ")
    assert finding.ruling.evidence == CONTROLS[name].evidence
    assert finding.message.endswith("(inferred)") == (CONTROLS[name].evidence == "inferred")


def _fits(name: str, value: Value) -> bool:
    kind = CONTROLS[name].known.type
    return isinstance(value, bool) == (kind == "bool") and (value == UNLIMITED) == kind.startswith("unlimited")


def test_zero_where_exchange_takes_none_is_no_strict_limit(held: Judge) -> None:
    asked = {"MaxPasswordFailedAttempts": 0, "MaxInactivityTimeLock": "00:00:00", "PasswordExpiration": "00:00:00"}
    assert {each.name for each in of_profiles(held({"AllowNonProvisionableDevices": False, **asked}))} == set(asked)


def test_a_password_that_is_off_changes_nothing_for_its_details(held: Judge) -> None:
    for length, broken in ((4, ["PasswordEnabled"]), (2, ["PasswordEnabled", "MinPasswordLength"])):
        settings = {"AllowNonProvisionableDevices": False, "PasswordEnabled": False, "MinPasswordLength": length}
        assert [each.name for each in of_profiles(held(settings))] == broken


# --- what an export does not show


def test_what_is_missing_is_told_at_the_policy_and_what_is_unreadable_at_its_place(held: Judge) -> None:
    report = held({"AllowNonProvisionableDevices": False, "MinPasswordLength": "four"})
    told = {finding.name: finding for finding in of_profiles(report, "EAS502")}
    assert len(told) == len(CONTROLS) - 1
    assert told["MinPasswordLength"].place.line == 4
    assert told["PasswordHistory"].place == report.verdicts[0].policy.place(report.verdicts[0].policy.mark)
    assert not of_profiles(report)


def test_values_that_contradict_each_other_are_not_judged(held: Judge) -> None:
    report = held({"AllowNonProvisionableDevices": False, "MinPasswordLength": 2, "MinDevicePasswordLength": 8})
    assert not of_profiles(report)
    assert "MinPasswordLength" in [finding.name for finding in of_profiles(report, "EAS502")]


# --- several profiles, and none


def test_without_a_profile_nothing_is_said_and_verdicts_never_change(judged: Judge, held: Judge) -> None:
    settings = {"AllowNonProvisionableDevices": False, "MinPasswordLength": 2, "RequireDeviceEncryption": True}
    without, within = judged(settings, "wp7"), held(settings)
    assert not [each for each in without.findings if each.rule.id.startswith("EAS5")]
    assert [each.masks for each in without.verdicts] == [each.masks for each in within.verdicts]
    kept = [each.fingerprint for each in within.findings if not each.rule.id.startswith("EAS5")]
    assert kept == [each.fingerprint for each in without.findings]


def test_controls_on_one_property_are_kept_apart(judged: Judge) -> None:
    def profile(name: str, *bounds: int) -> Any:
        controls = [
            {"id": str(bound), "property": "MinDevicePasswordLength", "at_least": bound, "evidence": "documented",
             "sources": []}
            for bound in bounds
        ]  # fmt: skip
        return profile_of({"id": name, "title": name, "sources": [], "controls": controls}, KNOWLEDGE.catalogue)

    profiles = (profile("one", 4, 6), profile("two", 4))
    report = judged({"AllowNonProvisionableDevices": False, "MinPasswordLength": 2}, "wp7", profiles=profiles)
    told = of_profiles(report)
    assert [each.ruling.key for each in told] == ["one 4", "one 6", "two 4"]
    assert len({each.fingerprint for each in told}) == len({each.message for each in told}) == 3


@pytest.mark.parametrize(
    ("asked", "met", "broken", "cure"),
    [
        ({"equals": "Unlimited"}, [UNLIMITED, None, timedelta(0)], [timedelta(days=1)], UNLIMITED),
        ({"unequal": "$null"}, [timedelta(days=1)], [UNLIMITED, None], "none"),
        ({"at_least": "30.00:00:00"}, [UNLIMITED, None, timedelta(days=30)], [timedelta(days=29)], timedelta(days=30)),
        (
            {"at_least": "30.00:00:00", "at_most": "90.00:00:00"},
            [timedelta(days=30), timedelta(days=90)],
            [UNLIMITED, None, timedelta(days=91)],
            timedelta(days=90),
        ),
    ],
)
def test_what_a_control_may_ask_for(asked: dict[str, Any], met: list[Value], broken: list[Value], cure: Value) -> None:
    entry = {"id": "1", "property": "DevicePasswordExpiration", "evidence": "documented", "sources": [], **asked}
    made = profile_of({"id": "x", "title": "x", "sources": [], "controls": [entry]}, KNOWLEDGE.catalogue)
    (control,) = made.controls
    assert [value for value in met if not control.is_met(value)] == []
    assert [value for value in broken if control.is_met(value)] == []
    for value in broken:
        found = control.cure(value)
        assert (found[1] if found else "none") == cure


def test_every_spelling_of_no_limit_is_above_a_limit() -> None:
    entry = {"id": "1", "property": "MaxEmailBodyTruncationSize", "at_most": 100, "evidence": "inferred", "sources": []}
    made = profile_of({"id": "x", "title": "x", "sources": [], "controls": [entry]}, KNOWLEDGE.catalogue)
    assert [value for value in (UNLIMITED, None, -1, 0, 100, 101) if made.controls[0].is_met(value)] == [0, 100]


def test_an_unknown_profile_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(QueryError, match="unknown profile 'cis-2019'; did you mean cis-exchange-2019"):
        find_profile("cis-2019", KNOWLEDGE)
    with pytest.raises(QueryError, match="known are cis-exchange-2019"):
        find_profile("xyz", KNOWLEDGE)
    assert find_profile("CIS-Exchange-2019", KNOWLEDGE) is CIS
