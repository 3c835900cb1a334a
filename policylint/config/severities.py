"""The severities that a configuration gives to rules."""

from policylint.config.reading import Config
from policylint.knowledge.rulebook import Rulebook, UnknownRuleError


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
