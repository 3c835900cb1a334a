"""Divides a finding into the part that is waived, by a waiver or a baseline, and what is left of it."""

from collections.abc import Iterator
from dataclasses import replace

from policylint.judging.findings import Finding, Ruling, Waived


class Divider:
    """Divides findings by targets. What many findings share stays shared."""

    def __init__(self) -> None:
        self._narrowed: dict[tuple[Ruling, int], Ruling] = {}

    def divide(self, finding: Finding, mask: int | None, waived: Waived) -> Iterator[Finding]:
        """Yield a finding in up to two parts: waived for the targets of a mask (None: wholly), and what is left."""
        whole = finding.ruling.mask
        covered = whole if mask is None else whole & mask
        if covered == whole:
            yield self.part(finding, whole, waived)
            return
        if covered:
            yield self.part(finding, covered, waived)
        yield self.part(finding, whole & ~covered, finding.waived)

    def part(self, finding: Finding, mask: int, waived: Waived | None) -> Finding:
        """Return what a finding says of the targets in a mask."""
        key = (finding.ruling, mask)
        ruling = self._narrowed.get(key)
        if ruling is None:
            ruling = self._narrowed[key] = finding.ruling.narrowed(mask)
        return replace(finding, ruling=ruling, waived=waived)
