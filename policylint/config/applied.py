"""The waivers of a configuration, held against what is known and what is judged."""

from typing import Any

from policylint.acceptance.waivers import Waiver
from policylint.config.reading import At, Config
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.nearest import did_you_mean
from policylint.knowledge.query import QueryError, resolve
from policylint.knowledge.rulebook import Rule, UnknownRuleError


def waivers_of(config: Config, knowledge: Knowledge, targets: TargetSet) -> list[Waiver]:
    """Read the waivers of a configuration; those that concern none of the targets are left out.

    Raises `ConfigError` where one names what does not exist, or says too little.
    """
    found = (_waiver(config, index, entry, knowledge, targets) for index, entry in enumerate(_entries(config)))
    return [waiver for waiver in found if waiver.mask != 0]


def _entries(config: Config) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = config.values.get("waivers", [])
    return entries


def _waiver(config: Config, index: int, entry: dict[str, Any], knowledge: Knowledge, targets: TargetSet) -> Waiver:
    at: At = ("waivers", index)
    rule = _rule(config, at, entry.get("rule"), knowledge)
    known = knowledge.catalogue.named(entry["property"]) if "property" in entry else None
    if "property" in entry and known is None:
        hint = did_you_mean(knowledge.catalogue.nearest(entry["property"]))
        raise config.error((*at, "property"), f"unknown property {entry['property']!r}{hint}")
    if rule is None and known is None:
        raise config.error(
            at, "a waiver needs a rule, a property or both: to waive all of a policy is to check nothing"
        )
    if not entry.get("policy") and not (rule is not None and rule.once):
        raise config.error(at, "a waiver needs a policy: its name or its Guid")
    mask = None
    if "devices" in entry:
        try:
            mask = targets.mask(resolve(entry["devices"], knowledge))
        except QueryError as error:
            raise config.error((*at, "devices"), str(error)) from None
    return Waiver(
        rule,
        known,
        None if rule is not None and rule.once else entry["policy"],
        mask,
        entry["reason"].strip(),
        entry.get("expires"),
        config.line(*at),
    )


def _rule(config: Config, at: At, name: str | None, knowledge: Knowledge) -> Rule | None:
    if name is None:
        return None
    try:
        return knowledge.rulebook.find(name)
    except UnknownRuleError as error:
        raise config.error((*at, "rule"), str(error)) from None
