"""The four outputs say the same about the same number of cells."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from policylint.judging.report import Report
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.families import Target
from policylint.knowledge.query import fold, resolve
from policylint.matrix import csv as csv_matrix
from policylint.matrix import json as json_matrix
from policylint.matrix import markdown, text
from policylint.matrix.property import PropertyMatrix
from policylint.writing.style import Look, Style

Make = Callable[[Sequence[str], str], Report]

SIZES = [(1, "wp7"), (5, "wp7"), (2, "ios"), (1, "all"), (50, "all")]


def ranges(targets: Sequence[Target]) -> dict[str, int]:
    """Every range of releases that a row could be called, with its size."""
    return {
        fold(targets[start:end]): end - start
        for start in range(len(targets))
        for end in range(start + 1, len(targets) + 1)
        if targets[start].family is targets[end - 1].family
    }


def table(page: str) -> list[list[str]]:
    """The cells of a Markdown table, split as GitHub does: at pipes that no backslash escapes."""
    return [
        [cell.strip() for cell in re.findall(r"((?:\\.|[^|\\])*)\|", line)[1:]]
        for line in page.splitlines()
        if line.startswith("|")
    ]


def counted(summary: str) -> dict[str, int]:
    tail = re.sub(r"\s+", " ", summary).rsplit("): ", 1)[1]
    return {word: int(count) for count, word in (part.split(" ") for part in tail.strip().split(", "))}


def flat(cell: dict[str, Any]) -> list[Any]:
    """The members of a cell, those of its demands among them."""
    return [each for value in cell.values() for each in (value.values() if isinstance(value, dict) else [value])]


@pytest.mark.parametrize(("count", "device"), SIZES)
def test_on_policies(report_on: Make, count: int, device: str) -> None:
    report = report_on([f"P{number}" for number in range(count)], device)
    targets = report.targets.targets
    document = json.loads("".join(json_matrix.render_policies(report)))
    rows = list(csv.DictReader(io.StringIO("".join(csv_matrix.render_policies(report)))))
    assert len(document["cells"]) == len(rows) == count * len(targets)
    assert [list(map(str, flat(cell))) for cell in document["cells"]] == [
        [row[key] for key in row if key != "path"] for row in rows
    ]
    accesses = Counter(cell["access"] for cell in document["cells"])
    weakened = sum(cell["verdict"] == "weakened" for cell in document["cells"])
    summed = accesses | ({"weakened": weakened} if weakened else {})
    assert counted("".join(text.render_policies(report, Look(Style(False), 80))).rsplit("\n\n", 1)[1]) == summed
    page = "".join(markdown.render_policies(report)).replace("\\", "")
    assert counted(page) == summed
    (corner, *across), _, *body = table(page)
    sizes = ranges(targets)
    shown: Counter[str] = Counter()
    for down, *cells in body:
        for column, cell in zip(across, cells, strict=True):
            shown[cell.split()[0]] += sizes[column if corner == "policy" else down]
    assert shown == accesses


@pytest.mark.parametrize("device", ["wp7", "ios", "all"])
@pytest.mark.parametrize("name", ["RequireDeviceEncryption", "MinDevicePasswordLength", "AllowBluetooth"])
def test_on_a_property(knowledge: Knowledge, name: str, device: str) -> None:
    targets = resolve([device], knowledge)
    stamp = Stamp.of(knowledge, TargetSet(targets), f"--device {device}")
    matrix = PropertyMatrix(stamp, knowledge, knowledge.catalogue[name], name)
    document = json.loads("".join(json_matrix.render_property(matrix)))
    rows = list(csv.DictReader(io.StringIO("".join(csv_matrix.render_property(matrix)))))
    assert len(document["cells"]) == len(rows) == len(targets)
    for cell, row in zip(document["cells"], rows, strict=True):
        assert [row[key] for key in ("target", "support", "provisioning")] == [
            cell[key] for key in ("target", "support", "provisioning")
        ]
        assert row["sources"].split() == cell["sources"]
        assert bool(row["condition"]) is bool(cell["condition"])
        assert bool(row["limits"]) is bool(cell["limits"])
    supports = Counter("no-policy" if cell["provisioning"] == "none" else cell["support"] for cell in document["cells"])
    assert counted("".join(text.render_property(matrix, Look(Style(False), 80)))) == supports
    page = "".join(markdown.render_property(matrix))
    assert counted(page) == supports
    sizes = ranges(targets)
    shown: Counter[str] = Counter()
    for down, support, *_ in table(page)[2:]:
        shown[support] += sizes[down]
    assert shown == supports


def test_all_sources_of_a_property_are_listed(knowledge: Knowledge) -> None:
    stamp = Stamp.of(knowledge, TargetSet(resolve(["all"], knowledge)), "")
    known = knowledge.catalogue["RequireDeviceEncryption"]
    document = json.loads("".join(json_matrix.render_property(PropertyMatrix(stamp, knowledge, known, known.key))))
    cited = {source for cell in document["cells"] for source in cell["sources"]}
    assert {source["id"] for source in document["sources"]} == cited
