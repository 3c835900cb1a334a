"""Every example inside a rule file is a test of that rule."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from policylint.findings import Report
from policylint.knowledge import load
from policylint.knowledge.rulebook import Rule


def examples() -> Iterator[Any]:
    for rule in load().rulebook.rules:
        for number, example in enumerate(rule.entry["examples"]):
            yield pytest.param(rule, example, id=f"{rule.id}-{number}-{example['title'].replace(' ', '-')}")


@pytest.mark.parametrize(("rule", "example"), list(examples()))
def test_the_rule_fires_exactly_where_its_example_says(
    rule: Rule, example: dict[str, Any], judged: Callable[..., Report]
) -> None:
    source = example.get("settings") or example["export"]
    report = judged(source, example.get("device", "all"), show_unknown=True)
    fired = [finding for finding in report.findings if finding.rule.id == rule.id]
    assert sorted({finding.name or "" for finding in fired}, key=str.casefold) == sorted(
        example.get("finds", []), key=str.casefold
    )
    if "targets" in example:
        assert [target.label for finding in fired for target in finding.targets] == example["targets"]
