"""A merge as JSON: `policylint/merge/1`, whose schema is published in docs/schema/."""

from collections.abc import Iterator
from typing import Any

from policylint import values
from policylint.merging.admission import counts, judged
from policylint.merging.model import Account, Admission, MergedSetting, Preview, Setup
from policylint.merging.users import User, UserMerges
from policylint.report.objects import Writer
from policylint.writing.json import array, dumps, members, tool

SCHEMA = "policylint/merge/1"


def render(preview: Preview) -> Iterator[str]:
    """Yield a merge in pieces that make one JSON document."""
    yield "{\n" + members({"schema": SCHEMA, **head(preview.setup)})
    yield members(accounts_and_strictness(preview))
    yield from array("settings", (dumps(setting(each)) for each in preview.settings))
    writer = writer_of(preview.setup)
    yield from array("admissions", (admission(each, writer) for each in preview.admissions))
    yield from array("findings", findings(preview, writer))
    summary = {f"{name}s": count for name, count in counts(preview).items()}
    yield f'  "summary": {dumps(summary)}\n}}\n'


def head(setup: Setup) -> dict[str, Any]:
    """Return what all merges of a run have in common."""
    return {
        "tool": tool(setup.stamp.program, setup.stamp.knowledge, setup.stamp.as_of),
        "targets": [target.label for target in setup.stamp.targets.targets],
        "server": setup.stamp.server,
        "devices": [
            {
                "targets": [target.label for target in device.targets],
                "assumed": device.assumed,
                "merged": list(device.merged),
                "text": device.text,
                "sources": list(device.sources),
            }
            for device in setup.devices
        ],
    }


def accounts_and_strictness(preview: Preview) -> dict[str, Any]:
    """Return who takes part in a merge, and who makes it stricter than every account."""
    return {
        "accounts": [
            {"account": each.name, "policy": each.policy.name, "path": each.policy.document.path, "gate": gate}
            for each, gate in preview.gates()
        ],
        "stricter_than_every_account": preview.merged.stricter_than_every_account,
        "contributors": _names(preview.merged.contributors),
    }


def setting(merged: MergedSetting) -> dict[str, Any]:
    """Return one property over all accounts; `conflicting` holds the values that exclude each other."""
    return {
        "property": merged.property.key,
        "scope": merged.property.scope,
        "effective": values.to_json(merged.effective),
        "from": _names(merged.decided_by),
        "accounts": [
            {"account": share.account.name, "value": values.to_json(share.value), "state": share.state}
            for share in merged.shares
        ],
        "certain": merged.certain,
        "conflict": bool(merged.conflict),
        "conflicting": [values.to_json(value) for value in merged.conflict],
        "nothing_allowed": merged.nothing_allowed,
        "matters": merged.matters,
        "note": merged.note,
    }


def writer_of(setup: Setup) -> Writer | None:
    """Return what writes findings and verdicts; None where no device was asked for."""
    return Writer(setup.stamp.targets) if setup.judges else None


def admission(found: Admission, writer: Writer | None) -> str:
    """Write whether one account's server would let each target in: verdicts as in a report."""
    verdicts = writer.verdicts(found.verdicts, ", ") if writer else ""
    return f'{{"account": {dumps(found.account.name)}, "gate": {dumps(found.gate)}, "verdicts": [{verdicts}]}}'


def findings(preview: Preview, writer: Writer | None) -> Iterator[str]:
    """Write the findings as in a report, each with the accounts whose servers it concerns.

    They have no fix: which account's policy to change is for a person to decide.
    """
    for named, verdicts in judged(preview) if writer else ():
        accounts = f'{{"accounts": {dumps(named)}, '
        for entry in writer.findings(verdicts, with_fix=False) if writer else ():
            yield accounts + entry[1:]


def _names(accounts: tuple[Account, ...]) -> list[str]:
    return [account.name for account in accounts]


USERS_SCHEMA = "policylint/merge-users/1"


def render_users(merges: UserMerges) -> Iterator[str]:
    """Yield the sets, then the users, in pieces that make one JSON document."""
    yield "{\n" + members({"schema": USERS_SCHEMA, **head(merges.setup)})
    users: list[User] = []
    yield from array("sets", _sets(merges, users))
    yield '  "users": ['
    separator = "\n    "
    for user in sorted(users, key=lambda user: user.line):
        entry = {"user": user.name, "accounts": user.accounts, "set": user.set, "line": user.line}
        yield separator + dumps(entry)
        separator = ",\n    "
    yield "\n  ]\n}\n" if users else "]\n}\n"


def _sets(merges: UserMerges, users: list[User]) -> Iterator[str]:
    writer = writer_of(merges.setup)
    for preview, named in merges:
        users += named
        plain = dumps({**accounts_and_strictness(preview), "settings": [setting(each) for each in preview.settings]})
        judged = ", ".join(admission(each, writer) for each in preview.admissions)
        found = ", ".join(findings(preview, writer))
        yield f'{plain[:-1]}, "admissions": [{judged}], "findings": [{found}]}}'
