"""Write what was learned as observed.toml of a pack, which `--rules DIR` reads."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from policylint import values
from policylint.knowledge.catalogue import NULL, Property
from policylint.knowledge.families import Cell
from policylint.knowledge.observed import Within, bounds, settled
from policylint.learning.trials import effective
from policylint.values import Value

FILE = "observed.toml"
"""What the file is called in the folder of a pack."""

_HEAD = """\
# What was seen on devices of this organisation. It holds within the values tried, and never against a documented
# fact. Use it with --rules and this folder.
"""


@dataclass(frozen=True, slots=True)
class Learned:
    """One [[observed]] table: see `ObservedEntry` of the schema. `as_of` is a day, as ISO 8601."""

    family: str
    versions: str
    property: str
    support: str
    within: Within
    devices: int
    policies: int
    as_of: str


def written(value: Value) -> Any:
    """Return a value as a pack writes it: plain for TOML, and read back by `Property.written`."""
    return NULL if value is None else values.to_json(value)


def learn(known: Property, value: Value, cell: Cell, *, taken: bool) -> tuple[str, Within] | None:
    """Return the support that a value seen taken (or refused) gives a cell, and the values it holds for.

    None where the cell stays as it was: it is documented, or says so already.
    """
    support = settled(effective(cell, known, value), cell.evidence, taken=taken)
    return None if support is None else (support, bounds(known, written(value), taken=taken))


def observed_text(learned: Iterable[Learned], source: str) -> str:
    """Return the text of observed.toml. The order of what was learned changes nothing; `source` names nobody."""
    tables = sorted({_table(each) for each in learned})
    return "\n".join([_HEAD, f"source = {_toml(source)}\n", *tables])


def _table(each: Learned) -> str:
    within = ", ".join(f"{name} = {_toml(end)}" for name, end in each.within.entry.items())
    return (
        "[[observed]]\n"
        f"family = {_toml(each.family)}\n"
        f"versions = {_toml(each.versions)}\n"
        f"property = {_toml(each.property)}\n"
        f"support = {_toml(each.support)}\n"
        f"within = {{ {within} }}\n"
        f"devices = {each.devices}\n"
        f"policies = {each.policies}\n"
        f"as_of = {each.as_of}\n"
    )


def _toml(value: Any) -> str:
    """Write a text, number, truth value or list of them: JSON is TOML here, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
