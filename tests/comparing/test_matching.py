"""Which policy of the old side is which on the new one."""

from typing import Any

from comparisons import Comparer

from policylint.comparing.model import Comparison, Side

Settings = dict[str, Any]


def made(name: str, guid: int | None = None, **settings: Any) -> Settings:
    identity = {} if guid is None else {"Guid": f"0000000{guid}-0000-4000-8000-000000000000"}
    return {"Name": name, **identity, "AllowNonProvisionableDevices": True, **settings}


def told(found: Comparison) -> list[tuple[str, str, str | None]]:
    """Say of each policy that differs what became of it, what it is called and what it was called."""
    return [(each.status, each.policy.name, each.former_name) for each in found.policies]


class TestIdentity:
    def test_a_policy_with_the_same_guid_is_renamed(self, comparer: Comparer) -> None:
        found = comparer.between([made("Sales", 1)], [made("Sales and more", 1)])
        assert told(found) == [("changed", "Sales and more", "Sales")]
        assert found.policies[0].changes == []
        assert found.policies[0].pair.by == "guid"

    def test_guids_are_compared_in_any_case_and_form(self, comparer: Comparer) -> None:
        one, other = made("P", 1), made("P", 1)
        other["Guid"] = "{" + other["Guid"].upper() + "}"
        assert told(comparer.between([one], [other])) == []

    def test_names_decide_where_guids_find_no_partner(self, comparer: Comparer) -> None:
        found = comparer.between([made("Sales", 1)], [made("SALES", AllowCamera=False)])
        assert told(found) == [("changed", "SALES", "Sales")]
        assert found.policies[0].pair.by == "name"
        assert found.notes == []

    def test_another_guid_under_the_same_name_is_told(self, comparer: Comparer) -> None:
        found = comparer.between([made("Sales", 1)], [made("Sales", 2)])
        assert told(found) == []
        assert found.notes == ["recognised by name, though the Guid is another one: 'Sales'"]

    def test_the_guid_goes_before_the_name(self, comparer: Comparer) -> None:
        old = [made("A", 1, AllowCamera=False), made("B", 2)]
        new = [made("B", 1, AllowCamera=False), made("A", 2)]
        assert told(comparer.between(old, new)) == [("changed", "B", "A"), ("changed", "A", "B")]

    def test_a_name_that_one_side_does_not_show_is_no_new_name(self, comparer: Comparer) -> None:
        nameless = made("P", 1)
        del nameless["Name"]
        assert told(comparer.between([made("P", 1)], [nameless])) == []

    def test_policies_without_name_and_guid_are_policies(self, comparer: Comparer) -> None:
        old, new = ({"AllowCamera": value} for value in (True, False))
        assert [each.status for each in comparer.between([old], [new]).policies] == ["changed"]

    def test_the_rest_is_added_or_removed(self, comparer: Comparer) -> None:
        found = comparer.between([made("A", 1), made("B", 2)], [made("B", 2), made("C", 3)])
        assert told(found) == [("added", "C", None), ("removed", "A", None)]
        assert found.unchanged == 1


class TestDuplicates:
    def test_none_is_lost_and_a_note_says_how_they_were_paired(self, comparer: Comparer) -> None:
        old = [made("P", 1, AllowCamera=False), made("P", 1, AllowWiFi=False)]
        new = [made("P", 1, AllowCamera=True)]
        found = comparer.between(old, new)
        assert [each.status for each in found.policies] == ["changed", "removed"]
        how = "paired by file, then by what they say, then in order"
        assert found.notes == [f"several policies of a side have one Guid or name, and were {how}: 'P'"]

    def test_those_that_say_the_same_find_each_other(self, comparer: Comparer) -> None:
        one, other = made("P", AllowCamera=False), made("P", AllowWiFi=False)
        assert told(comparer.between([one, other], [other, one])) == []
        assert told(comparer.between([one, one], [one])) == [("removed", "P", None)]

    def test_the_others_are_paired_in_order(self, comparer: Comparer) -> None:
        old = [made("P", MinDevicePasswordLength=length) for length in (4, 5)]
        new = [made("P", MinDevicePasswordLength=length) for length in (6, 7)]
        pairs = [
            (change.old and change.old.value, change.new and change.new.value)
            for each in comparer.between(old, new).policies
            for change in each.changes
        ]
        assert pairs == [(4, 6), (5, 7)]

    def test_files_of_one_name_go_together(self, comparer: Comparer) -> None:
        """Each tenant has a policy Default; a new tenant before the others must not shift them all."""
        tenants = {f"{name}.json": [made("Default", MinDevicePasswordLength=8)] for name in ("contoso", "fabrikam")}
        tenants["fabrikam.json"][0]["AllowCamera"] = False
        old = comparer.directory("old", tenants)
        new = comparer.directory("new", {"adatum.json": [made("Default")], **tenants})
        found = comparer.of(old, new)
        assert [(each.status, each.policy.document.path) for each in found.policies] == [("added", "new/adatum.json")]
        assert found.notes == []

    def test_a_file_that_moved_takes_its_policies_along(self, comparer: Comparer) -> None:
        old = comparer.directory("old", {"a.json": [made("P", 1)], "b.json": [made("Q", 2)]})
        new = comparer.directory("new", {"c.json": [made("P", 1)], "b.json": [made("Q", 2)]})
        assert told(comparer.of(old, new)) == []


def test_an_empty_side_makes_everything_new(comparer: Comparer) -> None:
    nothing = Side("nothing", [], [])
    here = comparer.side("new.json", [made("P"), made("Q")])
    assert [status for status, _, _ in told(comparer.of(nothing, here))] == ["added", "added"]
    assert [status for status, _, _ in told(comparer.of(here, nothing))] == ["removed", "removed"]
