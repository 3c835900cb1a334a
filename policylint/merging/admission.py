"""Whether each account's server would still let a device in that has to obey the merged set."""

from collections.abc import Sequence
from functools import lru_cache

from policylint.exports.record import Place
from policylint.judging.engine import judge
from policylint.judging.findings import SEVERITIES, Finding
from policylint.judging.problems import unreadable
from policylint.judging.report import Verdicts
from policylint.judging.run import Run
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import GATE
from policylint.knowledge.families import Target
from policylint.knowledge.servers import Server
from policylint.merging.merged_policy import merged_policy, own_settings
from policylint.merging.model import Account, Admission, Merged, Preview


def admissions(
    merged: Merged,
    knowledge: Knowledge,
    targets: Sequence[Target],
    server: Server | None = None,
    assume_gate: bool | None = None,
) -> list[Admission]:
    """Judge for each account what the merge asks of the whole device, and what the account asks for itself alone.

    Accounts whose gates stand alike and that ask for the same by themselves share one judgement, with the gate's
    place in the file of the first of them.
    """
    asked = {account: (_gate(account), *_own(merged, account)) for account in merged.accounts}
    first: dict[object, Account] = {}
    for account, key in asked.items():
        first.setdefault(key, account)
    run = _run(knowledge, tuple(targets), server, assume_gate)
    judged = judge(run, [merged_policy(merged, account) for account in first.values()])
    by_key = dict(zip(first, judged, strict=True))
    found = []
    for account, key in asked.items():
        gate = _gate(account)
        found.append(Admission(account, assume_gate if gate is None else gate, by_key[key]))
    return found


def _own(merged: Merged, account: Account) -> tuple[object, ...]:
    """Return what an account asks for itself alone: its demands, and what it hides."""
    demands = own_settings(merged, account, demanded=True)
    hidden = frozenset(known.key for known in account.policy.hidden if known.scope == "account")
    return tuple((setting.property.key, setting.value) for setting in demands), hidden


@lru_cache(maxsize=4)
def _run(knowledge: Knowledge, targets: tuple[Target, ...], server: Server | None, assume_gate: bool | None) -> Run:
    """Keep the run for the next merge: what it works out for its targets holds for all of them."""
    return Run(knowledge, targets, assume_gate=assume_gate, server=server)


def unreadable_of(accounts: Sequence[Account], knowledge: Knowledge) -> list[Finding]:
    """Return the findings on values of the accounts' exports that cannot be used."""
    run = _run(knowledge, (), None, None)
    policies = dict.fromkeys(account.policy for account in accounts if account.policy.problems)
    return [finding for policy in policies for finding in unreadable(run, policy)]


def _gate(account: Account) -> bool | None:
    stated = account.policy.get(GATE)
    return bool(stated.value) if stated is not None else None


def judged(preview: Preview) -> list[tuple[list[str], Verdicts]]:
    """List the findings, each once, by the accounts they concern: those of all accounts first.

    They concern the servers of these accounts, or where a value cannot be read their exports.
    """
    named: dict[tuple[str, Place, str], tuple[Finding, list[str]]] = {}
    for finding in preview.unreadable:
        names = [account.name for account in preview.accounts if account.policy is finding.policy]
        named[finding.rule.id, finding.place, finding.message] = (finding, names)
    for each in preview.admissions:
        for finding in each.verdicts.findings:
            key = (finding.rule.id, finding.place, finding.message)
            named.setdefault(key, (finding, []))[1].append(each.account.name)
    found: dict[tuple[str, ...], Verdicts] = {}
    for finding, names in sorted(named.values(), key=lambda each: -len(each[1])):
        group = found.setdefault(tuple(names), Verdicts(finding.policy, {}, {}, {}, [], []))
        group.findings.append(finding)
    return [(list(names), group) for names, group in found.items()]


def counts(preview: Preview) -> dict[str, int]:
    """Count the findings of each severity."""
    found = [finding.rule.severity for _, verdicts in judged(preview) for finding in verdicts.findings]
    return {severity: found.count(severity) for severity in SEVERITIES}
