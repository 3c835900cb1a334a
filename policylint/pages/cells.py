"""Support cells in words, and the answer of a release to a property."""

from policylint import values
from policylint.explanation.condition import in_words
from policylint.knowledge.families import Cell, Target

NO_POLICY = "no policy at all"

HEADINGS = {
    "enforced": "Enforces",
    "accepted": "Accepts; nothing shows that it acts on it",
    "partial": "Enforces in part",
    "ignored": "Claims to comply and does nothing",
    "blocks": "Cannot take; the gate decides",
    "not-sent": "Cannot be sent; the gate decides",
    "must-be": "Needs this value",
    "server": "Exchange applies it",
    "not-applicable": "Not applicable",
    "unknown": "Not known",
}
"""What a page calls the properties of one support, in the order of a page."""


def answer(target: Target, key: str) -> Cell:
    """Return what a release does with a property; one that cannot provision sees none of them."""
    provisioning = target.provisioning
    if provisioning.ability == "none":
        return Cell(NO_POLICY, provisioning.evidence, None, provisioning.sources)
    return target.cell(key)


def describe(cell: Cell, note: str | None) -> str:
    """Describe a cell in one line: support, condition, evidence and as much of its note as is given."""
    parts = [required_value(cell) or cell.support, *conditions(cell)]
    if cell.inherited:
        parts.append(f"as {cell.inherited}")
    if cell.evidence:
        parts.append(f"({cell.evidence})")
    return " ".join(parts) + (f": {note}" if note else "")


def required_value(cell: Cell) -> str | None:
    """Say which value a cell needs, if it needs one."""
    return f"must be {plain_text(cell.value)}" if cell.support == "must-be" else None


def conditions(cell: Cell) -> list[str]:
    """Say what narrows or widens a cell: when it refuses, where it counts."""
    parts = []
    if cell.blocks:
        parts.append(f"{'' if cell.support == 'blocks' else 'but refuses '}{in_words(cell.blocks)}")
    if cell.scope:
        parts.append(f"in the {cell.scope} only")
    if cell.ungated:
        parts.append("even while no password is required")
    return parts


def plain_text(value: object) -> str:
    """Print a value as the pack writes it the way the Exchange Management Shell would."""
    if value == "$null" or value is None:
        return values.to_text(None)
    return values.to_text(tuple(value) if isinstance(value, list) else value)  # type: ignore[arg-type]
