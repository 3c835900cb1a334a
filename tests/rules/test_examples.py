"""Every example inside a rule file is a test of that rule."""

from collections.abc import Iterator
from typing import Any

import pytest

from policylint.examples import mismatch
from policylint.knowledge import Knowledge, load
from policylint.knowledge.rulebook import Rule


def examples() -> Iterator[Any]:
    for rule in load().rulebook.rules:
        for number, example in enumerate(rule.entry["examples"]):
            title = example["title"].replace(" ", "-")
            yield pytest.param(rule.id, example, id=f"{rule.id}-{number}-{title}")


@pytest.mark.parametrize(("name", "example"), list(examples()))
def test_the_rule_fires_exactly_where_its_example_says(
    name: str, example: dict[str, Any], knowledge: Knowledge
) -> None:
    rule = knowledge.rulebook.named(name)
    assert rule is not None
    assert mismatch(rule, example, knowledge) is None


def test_an_example_that_is_wrong_is_told(knowledge: Knowledge) -> None:
    rule: Rule | None = knowledge.rulebook.named("EAS101")
    assert rule is not None
    example = {"device": "wp7", "settings": {"AllowNonProvisionableDevices": False, "AllowCamera": False}}
    assert mismatch(rule, example, knowledge) == "it finds AllowCamera and should find nothing"
    told = mismatch(rule, {**example, "finds": ["AllowCamera"], "targets": ["ios 4.0"]}, knowledge)
    assert told is not None
    assert "should speak of ios 4.0" in told
