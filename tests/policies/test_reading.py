"""From records to policies: one policy never changes the reading of another, and an empty field says nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.reader import read_document
from policylint.knowledge import load
from policylint.policies.policy import Policy
from policylint.policies.reading import PolicyReader

CATALOGUE = load().catalogue
SPELLED = [known for known in CATALOGUE if known.kind == "device" and known.activesync != known.mobiledevice]


def read(*several: dict[str, Any], assume_complete: bool = False) -> list[Policy]:
    text = json.dumps([{"Name": f"P{number}", **each} for number, each in enumerate(several)])
    reader = PolicyReader(CATALOGUE, assume_complete=assume_complete)
    return reader.policies(read_document(text.encode(), "policies.json"))


# values that Python takes for equal, and that a file does not write alike
_LIKE = st.sampled_from([1, True, 1.0, "1", "True", 0, False, 0.0, -0.0, "", None])
_RAW = st.one_of(_LIKE, st.lists(_LIKE, max_size=2))


@given(st.lists(st.tuples(st.sampled_from([known.key for known in CATALOGUE]), _RAW), min_size=2, max_size=6))
def test_no_policy_changes_how_another_is_read(drawn: list[tuple[str, Any]]) -> None:
    policies = [{"AllowCamera": True, key: raw} for key, raw in drawn]
    together = read(*policies)
    for policy, alone in zip(together, (read(each)[0] for each in policies), strict=True):
        for known in CATALOGUE:
            if known.key != "Name":
                ours, theirs = policy.value(known.key), alone.value(known.key)
                assert (type(ours), ours) == (type(theirs), theirs), known.key


@given(st.sampled_from(SPELLED), st.booleans(), st.sampled_from([None, "", "  "]))
def test_an_empty_field_of_the_other_spelling_says_nothing(known: Any, first: bool, empty: Any) -> None:
    value = {"bool": True, "int": 2, "enum": known.members and known.members[0]}.get(known.type, "Unlimited")
    names = (known.activesync, known.mobiledevice) if first else (known.mobiledevice, known.activesync)
    for order in (names, names[::-1]):
        fields = {name: value if name == names[0] else empty for name in order}
        (policy,) = read({"AllowNonProvisionableDevices": True, **fields})
        setting = policy.get(known.key)
        assert setting is not None
        assert setting.spelling == names[0]
        assert policy.problems == []
        assert known not in policy.hidden


@pytest.mark.parametrize(("one", "other"), [(True, False), ("perhaps", True)])
def test_two_spellings_that_differ_are_hidden_and_told(one: Any, other: Any) -> None:
    (policy,) = read({"DevicePasswordEnabled": one, "PasswordEnabled": other})
    assert policy.get("DevicePasswordEnabled") is None
    assert "conflict" in {problem.outcome for problem in policy.problems}
    assert CATALOGUE["DevicePasswordEnabled"] in policy.hidden


def test_a_demand_under_both_spellings_is_one_demand() -> None:
    (policy,) = read({"DevicePasswordHistory": 5, "PasswordHistory": 5})
    assert policy.demanded() == ["DevicePasswordHistory"]


def test_what_is_complete_hides_nothing_and_requires_no_password() -> None:
    (policy,) = read({"MinDevicePasswordLength": 8, "AllowCamera": "perhaps"}, assume_complete=True)
    assert policy.hidden == ()
    assert policy.gate_of(CATALOGUE["MinDevicePasswordLength"]) == "closed"
    # that a value cannot be read is told all the same
    assert {problem.outcome for problem in policy.problems} == {"unreadable"}
