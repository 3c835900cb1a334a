"""Run the examples inside rules: each is a policy that the rule must speak of, or must be silent about."""

import datetime
import json
from pathlib import Path
from typing import Any

from policylint.acceptance.waivers import Waivers
from policylint.config.applied import ConfigDocument, waivers_of
from policylint.config.reading import ConfigError, parse
from policylint.exports.error import ExportError
from policylint.exports.reader import read_document
from policylint.judging.engine import judge
from policylint.judging.findings import Finding
from policylint.judging.run import Run
from policylint.knowledge import Knowledge
from policylint.knowledge.query import QueryError, find_profile, find_server, resolve
from policylint.knowledge.rulebook import Rule
from policylint.policies.policy import PolicyReader

POLICY = "policy"
"""What stands in `finds` for a finding that is about no property."""


def mismatch(rule: Rule, example: dict[str, Any], knowledge: Knowledge) -> str | None:
    """Judge an example and return what differs from what it promises; None where nothing does."""
    try:
        fired = [finding for finding in _judge(example, knowledge) if finding.rule is rule]
    except (ExportError, ConfigError, QueryError) as error:
        return f"it cannot be judged: {error}"
    found = sorted({finding.name or POLICY for finding in fired}, key=str.casefold)
    wanted = sorted(example.get("finds", ()), key=str.casefold)
    if found != wanted:
        return f"it finds {_listed(found)} and should find {_listed(wanted)}"
    targets = [target.label for finding in fired for target in finding.targets]
    if "targets" in example and targets != example["targets"]:
        return f"it speaks of {_listed(targets)} and should speak of {_listed(example['targets'])}"
    return None


def _judge(example: dict[str, Any], knowledge: Knowledge) -> list[Finding]:
    export = example.get("export") or json.dumps({"Name": "Example", **example["settings"]})
    document = read_document(export.encode(), "example")
    server = find_server(example["server"], knowledge) if "server" in example else None
    profiles = (find_profile(example["profile"], knowledge),) if "profile" in example else ()
    targets = resolve([example.get("device", "all")], knowledge)
    run = Run(knowledge, targets, show_unknown=True, server=server, profiles=profiles)
    judged = judge(run, PolicyReader(knowledge.catalogue).policies(document))
    if "config" in example:
        config = parse(Path("policylint.toml"), example["config"])
        waivers = Waivers(waivers_of(config, knowledge, run.targets), ConfigDocument(config), datetime.date.today())
        waivers.apply(judged)
        waivers.report(judged, knowledge, run.targets)
    return [finding for verdicts in judged for finding in verdicts.findings]


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "nothing"
