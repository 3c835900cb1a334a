"""A report as a page shows it: tiles, a map, policies, settings. It counts what the JSON of the report counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from policylint.html.clients import Column, columns
from policylint.html.findings import Shown, cite, shown
from policylint.html.first import Step
from policylint.html.settings import Block, Blocks
from policylint.html.timeline import Band, bands
from policylint.html.words import GATES, GRADE, TILES
from policylint.judging.cells import CLOSED
from policylint.judging.demands import demands_of
from policylint.judging.findings import SEVERITIES, Finding
from policylint.judging.report import VERDICTS, Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.knowledge.catalogue import GATE
from policylint.policies.labels import labels

IN_FULL = 40
"""So many policies are told in full, the gravest; of the others the page keeps to their cells and settings."""
_CELLS = 30_000
"""So many cells the map has at most; the policies that fare best are then left out of it, and counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one policy fares on the clients of a column."""

    verdict: str
    grade: str
    met: int
    asked: int
    unknown: int

    @property
    def share(self) -> str:
        """How many of the demands are met: `6/8`; nothing where none counts."""
        return f"{self.met}/{self.asked}" if self.asked else ""


@dataclass(slots=True)
class Row:
    """One policy: where it stands, how it fares, what it asks, what was found; `idle` where it asks nothing."""

    id: str
    name: str
    place: str
    gate: str
    cells: list[Cell]
    counts: dict[str, int]
    demands: list[tuple[str, str, Block]]
    findings: list[Shown]
    bands: list[Band]
    in_full: bool
    idle: bool

    @property
    def grades(self) -> str:
        """The grades that occur, for filters."""
        return " ".join(grade for grade in ("refused", "weak", "unknown", "fine") if self.counts[grade])


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that filters the page: pairs of policy and client of one grade, and how many of each there are."""

    grade: str
    title: str
    text: str
    pairs: int
    clients: int
    policies: int


@dataclass(slots=True)
class View:
    """All that a page on policies shows."""

    columns: list[Column]
    rows: list[Row]
    left_out: int
    tiles: list[Tile]
    idle: int
    blocks: list[Block]
    waived: list[tuple[str, Shown]]
    sources: list[object]
    steps: list[Step] = field(default_factory=list)


def view(report: Report, steps: Iterable[Step] = ()) -> View:
    """Return what a page shows of a report, the policies that fare worst first."""
    targets = report.targets
    cells = [cells_of(each, targets) for each in report.verdicts]
    found = columns(targets, list(zip(*cells, strict=True)) if cells else [()] * len(targets.targets))
    most = max(IN_FULL, _CELLS // max(1, len(found)))
    names = labels([each.policy for each in report.verdicts])
    order = sorted(range(len(cells)), key=lambda number: _gravity(cells[number]))
    blocks, rows = Blocks(targets, report.sources), []
    for position, number in enumerate(order):
        row = _row(report.verdicts[number], names[number], number, position < IN_FULL, targets, blocks)
        row.cells = [cells[number][column.bits[0]] for column in found]
        rows.append(row)
    cite((finding for each in report.verdicts for finding in each.findings), blocks.cited)
    waived = [
        (each.about.name, shown(finding, "", quoted=False))
        for each in report.verdicts
        for finding in each.findings
        if finding.waived
    ]
    sources = sorted(blocks.cited.values(), key=lambda source: source.id)
    idle = sum(row.idle for row in rows)
    tiles = [_tile(grade, cells) for grade in TILES]
    return View(found, rows[:most], len(rows[most:]), tiles, idle, blocks.all(), waived, list(sources), list(steps))


def cells_of(verdicts: Verdicts, targets: TargetSet) -> list[Cell]:
    """Return how a policy fares on each target of a run."""
    counted = zip(verdicts.by_target(targets), *verdicts.demands(targets), strict=True)
    return [
        Cell(verdict, GRADE[verdict], met, met + partly + unmet + unknown, unknown)
        for verdict, met, partly, unmet, unknown in counted
    ]


def _gravity(cells: list[Cell]) -> list[int]:
    counts = Counter(cell.verdict for cell in cells)
    return [-counts[verdict] for verdict in VERDICTS]


def _severity(finding: Finding) -> int:
    return SEVERITIES.index(finding.rule.severity)


def _row(verdicts: Verdicts, name: str, number: int, in_full: bool, targets: TargetSet, blocks: Blocks) -> Row:
    policy = verdicts.policy
    asked = [(setting, gate) for setting, gate in demands_of(policy) if gate != CLOSED]
    lines = [
        (setting.spelling, str(policy.place(setting.mark).line), blocks.of(setting, gate, number))
        for setting, gate in asked
    ]
    place = policy.place(policy.mark)
    gate = policy.value(GATE)
    counts = Counter(GRADE[verdict] for verdict in verdicts.by_target(targets))
    findings = [
        shown(finding, f"p{number}f{index}")
        for index, finding in enumerate(sorted(verdicts.findings, key=_severity) if in_full else ())
        if not finding.waived
    ]
    return Row(
        f"p{number}",
        name,
        f"{place.path}:{place.line}",
        GATES[gate if isinstance(gate, bool) else None],
        [],
        counts,
        lines,
        findings,
        bands(verdicts, asked, targets) if in_full and asked else [],
        in_full,
        not any(verdicts.met.values()),
    )


def _tile(grade: str, cells: list[list[Cell]]) -> Tile:
    pairs = [(row, bit) for row, each in enumerate(cells) for bit, cell in enumerate(each) if cell.grade == grade]
    title, text = TILES[grade]
    return Tile(grade, title, text, len(pairs), len({bit for _, bit in pairs}), len({row for row, _ in pairs}))
