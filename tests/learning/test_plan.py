"""The plan names exactly what a phone refuses, within its bounds: at worst, and on average."""

from itertools import product
from math import log2
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.learning.plan import Plan, plan_for

ENTROPY = -(0.1 * log2(0.1) + 0.9 * log2(0.9))


def names(size: int) -> list[str]:
    return [f"cell {number}" for number in range(size)]


def finished(size: int, refused: set[str]) -> Plan:
    plan = plan_for(names(size))
    while not plan.done:
        assert plan.trial
        plan = plan.answered(any(cell in refused for cell in plan.trial))
    return plan


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.just(size), st.sets(st.integers(0, size - 1)))))
def test_exactly_what_is_refused_is_named_within_the_worst_case(phone: tuple[int, set[int]]):
    size, numbers = phone
    refused = {names(size)[number] for number in numbers}
    plan = finished(size, refused)
    assert set(plan.refused) == refused
    assert set(plan.taken) == set(names(size)) - refused
    assert len(plan.refused) + len(plan.taken) == size
    assert plan.trials <= len(refused) * (size - 1).bit_length() + len(refused) + 1


@pytest.mark.parametrize("size", [3, 4, 6, 8, 10, 12])
def test_the_mean_over_all_phones_is_near_the_entropy(size: int):
    mean = 0.0
    for phone in product((False, True), repeat=size):
        refused = {name for name, is_refused in zip(names(size), phone, strict=True) if is_refused}
        mean += finished(size, refused).trials * 0.1 ** len(refused) * 0.9 ** (size - len(refused))
    assert mean <= 1.25 * size * ENTROPY


@pytest.mark.parametrize("size", [17, 23, 32, 36, 43, 60])
def test_the_mean_over_simulated_phones_is_near_the_entropy(size: int):
    random = Random(size)
    phones = [{name for name in names(size) if random.random() < 0.1} for _ in range(600)]
    assert sum(finished(size, phone).trials for phone in phones) / len(phones) <= 1.25 * size * ENTROPY


def test_a_phone_that_refuses_nothing_takes_one_step():
    assert finished(43, set()).trials == 1


def test_a_cell_is_on_trial_once():
    assert plan_for(["a", "b", "a"]).open == ("a", "b")


def test_no_cells_are_no_plan():
    assert plan_for([]).done


@given(st.sets(st.integers(0, 19)), st.sets(st.integers(0, 19)), st.integers(0, 6))
def test_what_cannot_be_tried_any_more_is_neither_taken_nor_refused(bad: set[int], gone: set[int], after: int):
    plan = plan_for(names(20))
    refused = {names(20)[number] for number in bad}
    for _ in range(after):
        if not plan.done:
            plan = plan.answered(any(cell in refused for cell in plan.trial))
    left = {names(20)[number] for number in gone} & {*plan.open, *plan.suspects}
    plan = plan.without(left)
    while not plan.done:
        plan = plan.answered(any(cell in refused for cell in plan.trial))
    assert not left & {*plan.refused, *plan.taken}
    assert set(plan.refused) == refused - left
