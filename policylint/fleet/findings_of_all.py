"""Findings that concern the fleet as a whole: protected accounts, shared devices, servers, policies and users."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from policylint.evidence.logs import Affinity
from policylint.evidence.policy_names import PolicyNames
from policylint.evidence.users import User
from policylint.fleet.findings import Maker, counted
from policylint.fleet.rows import Row
from policylint.judging.findings import Finding, shown
from policylint.judging.patterns import pattern_of
from policylint.knowledge.families import Target
from policylint.learning.trials import Lessons
from policylint.policies.policy import Policy
from policylint.writing.style import number, quoted

_NO_PRINCIPAL = "125"
"""The status that goes with UserPrincipalCouldNotBeFound."""


def protected_accounts(rows: Sequence[Row], make: Maker) -> Iterator[Finding]:
    """Tell of accounts whose device cannot be created in the directory."""
    concerned = [row for row in rows if _lacks_principal(row)]
    if not concerned:
        return
    kinds = {row.device.user.account.protection for row in concerned if row.device.user.account is not None}
    protected = kinds & {"protected", "probable"}
    sure = "AdminSDHolder protects the account" if "protected" in kinds else "adminCount says that it is protected"
    which = sure if protected else "as happens where AdminSDHolder protects the account"
    yield make.finding("fleet-protected", make.fleet, f"{counted(concerned)}: {which}", concerned)


def _lacks_principal(row: Row) -> bool:
    state = row.observation.state
    if state is None or _NO_PRINCIPAL not in state.reasons:
        return False
    return state.reasons[_NO_PRINCIPAL] > state.lasts.get("success", -1)


def shared_devices(rows: Iterable[Row], make: Maker) -> Iterator[Finding]:
    """Tell of devices that are in several mailboxes: their policies become one there."""
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        if row.shared and row.key is not None:
            by_id.setdefault(row.key, []).append(row)
    by_policies: dict[tuple[str, ...], list[Row]] = {}
    for owned in by_id.values():
        names = tuple(sorted({row.policy_name or "" for row in owned}))
        by_policies.setdefault(names, []).extend(owned)
    for names, owned in sorted(by_policies.items()):
        known = [quoted(name) for name in names if name]
        merged = f"; {' and '.join(known)} are merged there" if len(known) > 1 else ""
        detail = f"{counted(owned)}{merged}"
        yield make.finding("fleet-shared", make.fleet, detail, owned, key=" ".join(names))


def piled_servers(affinity: Affinity, make: Maker) -> Iterator[Finding]:
    """Tell of servers that have more than their share of the devices because of source-IP affinity."""
    for server in affinity.piled:
        share = f"{server.server} has {server.devices} of {number(affinity.devices, 'device')} ({server.share:.0%})"
        detail = f"{share}, one of {number(len(affinity.servers), 'server')}"
        yield make.finding("fleet-affinity", make.fleet, detail, name=server.server, key=server.server)


def known_faults(rows: Sequence[Row], make: Maker) -> Iterator[Finding]:
    """Tell of known faults of the clients that are in the fleet, where their conditions hold for the policy."""
    by_target: dict[Target, dict[Policy | None, list[Row]]] = {}
    for row in rows:
        if row.target is not None:
            by_target.setdefault(row.target, {}).setdefault(row.judged, []).append(row)
    server, knowledge = make.run.server_end.server, make.run.knowledge
    found: dict[int, tuple[Mapping[str, Any], list[Row]]] = {}
    for target in make.run.targets.targets:
        for bug in target.family.entry["known_bugs"]:
            if target.position not in bug["releases"] or not _is_told(bug, target):
                continue
            if "server" in bug and (server is None or server.id != bug["server"]):
                continue
            patterns = [pattern_of(entry, knowledge.catalogue) for entry in bug.get("when", ())]
            for policy, having in by_target.get(target, {}).items():
                if not patterns or (policy is not None and all(pattern.holds(policy) for pattern in patterns)):
                    found.setdefault(id(bug), (bug, []))[1].extend(having)
    for bug, having in sorted(found.values(), key=lambda each: str(each[0]["text"])):
        line = str(bug["text"]).split(". ")[0].rstrip(".")
        fix = f" {bug['fix']}" if bug.get("fix") else ""
        sources = [knowledge.sources[name] for name in bug["sources"]]
        detail = f"{make.run.targets.fold(make.mask(having))} ({counted(having)}): {bug['text']}{fix}".rstrip(".")
        yield make.finding(
            "fleet-known-fault",
            make.fleet,
            detail,
            having,
            key=line,
            sources=sources,
            evidence=str(bug["evidence"]),
        )


def _is_told(bug: Mapping[str, Any], target: Target) -> bool:
    """Tell whether a fault is a matter of a release: one without condition and end is so of its first release."""
    bounded = "when" in bug or "server" in bug or target.family.targets[-1].position not in bug["releases"]
    return bounded or target.position == min(bug["releases"])


def policies_of_nobody(policies: PolicyNames, users: Sequence[User], make: Maker) -> Iterator[Finding]:
    """Tell of exported policies that no mailbox has; nothing is said without a list of mailboxes."""
    boxes = [user.mailbox for user in users if user.mailbox is not None]
    if not boxes:
        return
    given = {box.policy for box in boxes}
    for each in policies.known:
        if each not in given and each.policy is not None:
            yield make.finding("fleet-unassigned", each.policy, f"of {number(len(boxes), 'mailbox', 'mailboxes')}")


def users_without_policy(policies: PolicyNames, users: Sequence[User], make: Maker) -> Iterator[Finding]:
    """Tell of users with an empty assignment where no exported policy is the default one."""
    defaults = [each.policy.value("IsDefaultPolicy") for each in policies.known if each.policy is not None]
    if not defaults or any(value is not False for value in defaults):
        return
    without = [
        user
        for user in users
        if user.mailbox is not None and user.mailbox.by == "no-default" and user.mailbox.enabled is not False
    ]
    if without:
        devices = sum(len(user.devices) for user in without)
        detail = f"{number(len(without), 'user')} with {number(devices, 'device')}"
        yield make.finding("fleet-no-policy", make.fleet, detail)


def against_facts(make: Maker, lessons: Lessons) -> Iterator[Finding]:
    """Tell of what devices did against a documented fact, and of policies that were cut without a reason."""
    for taught in lessons.taught:
        if taught.is_against:
            what = "took" if taught.taken else "refused"
            said = f"the data says {taught.cell.support} ({taught.cell.evidence})"
            sources = [make.run.knowledge.sources[name] for name in taught.cell.sources]
            detail = (
                f"{taught.target.label}: {number(len(taught.devices), 'device')} {what} "
                f"{taught.known.key} {shown(taught.value)}, and {said}"
            )
            yield make.finding(
                "fleet-against-fact",
                make.fleet,
                detail,
                name=taught.known.key,
                key=f"{taught.target.label} {taught.known.key}",
                sources=sources,
                mask=make.run.targets.mask([taught.target]),
            )
    for each in lessons.against:
        detail = f"{each.target.label}: {number(len(each.devices), 'device')}; {each.why}"
        mask = make.run.targets.mask([each.target])
        yield make.finding("fleet-against-fact", each.policy, detail, key=f"{each.target.label} cut", mask=mask)
