"""Join what several accounts ask for, property by property, and say who decided."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from policylint.knowledge.catalogue import Catalogue, Property
from policylint.merging.model import Account, Merged, MergedSetting, Share, State
from policylint.strictness import (
    NO_NEEDS,
    Clash,
    Contribution,
    Joined,
    Measured,
    clashing,
    contribution,
    gate_closed,
    is_joined,
    is_strictest,
    join,
    plain,
    stricter,
)

_UNITS = (
    "the exports come from different cmdlets, whose pages count it in different units: "
    "the numbers cannot be compared, and none wins"
)


def merge(accounts: Sequence[Account], catalogue: Catalogue, *, needs: Mapping[str, str] = NO_NEEDS) -> Merged:
    """Return the most restrictive set of some accounts; `needs` as in `contribution`.

    Settings of the server, and those whose values are no more or less of anything, are never merged: they have no
    effective value, nobody decides them, and no account is looser than another.

    The set is stricter than every account if no account alone asks for all of it. Only settings of the whole device
    count for that: what belongs to one account stays with it. Contributors are then the accounts that decide a
    setting of the device of which not every account asks for all.
    """
    brought = [contribution(account.policy, catalogue, needs) for account in accounts]
    pairs = tuple(zip(accounts, brought, strict=True))
    idle = [_idle_shares(account, each, catalogue) for account, each in pairs]
    settings = []
    complete = [True] * len(pairs)
    telling: list[MergedSetting] = []
    for known in catalogue:
        if known.kind not in ("device", "server"):
            continue
        if not is_joined(known):
            settings.append(_apart(known, [each[known.key] for each in idle]))
            continue
        asked = [each.counted[known.key] for each in brought if known.key in each.counted]
        if not asked:
            shares = tuple([each[known.key] for each in idle])
            certain = all(share.state != "hidden" for share in shares)
            settings.append(MergedSetting(known, None, shares, (), False, certain=certain))
            continue
        joined = asked[0]
        for value in asked[1:]:
            joined = join(known, joined, value)
        settings.append(_decided(known, joined, asked, pairs))
        if known.scope == "device":
            has_it_all = [each.counted.get(known.key) == joined for each in brought]
            complete = [so_far and here for so_far, here in zip(complete, has_it_all, strict=True)]
            if not all(has_it_all):
                telling.append(settings[-1])
    chimera = bool(pairs) and not any(complete)
    deciding = {account for each in telling for account in each.decided_by}
    contributors = (account for account in accounts if account in deciding)
    return Merged(tuple(accounts), tuple(settings), chimera, tuple(contributors) if chimera else ())


_Pairs = Sequence[tuple[Account, Contribution]]


@lru_cache(maxsize=4096)
def _idle_shares(account: Account, brought: Contribution, catalogue: Catalogue) -> dict[str, Share]:
    """Return the share an account has in each setting that is never merged, or that no account asks for."""
    return {
        known.key: _unasked(known, account, brought) if is_joined(known) else _own(known, account)
        for known in catalogue
    }


def _unasked(known: Property, account: Account, brought: Contribution) -> Share:
    return Share(account, account.policy.value(known.key), _out(known, account, brought) or "same")


def _out(known: Property, account: Account, brought: Contribution) -> State | None:
    """Say why what an account has does not take part; None where it just asks nothing."""
    if known.key in brought.gated:
        return "gated-off"
    if known.kind != "device" or account.policy.complete or account.policy.get(known.key) is not None:
        return None
    # whatever it is, its own password switch voids it
    return "gated-off" if gate_closed(known, account.policy) else "hidden"


def _decided(known: Property, joined: Joined, asked: Sequence[Joined], pairs: _Pairs) -> MergedSetting:
    """Show a setting with its joined value: an account decides it unless another alone asks for more."""
    strictest: list[Joined] = []
    for value in dict.fromkeys(asked):
        if not any(stricter(known, other, value) for other in strictest):
            strictest = [other for other in strictest if not stricter(known, value, other)] + [value]
    shares = tuple(_share(known, account, brought, strictest) for account, brought in pairs)
    return MergedSetting(
        known,
        plain(joined),
        shares,
        tuple(share.account for share in shares if share.state == "decides"),
        True,
        clashing(joined),
        joined == (),
        _note(known, joined, pairs),
        is_strictest(known, joined) or all(share.state != "hidden" for share in shares),
    )


def _share(known: Property, account: Account, brought: Contribution, strictest: Sequence[Joined]) -> Share:
    key = known.key
    if key not in brought.counted:
        return Share(account, account.policy.value(key), _out(known, account, brought) or "not-set")
    own = brought.counted[key]
    # a flag that counts because of its other name counts with the value it gets, not with the one printed
    value = plain(own) if key in brought.folded else account.policy.value(key)
    return Share(account, value, "decides" if own in strictest else "looser")


def _note(known: Property, joined: Joined, pairs: _Pairs) -> str | None:
    if isinstance(joined, Clash) and any(isinstance(part, Measured) for part in joined.values):
        return _UNITS
    counting = [(account, brought) for account, brought in pairs if known.key in brought.counted]
    folded = [account.name for account, brought in counting if known.key in brought.folded]
    if folded:
        return f"the same flag under its other name is set by {', '.join(folded)}"
    gate = known.gate
    unseen = [account.name for account, _ in counting if gate and account.policy.get(gate.property) is None]
    if gate and unseen:
        return f"counted, though the export of {', '.join(unseen)} does not show {gate.property}"
    return None


def _apart(known: Property, shares: Sequence[Share]) -> MergedSetting:
    """Show a setting that is never merged, each account with its own value."""
    matters = any(share.state == "same" and not known.is_neutral(share.value) for share in shares)
    certain = all(share.state != "hidden" for share in shares)
    return MergedSetting(known, None, tuple(shares), (), matters, certain=certain)


def _own(known: Property, account: Account) -> Share:
    value = account.policy.value(known.key)
    if value is None:
        hidden = known in account.policy.hidden and not gate_closed(known, account.policy)
        return Share(account, None, "hidden" if hidden else "not-set")
    closed = gate_closed(known, account.policy) and not known.is_neutral(value)
    return Share(account, value, "gated-off" if closed else "same")
