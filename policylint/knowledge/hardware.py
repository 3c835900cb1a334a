"""Names of hardware in place of a release: `iPhone 15` is a phone, and says nothing of the iOS on it."""

import re

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Family

_SHORTENED = r"[^a-z0-9]"
_MODEL = r"\s*-?[0-9]|\s+(?!os\b)[a-z]"
_VERSIONS = r"\s*[<>=!~]"


def hardware_complaint(query: str, knowledge: Knowledge) -> str | None:
    """Say what is wrong with a query that names hardware, or None if it names none.

    Any text may be asked. What the data does not have is not told.
    """
    asked = query.casefold().strip()
    for family in knowledge.families.values():
        for word in family.sold_as:
            rest = asked.removeprefix(word)
            if rest != asked and re.match(_MODEL, rest):
                return _complaint(query.strip(), family)
            if rest != asked and re.match(_VERSIONS, rest):
                return (
                    f"device query {query.strip()!r}: its number could mean hardware; "
                    f"for the releases of {family.id} write {family.id}{rest.strip()}"
                )
    return None


def _complaint(asked: str, family: Family) -> str:
    short = re.sub(_SHORTENED, "", asked.casefold())
    came_with = {
        re.sub(_SHORTENED, "", name.casefold()): entry["came_with"]
        for entry in family.entry["hardware"]
        for name in entry["names"]
    }.get(short)
    if came_with:
        told = f"it came with {family.id} {came_with} and may run a newer release by now"
        example = f"{family.id}>={came_with}"
    else:
        told = "the release it came with is not known here"
        example = f'"{family.targets[-1].label}"'
    return (
        f"device query {asked!r} names hardware, not a release; {told}. Ask for the release it runs, such as {example}"
    )
