"""What is known of how clients merge the policies of several accounts, said in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Target
from policylint.merging.model import DeviceMerge

_Fact = dict[str, Any]


def device_merges(targets: Sequence[Target], knowledge: Knowledge) -> list[DeviceMerge]:
    """Group targets by what is known of their merging, in the order of the targets.

    A client that says nothing of its own is judged as if the strictest value won, and its text says that this is
    assumed. The settings named are in the order of the catalogue.
    """
    groups: list[tuple[_Fact | None, _Fact | None, list[Target]]] = []
    for target in targets:
        merging, accounts = target.fact("merging"), target.fact("accounts")
        for known_merging, known_accounts, members in groups:
            if known_merging == merging and known_accounts == accounts:
                members.append(target)
                break
        else:
            groups.append((merging, accounts, [target]))
    order = [known.key for known in knowledge.catalogue]
    return [_device_merge(merging, accounts, tuple(members), order) for merging, accounts, members in groups]


def shared_needs(targets: Sequence[Target]) -> dict[str, str]:
    """Return the extra conditions (`needs` of `merge`) on which all of some targets agree."""
    facts = [(target.fact("merging") or {}).get("needs", {}) for target in targets]
    first = facts[0] if facts else {}
    return {key: needed for key, needed in first.items() if all(each.get(key) == needed for each in facts)}


def _device_merge(
    merging: _Fact | None, accounts: _Fact | None, members: tuple[Target, ...], order: Sequence[str]
) -> DeviceMerge:
    graded = _graded(accounts)
    held = f"Exchange accounts it holds: {accounts['number']}{graded}." if accounts and "number" in accounts else None
    sources = tuple((accounts or {}).get("sources", ()))
    if merging is None:
        text = _joined([_assumed(members), _told(accounts), held])
        return DeviceMerge(members, True, (), text, sources)
    merged = tuple(sorted(merging["properties"], key=order.index))
    sentences = [_merged(merged, merging), *_quirks(merging), _removal(merging), merging.get("note"), held]
    cited = (*merging["sources"], *(sources if held else ()))
    return DeviceMerge(members, False, merged, _joined(sentences), tuple(dict.fromkeys(cited)))


def _assumed(members: Sequence[Target]) -> str:
    families = {target.family for target in members}
    who = members[0].family.name if len(families) == 1 else "these clients"
    verb = "merges" if len(families) == 1 else "merge"
    return (
        f"Nobody has documented, setting by setting, how {who} {verb} the policies of several accounts; "
        "strictest wins is assumed."
    )


def _told(accounts: _Fact | None) -> str | None:
    """Tell what is said of several accounts where the settings merged are not."""
    if not accounts:
        return None
    said = [_sentence(part) for part in (accounts.get("merge"), accounts.get("note")) if part]
    return f"What is said of it{_graded(accounts)}: {' '.join(said)}" if said else None


def _graded(fact: _Fact | None) -> str:
    return " (inferred)" if fact and fact.get("evidence") == "inferred" else ""


def _merged(merged: Sequence[str], merging: _Fact) -> str:
    inferred = _graded(merging)
    if not merged:
        return f"It merges nothing{inferred}: every account keeps its own settings."
    others = "nothing shows that it merges any other" if inferred else "every other setting stays with its account"
    return f"It merges {', '.join(merged)}{inferred}; {others}."


def _quirks(merging: _Fact) -> list[str]:
    needs: Mapping[str, str] = merging.get("needs", {})
    found = [f"{key} counts only where {needed} is True in the same policy." for key, needed in needs.items()]
    if merging.get("ungated"):
        found.append("Password details count even where their policy requires no password.")
    if found:
        found.append("Where the merged set departs from that, it and its verdicts follow the common rule.")
    return found


def _removal(merging: _Fact) -> str | None:
    return f"When an account is removed: {merging['removal']}" if "removal" in merging else None


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _joined(parts: Sequence[str | None]) -> str:
    return " ".join(_sentence(part) for part in parts if part)
