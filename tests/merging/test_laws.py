"""The laws of merging, over generated policies."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import pytest
from formats import Formats
from generated import policies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.knowledge import Knowledge, load
from policylint.merging.merge import merge
from policylint.merging.model import Account, Merged
from policylint.policies.policy import Policy
from policylint.strictness import Joined, clashing, contribution, join, plain

Settings = dict[str, Any]
Read = Callable[..., list[Policy]]

KNOWLEDGE = load()
ALPHANUMERIC = {"MinDevicePasswordComplexCharacters": "AlphanumericDevicePasswordRequired"}
NEEDS = st.sampled_from([{}, ALPHANUMERIC])

settings.register_profile(
    "merging", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MERGING = settings(settings.get_profile("merging"))


ONE = policies()
SEVERAL = st.lists(ONE, min_size=1, max_size=4)


@pytest.fixture(scope="session")
def made(policies_in: Read) -> Callable[..., list[Policy]]:
    formats = Formats(KNOWLEDGE.catalogue)

    def make(*several: Settings) -> list[Policy]:
        return [policies_in(formats.json([each]))[0] for each in several]

    return make


def together(one: Mapping[str, Joined], other: Mapping[str, Joined]) -> dict[str, Joined]:
    catalogue = KNOWLEDGE.catalogue
    both = {key: join(catalogue[key], one[key], other[key]) for key in one.keys() & other.keys()}
    return {**one, **other, **both}


def counted(policy: Policy, needs: Mapping[str, str] = {}) -> dict[str, Joined]:
    return dict(contribution(policy, KNOWLEDGE.catalogue, needs).counted)


def merged(policies: Sequence[Policy], needs: Mapping[str, str] = {}) -> Merged:
    accounts = [Account(f"account {number}", policy) for number, policy in enumerate(policies)]
    return merge(accounts, KNOWLEDGE.catalogue, needs=needs)


def effective(found: Merged) -> dict[str, Any]:
    return {
        each.property.key: (each.effective, each.conflict, each.nothing_allowed)
        for each in found.settings
        if each.matters and each.property.kind == "device" and each.property.stricter != "none"
    }


@MERGING
@given(ONE, ONE, ONE)
def test_joining_is_associative_commutative_and_idempotent(
    made: Callable[..., list[Policy]], one: Settings, two: Settings, three: Settings
) -> None:
    a, b, c = map(counted, made(one, two, three))
    assert together(together(a, b), c) == together(a, together(b, c))
    assert together(a, b) == together(b, a)
    assert together(a, a) == a
    # the join is idempotent on what it makes, clashes included
    assert together(together(a, b), b) == together(a, b)


@MERGING
@given(SEVERAL, NEEDS)
def test_a_merge_is_the_join_of_what_counts(
    made: Callable[..., list[Policy]], several: list[Settings], needs: dict[str, str]
) -> None:
    policies = made(*several)
    joined: dict[str, Joined] = reduce(together, [counted(policy, needs) for policy in policies], {})
    shown = {key: (plain(value), clashing(value), value == ()) for key, value in joined.items()}
    assert effective(merged(policies, needs)) == shown


@MERGING
@given(SEVERAL, ONE)
def test_an_account_without_demands_changes_nothing(
    made: Callable[..., list[Policy]], several: list[Settings], other: Settings
) -> None:
    policies = made(*several)
    nothing = made({"Name": "Nothing", "AllowNonProvisionableDevices": False})
    assert effective(merged(policies + nothing)) == effective(merged(policies))


@MERGING
@given(SEVERAL, ONE)
def test_another_account_never_loosens_and_no_account_asks_for_more_than_the_merge(
    made: Callable[..., list[Policy]], several: list[Settings], other: Settings
) -> None:
    policies = made(*several)
    before = reduce(together, map(counted, policies))
    after = together(before, counted(*made(other)))
    assert together(before, after) == after
    for policy in policies:
        assert together(counted(policy), after) == after


@MERGING
@given(SEVERAL, NEEDS)
def test_the_merge_of_what_counts_counts(
    made: Callable[..., list[Policy]], several: list[Settings], needs: dict[str, str]
) -> None:
    """Written as an export and read again, a merge asks for the same; of one policy, that is idempotence."""
    found = merged(made(*several), needs)
    # neither form exists in an export: it would read as no list, or as one value
    kept = {key: value for key, (value, conflict, nothing) in effective(found).items() if not conflict and not nothing}
    export = {key: list(value) if isinstance(value, tuple) else value for key, value in kept.items()}
    (again,) = made({"Name": "Again", "AllowNonProvisionableDevices": True, **export})
    counted = contribution(again, KNOWLEDGE.catalogue, needs).counted
    assert {key: plain(value) for key, value in counted.items()} == kept


@MERGING
@given(SEVERAL, ONE)
def test_removing_an_account_is_merging_the_others(
    made: Callable[..., list[Policy]], several: list[Settings], other: Settings
) -> None:
    policies = made(*several)
    alone = effective(merged(made(*several)))
    merged([*policies, *made(other)])
    assert effective(merged(policies)) == alone


@MERGING
@given(SEVERAL.flatmap(lambda several: st.tuples(st.just(several), st.permutations(range(len(several))))))
def test_the_order_of_accounts_decides_nothing(
    made: Callable[..., list[Policy]], drawn: tuple[list[Settings], list[int]]
) -> None:
    several, order = drawn
    policies = made(*several)
    here, there = merged(policies), merged([policies[index] for index in order])
    assert effective(here) == effective(there)
    assert here.stricter_than_every_account == there.stricter_than_every_account
    assert {account.policy for account in here.contributors} == {account.policy for account in there.contributors}
    for one, other in zip(here.settings, there.settings, strict=True):
        assert {account.policy for account in one.decided_by} == {account.policy for account in other.decided_by}


@MERGING
@given(SEVERAL)
def test_who_decides_has_the_effective_value(made: Callable[..., list[Policy]], several: list[Settings]) -> None:
    for setting in merged(made(*several)).settings:
        decides = tuple(share.account for share in setting.shares if share.state == "decides")
        assert setting.decided_by == decides
        if setting.effective is None and not setting.conflict:
            assert not decides
            continue
        assert decides
        if setting.property.type != "string-list" and not setting.conflict:
            for share in setting.shares:
                if share.state == "decides":
                    assert share.value == setting.effective
                elif share.value == setting.effective:
                    # an algorithm that nobody touched counts only beside the demand it belongs to
                    assert share.state == "gated-off" or setting.property.stricter == "flat"


@MERGING
@given(SEVERAL)
def test_stricter_than_every_account_means_that_no_account_has_it_all(
    made: Callable[..., list[Policy]], several: list[Settings]
) -> None:
    policies = made(*several)
    scope = {known.key: known.scope for known in KNOWLEDGE.catalogue}
    whole = {key: value for key, value in reduce(together, map(counted, policies)).items() if scope[key] == "device"}
    found = merged(policies)
    alone = any(all(counted(policy).get(key) == value for key, value in whole.items()) for policy in policies)
    assert found.stricter_than_every_account is not alone
    assert bool(found.contributors) is not alone


def test_the_knowledge_here_is_the_one_under_test(knowledge: Knowledge) -> None:
    assert [known.key for known in knowledge.catalogue] == [known.key for known in KNOWLEDGE.catalogue]
