"""Matrices as JSON: `policylint/matrix/1` and `policylint/property-matrix/1`, published in docs/schema/.

Every cell stands on a line of its own; nothing is folded, and names and notes are given to the letter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from policylint.judging.report import Report
from policylint.knowledge.families import Cell, Condition, Target
from policylint.matrix.cells import Outcome, all_outcomes
from policylint.matrix.property import PropertyMatrix
from policylint.matrix.sheet import not_told
from policylint.policies.labels import labels
from policylint.report.objects import Writer
from policylint.writing.json import array, dumps, members, tool

POLICIES = "policylint/matrix/1"
PROPERTY = "policylint/property-matrix/1"


def render_policies(report: Report) -> Iterator[str]:
    """Yield the matrix of policies in pieces that make one JSON document."""
    names = labels([verdicts.policy for verdicts in report.verdicts])
    targets = [target.label for target in report.targets.targets]
    head = {
        "schema": POLICIES,
        "tool": tool(report.stamp.program, report.stamp.knowledge, report.stamp.as_of),
        "inputs": [{"path": each.path, "format": each.format, "policies": each.policies} for each in report.inputs],
        "targets": targets,
        "server": report.stamp.server,
        "policies": [
            {"policy": name, "name": each.policy.name, "guid": each.policy.guid, "path": each.policy.document.path}
            for name, each in zip(names, report.verdicts, strict=True)
        ],
    }
    yield "{\n" + members(head)
    writer = Writer(report.targets)
    found = (replace(each, findings=not_told(each)) for each in report.verdicts)
    yield from array("findings", (entry for each in found for entry in writer.findings(each)))
    cells = (
        {"policy": name, "target": target, **_outcome(outcome)}
        for name, outcomes in zip(names, all_outcomes(report), strict=True)
        for target, outcome in zip(targets, outcomes, strict=True)
    )
    yield from _cells(cells)


def render_property(matrix: PropertyMatrix) -> Iterator[str]:
    """Yield the matrix of a property in pieces that make one JSON document."""
    known, knowledge = matrix.known, matrix.knowledge
    cells = matrix.cells
    used = dict.fromkeys(source for cell in cells for source in cell.sources)
    head = {
        "schema": PROPERTY,
        "tool": tool(matrix.stamp.program, matrix.stamp.knowledge, matrix.stamp.as_of),
        "property": known.key,
        "spellings": {
            "activesync": known.activesync,
            "mobiledevice": known.mobiledevice,
            "phone": known.phone_name,
        },
        "targets": [target.label for target in matrix.targets],
        "sources": [knowledge.sources[name]._asdict() for name in used],
    }
    yield "{\n" + members(head)
    yield from _cells(_cell(target, cell) for target, cell in zip(matrix.targets, cells, strict=True))


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "verdict": outcome.verdict,
        "access": outcome.access,
        "demands": {
            "met": outcome.met,
            "partly": outcome.partly,
            "not": outcome.unmet,
            "unknown": outcome.unsure,
        },
        "errors": outcome.errors,
        "warnings": outcome.warnings,
        "unknown": outcome.unknown,
    }


def _cell(target: Target, cell: Cell) -> dict[str, Any]:
    return {
        "target": target.label,
        "support": cell.support,
        "value": cell.value,
        "evidence": cell.evidence,
        "condition": _condition(cell.blocks) if cell.blocks else None,
        "limits": cell.limits,
        "scope": cell.scope,
        "meaning": cell.meaning,
        "ungated": cell.ungated,
        "provisioning": target.provisioning.ability,
        "note": cell.note,
        "sources": cell.sources,
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {name: getattr(condition, name) for name in ("equals", "above", "below", "hardware")}


def _cells(cells: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Write the last member of a document, `cells`, with each of its entries on a line."""
    yield '  "cells": ['
    separator = "\n    "
    for cell in cells:
        yield separator + dumps(cell)
        separator = ",\n    "
    yield "\n  ]\n}\n"
