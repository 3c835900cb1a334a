"""What policies of one organisation show beside each other, and who belongs to one organisation."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.reader import read_document
from policylint.judging.engine import judge
from policylint.judging.findings import Finding
from policylint.judging.report import Report
from policylint.judging.run import Run
from policylint.knowledge import Knowledge, load
from policylint.knowledge.query import resolve
from policylint.policies.files import read_inputs
from policylint.policies.reading import PolicyReader
from policylint.report import json as json_report
from policylint.report import text

Settings = dict[str, Any]

KNOWLEDGE = load()
CONTOSO = "CN=Mobile Mailbox Policies,CN=Contoso,DC=contoso,DC=example"
FABRIKAM = "CN=Mobile Mailbox Policies,CN=Fabrikam,DC=fabrikam,DC=example"
ONE, OTHER = "0d5f6f1e-2222-4f0b-b1c7-9a3e6b8d4c31", "51d2a6c4-1111-4c53-8d0e-3b4f9f1b7a20"


def report_on(*files: Sequence[Settings], knowledge: Knowledge = KNOWLEDGE) -> Report:
    """Judge files, each a list of policies, called a.json, b.json and so on."""
    reader = PolicyReader(knowledge.catalogue)
    policies = []
    for letter, file in zip("abc", files, strict=False):
        export = json.dumps([{"AllowNonProvisionableDevices": True, **settings} for settings in file])
        policies += reader.policies(read_document(export.encode(), f"{letter}.json"))
    run = Run(knowledge, resolve(["wp7"], knowledge))
    return Report(run.stamp, verdicts=judge(run, policies))


def found(*files: Sequence[Settings]) -> list[tuple[str, str, str]]:
    """The findings of the rules 3xx: rule, file and policy."""
    return [(each.rule.name, each.place.path, each.policy.name) for each in among(report_on(*files))]


def among(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.id.startswith("EAS3")]


def policy(name: str, parent: str | None = None, **settings: Any) -> Settings:
    placed = {"DistinguishedName": f"CN={name},{parent}"} if parent else {}
    return {"Name": name, **placed, **settings}


# --- who belongs together


def test_the_examples_are_of_several_companies_and_nobody_mixes_them_up() -> None:
    inputs = read_inputs([str(ROOT / "examples")], KNOWLEDGE.catalogue, max_bytes=1 << 20)
    assert sum(each.value("IsDefaultPolicy") is True for each in inputs.policies) > 1
    judged = judge(Run(KNOWLEDGE, resolve(["wp7"], KNOWLEDGE)), inputs.policies)
    assert not [each.message for verdicts in judged for each in verdicts.findings if each.rule.id.startswith("EAS3")]


def test_a_directory_joins_policies_across_files() -> None:
    first, second = policy("A", CONTOSO, IsDefault=True), policy("B", CONTOSO.upper(), IsDefault=True, IrmEnabled=True)
    assert found([first], [second]) == [("several-default-policies", "b.json", "B")]


def test_directories_keep_policies_of_one_file_apart() -> None:
    assert found([policy("A", CONTOSO, IsDefault=True), policy("B", FABRIKAM, IsDefault=True)]) == []


def test_without_a_directory_name_only_a_file_joins_policies() -> None:
    first, second = policy("A", IsDefault=True), policy("B", IsDefault=True, IrmEnabled=True)
    assert found([first], [second]) == []
    assert found([first, second]) == [("several-default-policies", "a.json", "B")]


def test_an_escaped_comma_is_part_of_a_name() -> None:
    first = {**policy("A", IsDefault=True), "DistinguishedName": rf"CN=A\, for all,{CONTOSO}"}
    second = {**policy("B", IsDefault=True, IrmEnabled=True), "DistinguishedName": rf"CN=B\\,{CONTOSO}"}
    elsewhere = {**policy("C", IsDefault=True), "DistinguishedName": rf"CN=C\,{CONTOSO}"}
    assert found([first], [second], [elsewhere]) == [("several-default-policies", "b.json", "B")]


@pytest.mark.parametrize("name", ["CN=A,CN=Mobile Mailb...", "CN=A,CN=Mobile Mailb…", "A", "", "CN=A\\", ","])
def test_a_name_that_does_not_tell_its_directory_joins_nothing(name: str) -> None:
    first = policy("A", IsDefault=True, DistinguishedName=name)
    second = policy("B", IsDefault=True, IrmEnabled=True, DistinguishedName=name)
    assert found([first], [second]) == []


# --- the default policy


def test_no_default_is_told_once_and_claims_no_more_than_the_export_shows() -> None:
    report = report_on(
        [policy(name, IsDefault=False, MinPasswordLength=length) for name, length in zip("ABC", (4, 5, 6), strict=True)]
    )
    (finding,) = among(report)
    assert (finding.rule.name, finding.name, finding.policy.name) == ("no-default-policy", "IsDefault", "A")
    assert "all 3 policies read" in finding.message
    assert "the export lacks the default policy" in finding.message


@pytest.mark.parametrize("unclear", [{}, {"IsDefault": None}, {"IsDefault": "perhaps"}, {"IsDefault": True}])
def test_a_policy_that_may_be_the_default_is_enough(unclear: Settings) -> None:
    assert found([policy("A", IsDefault=False), policy("B", IrmEnabled=True, **unclear)]) == []


def test_one_policy_read_twice_is_no_set_of_policies() -> None:
    again = policy("A", CONTOSO, IsDefault=False, Guid=ONE)
    assert found([again], [again]) == []


def test_every_later_default_names_the_first_and_its_file() -> None:
    files = [[policy(name, CONTOSO, IsDefault=True, MinPasswordLength=ord(name) % 8)] for name in "ABC"]
    told = among(report_on(*files))
    assert [each.policy.name for each in told] == ["B", "C"]
    assert all('policy "A" in a.json' in each.message for each in told)
    assert {each.place.path for each in told} == {"b.json", "c.json"}


def test_the_default_read_twice_is_one_default() -> None:
    before = policy("A", CONTOSO, IsDefault=True, Guid=ONE, MinPasswordLength=4)
    after = {**before, "MinPasswordLength": 6}
    assert found([before], [after]) == []
    assert found([policy("A", CONTOSO, IsDefault=True)], [policy("A", CONTOSO, IsDefault=True)]) == []


# --- policies that are alike


ALIKE = ("policies-alike", "a.json", "B")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"MinPasswordLength": 6}, {"MinDevicePasswordLength": "6"}),
        ({"PasswordExpiration": "Unlimited"}, {"PasswordExpiration": "unlimited"}),
        ({"MinPasswordLength": None}, {"MinPasswordLength": ""}),
        ({"AllowBluetooth": "Allow"}, {"AllowBluetooth": 2}),
        ({"WhenChanged": "2020-01-01", "IsDefault": True}, {"WhenChanged": "2021-01-01", "IsDefault": False}),
        ({"AllowCamera": False, "AllowWiFi": True}, {"AllowWiFi": True, "AllowCamera": False}),
    ],
)
def test_policies_that_differ_in_no_setting_are_told(one: Settings, other: Settings) -> None:
    assert found([policy("A", **one), policy("B", **other)]) == [ALIKE]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"MinPasswordLength": 6}, {"MinPasswordLength": 8}),
        ({"MinPasswordLength": None}, {"MinPasswordLength": 1}),  # neither asks anything, and yet they differ
        ({"MinPasswordLength": 6}, {}),
        ({"AllowCamera": False}, {"AllowWiFi": False}),
        ({"MinPasswordLength": "six"}, {"MinPasswordLength": "six"}),
        ({"ApprovedApplicationList": ["a:1"]}, {"ApprovedApplicationList": ["b:1"]}),
    ],
)
def test_policies_that_differ_or_may_differ_are_not_alike(one: Settings, other: Settings) -> None:
    assert found([policy("A", **one), policy("B", **other)]) == []


def test_an_old_and_a_new_state_of_one_policy_are_not_two() -> None:
    assert found([policy("Old name", CONTOSO, Guid=ONE)], [policy("New name", CONTOSO, Guid=ONE)]) == []


# --- one name twice


def test_two_guids_under_one_name_are_two_policies() -> None:
    first, second = policy("Sales", CONTOSO, Guid=ONE, IrmEnabled=True), policy("SALES", CONTOSO, Guid=OTHER)
    (finding,) = among(report_on([first], [second]))
    assert (finding.rule.name, finding.place.path) == ("one-name-twice", "b.json")
    assert f"with the Guid {ONE} in a.json" in finding.message


def test_without_guids_the_settings_decide() -> None:
    assert found([policy("Sales", MinPasswordLength=4), policy("sales", MinPasswordLength=6)]) == [
        ("one-name-twice", "a.json", "sales")
    ]
    assert found([policy("Sales", MinPasswordLength=4), policy("sales", MinPasswordLength=4)]) == []


def test_what_one_export_does_not_show_makes_no_second_policy() -> None:
    whole = policy("Sales", CONTOSO, Guid=ONE, MinPasswordLength=4, AllowCamera=False)
    assert found([whole], [policy("Sales", CONTOSO, MinPasswordLength=4)]) == []


def test_policies_without_a_name_have_none_in_common() -> None:
    nameless = {"Guid": ONE, "IrmEnabled": True}, {"Guid": OTHER, "IrmEnabled": False}
    assert found(nameless) == []


# --- laws and output


SOME = st.fixed_dictionaries(
    {"Name": st.sampled_from(["A", "a", "B", "C"])},
    optional={
        "Guid": st.sampled_from([ONE, OTHER]),
        "IsDefault": st.booleans(),
        "MinPasswordLength": st.sampled_from([None, 1, 4, "four"]),
        "AllowCamera": st.booleans(),
    },
)


@given(st.lists(SOME, max_size=6))
def test_what_is_told_is_what_holding_all_against_all_would_tell(policies: list[Settings]) -> None:
    def same(one: Settings, other: Settings) -> bool:
        if "Guid" in one and "Guid" in other:
            return bool(one["Guid"] == other["Guid"])
        both = ({"MinPasswordLength", "AllowCamera"} & one.keys() & other.keys()) - {
            key for each in (one, other) for key in each if each[key] == "four"
        }
        return one["Name"].casefold() == other["Name"].casefold() and all(one[key] == other[key] for key in both)

    def settings(one: Settings) -> Settings:
        return {key: one[key] for key in ("MinPasswordLength", "AllowCamera") if key in one}

    def first(number: int, belongs: Callable[[Settings], bool]) -> Settings:
        return next(each for each in policies[: number + 1] if belongs(each))

    wanted = []
    for number, one in enumerate(policies):
        if one.get("IsDefault") and not same(first(number, lambda each: each.get("IsDefault") is True), one):
            wanted.append(("several-default-policies", number))
        if "four" not in one.values():
            alike = first(number, lambda each, one=one: settings(each) == settings(one))
            if not same(alike, one):
                wanted.append(("policies-alike", number))
        namesake = first(number, lambda each, one=one: each["Name"].casefold() == one["Name"].casefold())
        if not same(namesake, one):
            wanted.append(("one-name-twice", number))
    told = [
        (finding.rule.name, number)
        for number, verdicts in enumerate(report_on(policies).verdicts)
        for finding in verdicts.findings
        if finding.rule.id.startswith("EAS3") and finding.rule.name != "no-default-policy"
    ]
    assert sorted(told) == sorted(wanted)


def test_findings_keep_the_order_of_the_file() -> None:
    second = {"AllowCamera": "x", **policy("B", IsDefault=True), "MinPasswordLength": "x"}
    report = report_on([policy("A", IsDefault=True), second])
    told = [finding.name for finding in report.verdicts[1].findings if finding.rule.severity != "note"]
    assert told == ["AllowCamera", "IsDefault", "MinPasswordLength"]


@pytest.mark.parametrize("name", ['x"\n\x1b[31m::error::y', "\u202eevil", "=1+1", "a" * 300, "{value}"])
def test_a_hostile_name_stays_inside_its_line(name: str) -> None:
    report = report_on([policy(name, IsDefault=True, IrmEnabled=True), policy("B", IsDefault=True, IrmEnabled=True)])
    assert len(among(report)) == 2
    printed = "".join(text.render(report))
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert len([line for line in printed.splitlines() if "EAS30" in line]) == 2
    document = json.loads("".join(json_report.render(report)))
    assert sum(finding["rule"] in ("EAS302", "EAS303") for finding in document["findings"]) == 2
