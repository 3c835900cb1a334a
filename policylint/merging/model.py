"""The models of a merge: accounts go in, effective settings come out, each with who decided it."""

from dataclasses import dataclass
from typing import Literal

from policylint.judging.report import Verdicts
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Target
from policylint.policies.policy import Policy
from policylint.values import Value

State = Literal["decides", "same", "looser", "gated-off", "not-set"]
"""How one account's value stands to the effective one.

`decides`: it is the effective value. `same`: nobody demands anything, this account neither. `looser`: another asks for
more. `gated-off`: it does not count, because its own policy requires no password. `not-set`: it asks nothing.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """One policy as one account of a user's device sees it."""

    name: str
    policy: Policy


@dataclass(frozen=True, slots=True)
class Share:
    """What one account contributes to a setting: the value its export prints, and how that stands."""

    account: Account
    value: Value
    state: State


@dataclass(frozen=True, slots=True)
class MergedSetting:
    """One property over all accounts.

    `effective` is the joined value where the property is merged (scope `device`) or could be (scope `account`);
    `matters` tells that some account demands something. `nothing_allowed` marks an application list of which nothing
    is left, which is not the same as no list. `conflict` holds the values that exclude each other. `decided_by` names
    every account whose value is the effective one; for the two lists and for conflicts, every account that
    contributes.
    """

    property: Property
    effective: Value
    shares: tuple[Share, ...]
    decided_by: tuple[Account, ...]
    matters: bool
    conflict: tuple[Value, ...] = ()
    nothing_allowed: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DeviceMerge:
    """What is known of how some targets merge.

    `assumed`: nobody documented it, so strictest wins is assumed.
    """

    targets: tuple[Target, ...]
    assumed: bool
    merged: tuple[str, ...]
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether the server of one account would let the device in with the merged set: verdict to targets, as masks."""

    account: Account
    gate: bool | None
    verdicts: Verdicts


@dataclass(frozen=True, slots=True)
class Merged:
    """A whole merge. `settings` follow the catalogue; `contributors` names who makes it stricter than every account."""

    accounts: tuple[Account, ...]
    settings: tuple[MergedSetting, ...]
    stricter_than_every_account: bool
    contributors: tuple[Account, ...]
