"""Programs that hand objects on, and the names that they put beside those of the properties."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from policylint.exports.record import Document
from policylint.exports.wanted import Wanted

_DSC = "Microsoft365DSC"
_DSC_MARK = "resourceinstancename"
_DSC_NAMES = frozenset(
    {
        "resourcename",
        _DSC_MARK,
        "ensure",
        "credential",
        "applicationid",
        "applicationsecret",
        "tenantid",
        "certificatethumbprint",
        "certificatepath",
        "certificatepassword",
        "managedidentity",
        "accesstokens",
    }
)
_ODATA = "OData"
_ODATA_MARKS = ("@odata.", "@data.")


class Form(NamedTuple):
    """What is left of the names of an object: the numbers of those that count, and whose the others are."""

    kept: tuple[int, ...]
    makers: tuple[str, ...]


@lru_cache(maxsize=256)
def form(names: tuple[str, ...]) -> Form | None:
    """Tell the names that a program added to an object from its own; None where all are its own."""
    lowered = [name.casefold() for name in names]
    adds: dict[str, Callable[[str], bool]] = {_ODATA: lambda name: any(mark in name for mark in _ODATA_MARKS)}
    if _DSC_MARK in lowered:
        adds[_DSC] = _DSC_NAMES.__contains__
    makers = {number: maker for number, name in enumerate(lowered) for maker, is_its in adds.items() if is_its(name)}
    if not makers:
        return None
    kept = tuple(number for number in range(len(names)) if number not in makers)
    return Form(kept, tuple(dict.fromkeys(makers.values())))


def strip(document: Document, wanted: Wanted) -> None:
    """Take from the records that are wanted what programs put beside their properties, with a note."""
    makers: dict[str, None] = {}
    for record in document.records:
        added = form(record.names) if record.names in wanted else None
        if added is not None:
            makers.update(dict.fromkeys(added.makers))
            record.names = tuple([record.names[number] for number in added.kept])
            record.values = tuple([record.values[number] for number in added.kept])
            record.marks = [record.marks[number] for number in added.kept]
    document.notes += left_out(makers)


def left_out(makers: Iterable[str]) -> list[str]:
    """Say whose names were left out."""
    return [f"names that {maker} puts beside the properties are left out" for maker in makers]
