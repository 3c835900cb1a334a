"""The merged set as a policy that can be judged like any other; each value stands in the file of who decides it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from policylint.exports.record import Document, Place, Record
from policylint.knowledge.catalogue import GATE, Property
from policylint.merging.model import Account, Merged, MergedSetting
from policylint.policies.policy import Layout, Policy, Reading, Setting


@dataclass(slots=True)
class MergedDocument(Document):
    """Stands in for the files of the accounts: a mark of it is the number of a value, and leads to one of theirs."""

    origins: list[tuple[Policy, int]] = field(default_factory=list)
    _last: Document | None = None

    def place(self, mark: int) -> Place:
        """Find a value in the file of the first account that decides it."""
        policy, own_mark = self.origins[mark]
        self._last = policy.document
        return policy.place(own_mark)

    def line(self, number: int) -> str:
        """Return a line of the file in which a value was placed last."""
        return self._last.line(number) if self._last else ""

    def add(self, policy: Policy, mark: int) -> int:
        """Take in a value of an account, and return its mark here."""
        self.origins.append((policy, mark))
        return len(self.origins) - 1


@dataclass(slots=True, eq=False)
class MergedPolicy(Policy):
    """The merged set. No server has it, so its name is only for reading, and findings offer no command for it."""

    @property
    def name(self) -> str:
        """What stands for a name."""
        return "(merged)"


@dataclass(frozen=True, slots=True)
class _Column:
    known: Property
    spelling: str
    reading: Reading
    mark: int


def merged_policy(merged: Merged, account: Account) -> Policy:
    """Make a policy of what a merge asks of the whole device, with what one account asks for itself, and its gate.

    A setting that nobody asks for is there with its neutral value if some export shows it. The switch of a gate is
    left out if no export tells how it stands, though something behind it counts.
    """
    first = merged.accounts[0].policy
    document = MergedDocument(first.document.path, "merge")
    whole = document.add(first, first.mark)
    on_device = [each for each in merged.settings if each.property.scope == "device"]
    hidden = set(_hidden(merged, account))
    asked = {each.property.key for each in on_device if each.matters}
    asked |= {each.property.gate.property for each in on_device if each.matters and each.property.gate}
    twins = _twins(on_device)
    made = (
        _asked(each, document, twins.get(each.property.key)) if each.matters else _idle(each, document, asked)
        for each in on_device
        if each.matters or each.property not in hidden
    )
    columns = [column for column in made if column is not None]
    for own in own_settings(merged, account):
        reading = Reading(own.value, own.property.is_neutral(own.value))
        mark = document.add(account.policy, own.mark)
        columns.append(_Column(own.property, own.spelling, reading, mark))
    gate = account.policy.get(GATE)
    if gate is not None:
        reading = Reading(gate.value, gate.property.is_neutral(gate.value))
        mark = document.add(account.policy, gate.mark)
        columns.append(_Column(gate.property, gate.spelling, reading, mark))
    names = tuple(column.spelling for column in columns)
    missing = tuple(known for known in (setting.property for setting in merged.settings) if known in hidden)
    layout = _layout(names, tuple(column.known for column in columns), first.layout.dialect, missing)
    record = Record(None, None, names, (), [column.mark for column in columns], whole)
    document.records.append(record)
    return MergedPolicy(document, record, layout, tuple(column.reading for column in columns))


def own_settings(merged: Merged, account: Account, *, demanded: bool = False) -> list[Setting]:
    """List the settings of an account that belong to it alone, those left out that its own password switch voids."""
    found = []
    for each in merged.settings:
        if each.property.scope != "account" or each.property.kind != "device":
            continue
        share = next(share for share in each.shares if share.account is account)
        setting = account.policy.get(each.property.key)
        if setting is None or share.state == "gated-off":
            continue
        if not demanded or not each.property.is_neutral(setting.value):
            found.append(setting)
    return found


@lru_cache(maxsize=1024)
def _layout(
    names: tuple[str, ...], columns: tuple[Property, ...], dialect: str | None, missing: tuple[Property, ...]
) -> Layout:
    index = {known.key: number for number, known in enumerate(columns)}
    return Layout(names, columns, index, (), dialect, True, missing)


def _hidden(merged: Merged, account: Account) -> Iterator[Property]:
    """Yield the properties of devices of which it cannot be told what the merged set asks, or that it asks no more."""
    for setting in merged.settings:
        if setting.property.kind != "device":
            continue
        if setting.property.scope == "account":
            if any(share.account is account and share.state == "hidden" for share in setting.shares):
                yield setting.property
        elif setting.conflict or not setting.certain:
            yield setting.property


def _asked(setting: MergedSetting, document: MergedDocument, twin: Property | None) -> _Column | None:
    if setting.conflict:
        return None
    known, policy = setting.property, setting.decided_by[0].policy
    reading = Reading(setting.effective, neutral=False)
    mark = document.add(policy, _mark(policy, known, twin))
    return _Column(known, policy.spell(known), reading, mark)


def _mark(policy: Policy, known: Property, twin: Property | None) -> int:
    """Find where a policy asks for something: at the flag's other name if it counts because of that."""
    for each in (known, twin):
        found = policy.get(each.key) if each else None
        if found is not None and not found.property.is_neutral(found.value):
            return found.mark
    return policy.mark


def _twins(settings: Sequence[MergedSetting]) -> dict[str, Property]:
    """Map each of two names of one flag to the other."""
    by_key = {each.property.key: each.property for each in settings}
    found: dict[str, Property] = {}
    for known in by_key.values():
        if known.same_flag_as in by_key:
            other = by_key[known.same_flag_as]
            found |= {known.key: other, other.key: known}
    return found


def _idle(setting: MergedSetting, document: MergedDocument, asked: set[str]) -> _Column | None:
    """State what asks for nothing: a neutral value, or one that its own account's password switch voids.

    The latter is left out where another account has the switch on, for then it would count.
    """
    known = setting.property
    if known.key in asked or known.neutral is None:
        return None
    shown = [(share.account, found) for share in setting.shares if (found := share.account.policy.get(known.key))]
    if not shown:
        return None
    void = known.gate is not None and known.gate.property not in asked
    account, found = next(((who, each) for who, each in shown if known.is_neutral(each.value) != void), shown[0])
    value = found.value if void or known.is_neutral(found.value) else known.neutral[0]
    mark = document.add(account.policy, found.mark)
    return _Column(known, found.spelling, Reading(value, known.is_neutral(value)), mark)
