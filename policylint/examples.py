"""Run the examples inside rules: each is a policy, a chain or a fleet that a rule must speak of, or not."""

import datetime
import json
from pathlib import Path
from typing import Any

from policylint.acceptance.waivers import Waivers
from policylint.certificates.error import LibraryMissing
from policylint.config.applied import ConfigDocument, waivers_of
from policylint.config.reading import ConfigError, parse
from policylint.exports.error import ExportError
from policylint.exports.reader import read_document
from policylint.judging.findings import Finding
from policylint.knowledge import Knowledge
from policylint.knowledge.query import QueryError
from policylint.knowledge.rulebook import Rule
from policylint.policies.files import Inputs
from policylint.policies.reading import PolicyReader
from policylint.session import Session
from policylint.usage import UsageError

POLICY = "policy"
"""What stands in `finds` for a finding that is about no property."""


def mismatch(rule: Rule, example: dict[str, Any], knowledge: Knowledge) -> str | None:
    """Judge an example and return what differs from what it promises; None where nothing does.

    Raises `LibraryMissing` where that takes a library which is not installed.
    """
    judge_it = {"chain": _judge_chain, "fleet": _judge_fleet}.get(rule.about, _judge)
    try:
        fired = [finding for finding in judge_it(example, knowledge) if finding.rule.id == rule.id]
    except LibraryMissing:
        raise
    except (ExportError, ConfigError, QueryError, UsageError) as error:
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
    session = Session(
        example.get("device", "all"),
        server=example.get("server"),
        profiles=example.get("profile", ()),
        knowledge=knowledge,
    )
    policies = PolicyReader(knowledge.catalogue).policies(document)
    report = session.judge(Inputs(policies), show_unknown=True)
    if "config" in example:
        config = parse(Path("policylint.toml"), example["config"])
        found = waivers_of(config, knowledge, session.targets)
        waivers = Waivers(found, ConfigDocument(config), knowledge.rulebook, datetime.date.today())
        report, _ = waivers.applied(report)
    return report.findings


def _judge_chain(example: dict[str, Any], knowledge: Knowledge) -> list[Finding]:
    from policylint.certificates.examples import findings_of

    return findings_of(example, Session(example.get("device", "all"), knowledge=knowledge).targets, knowledge)


def _judge_fleet(example: dict[str, Any], knowledge: Knowledge) -> list[Finding]:
    from policylint.fleet.examples import findings_of

    run = Session(example.get("device", "all"), server=example.get("server"), knowledge=knowledge)
    return findings_of(example, run.run())


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "nothing"
