"""A support cell in the words of a table."""

from policylint.handbook.markdown import code
from policylint.handbook.page import Page
from policylint.handbook.places import family_place
from policylint.knowledge.families import Cell
from policylint.pages.cells import conditions, required_value


def details(cell: Cell, page: Page) -> str:
    """Say what goes with the support of a cell: the value it needs, conditions, limits, whom it was taken from."""
    needed = required_value(cell)
    parts = [needed] if needed else []
    parts += [condition.removeprefix("but ") for condition in conditions(cell)]
    if cell.limits:
        parts.append(f"known for {_limits(cell.limits)}")
    shown = [page.prose(part) for part in parts]
    if cell.inherited:
        shown.append(f"taken from {_target(cell.inherited, page)}")
    return "; ".join(shown)


def whole_note(cell: Cell) -> str | None:
    """Return the note of a cell, with how the client understands the value in front."""
    meaning = f"{cell.meaning[0].upper()}{cell.meaning[1:]}." if cell.meaning else None
    return " ".join(filter(None, [meaning, cell.note])) or None


def _limits(limits: dict[str, object]) -> str:
    low, high = limits.get("min"), limits.get("max")
    unit = f" {limits['unit']}" if "unit" in limits else ""
    if low is None:
        return f"up to {high}{unit}"
    return f"{low} and more{unit}" if high is None else f"{low} to {high}{unit}"


def _target(label: str, page: Page) -> str:
    family = page.knowledge.families.get(label.split()[0])
    return page.link(code(label), family_place(family)) if family else code(label)
