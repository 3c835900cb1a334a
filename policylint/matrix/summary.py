"""What sums a matrix up, alike in text and in Markdown: words for a line, of which a count with its noun is one."""

from policylint.judging.report import VERDICTS, Report
from policylint.matrix import words
from policylint.matrix.property import PropertyMatrix, rows
from policylint.report.words import number
from policylint.writing.style import printable


def policies_summary(report: Report) -> list[str]:
    """Count policies, targets, and the cells of each verdict."""
    policies = number(len(report.verdicts), "policy", "policies")
    targets = number(len(report.targets.targets), "target", "targets")
    found = {
        verdict: sum(verdicts.masks.get(verdict, 0).bit_count() for verdicts in report.verdicts) for verdict in VERDICTS
    }
    return _summary(f"{policies} × {targets} ({report.stamp.chosen_by}):", found)


def property_summary(matrix: PropertyMatrix) -> list[str]:
    """Count targets, and those of each support."""
    targets = number(len(matrix.targets), "target", "targets")
    found = dict.fromkeys(words.SUPPORTS, 0)
    for row in rows(matrix):
        found[row.behaviour.support] += row.size
    return _summary(f"{matrix.known.key} × {targets} ({matrix.stamp.chosen_by}):", found)


def property_title(matrix: PropertyMatrix) -> str:
    """Name the property, by its key and as the reader did."""
    known, asked = matrix.known, matrix.asked
    if asked.casefold() == known.key.casefold():
        return known.key
    # a phone's list may name the opposite: what it calls Disable is an Allow here
    phone = known.entry.get("phone_name") or {}
    turned = phone.get("inverted") and known.phone_name and known.phone_name.casefold() == asked.casefold()
    return f"{known.key} (asked for as {asked}{': True there is False here' if turned else ''})"


def _summary(head: str, found: dict[str, int]) -> list[str]:
    return [*printable(head).split(), *words.listed([f"{count} {word}" for word, count in found.items() if count], ",")]
