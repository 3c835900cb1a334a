"""The waivers of a configuration, held against what is known and what is judged."""

from typing import Any

from policylint.acceptance.waivers import Waiver
from policylint.config.reading import At, Config
from policylint.exports.record import Document, Place
from policylint.exports.text_document import Lines
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.nearest import did_you_mean
from policylint.knowledge.query import QueryError, resolve
from policylint.knowledge.rulebook import Rule, Rulebook, UnknownRuleError

_ABOUT = {"chain": "certificates", "fleet": "devices"}
"""What rules judge that need no policy in a waiver."""


def waivers_of(config: Config, knowledge: Knowledge, targets: TargetSet, about: str = "policy") -> list[Waiver]:
    """Read the waivers of a configuration; those that concern none of the targets are left out.

    So are those of rules about anything else than a `policy`, a `chain` or a `fleet`. Raises `ConfigError` where one
    names what does not exist, or says too little.
    """
    found = (_waiver(config, index, entry, knowledge, targets) for index, entry in enumerate(_entries(config)))
    return [waiver for waiver in found if waiver.mask != 0 and _about(waiver) == about]


def _about(waiver: Waiver) -> str:
    return waiver.rule.about if waiver.rule is not None else "policy"


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
    about = _ABOUT.get(rule.about) if rule is not None else None
    if about and known is not None:
        raise config.error((*at, "property"), f"{rule.id if rule else ''} judges {about}, which have no properties")
    if not entry.get("policy") and not about and not (rule is not None and rule.once):
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
        None if rule is not None and rule.once else entry.get("policy"),
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


class ConfigDocument(Document):
    """A configuration file. A mark is the number of a line."""

    def __init__(self, config: Config):
        super().__init__(str(config.path), "toml")
        self._lines = Lines(config.text)

    def place(self, mark: int) -> Place:
        """Return the place of a whole line, without its indentation."""
        line = self.line(mark)
        return Place(self.path, mark, len(line) - len(line.lstrip()) + 1, mark, max(len(line.rstrip()), 1) + 1)

    def line(self, number: int) -> str:
        """Return the text of a line, 1-based, without its line break."""
        return self._lines.line(number)


def severities_of(config: Config, rulebook: Rulebook) -> dict[str, str]:
    """Return the severities by the id of the rule. Raises `ConfigError` where one names no rule."""
    levels: dict[str, str] = config.values["severities"]
    found: dict[str, str] = {}
    for name, severity in levels.items():
        try:
            found[rulebook.find(name).id] = severity
        except UnknownRuleError as error:
            raise config.error(("severities", name), str(error)) from None
    return found
