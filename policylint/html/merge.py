"""`merge` as a page: who decided each setting, as a picture in a table, and whether each server lets the devices in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from policylint.html import embed
from policylint.html.clients import Column, columns
from policylint.html.findings import Shown, cite, shown
from policylint.html.page import page
from policylint.html.view import Cell, cells_of
from policylint.html.words import MEANINGS
from policylint.knowledge import Source
from policylint.merging import words
from policylint.merging.admission import judged
from policylint.merging.model import MergedSetting, Preview
from policylint.merging.users import UserMerges

_MOST_SETS = 200
"""So many sets of policies a page tells; of more it says how many."""
_STATES = {
    "decides": "decides: its value is the effective one",
    "same": "same: nobody demands anything",
    "looser": "looser: another account asks for more",
    "gated-off": "gated off: its own policy requires no password",
    "not-set": "not set: it asks nothing",
    "hidden": "hidden: its export does not tell",
}
_SCOPES = (("device", "What the device has to do"), ("account", words.PER_ACCOUNT), ("server", words.SERVER))


@dataclass(frozen=True, slots=True)
class Decided:
    """One setting: what comes out, and for each account its value, how that stands, and the class of its look."""

    name: str
    effective: str
    certain: bool
    conflict: bool
    shares: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Part:
    """One merge on a page: `heading` is empty where it is the only one."""

    heading: str
    preview: Preview
    accounts: list[dict[str, str]]
    decides: list[tuple[str, int, float]]
    tables: list[tuple[str, str, list[Decided]]]
    strictness: str
    remarks: list[str]
    gates: list[tuple[str, str]]
    admissions: list[tuple[str, list[Cell]]]
    columns: list[Column]
    findings: list[tuple[list[str], Shown]]


def render(preview: Preview) -> Iterator[str]:
    """Yield the page of one merge."""
    cited: dict[str, Source] = {}
    part = _part(preview, "", cited)
    return page("merge", _context(preview, [part], 0, cited, "What several accounts come to"), [embed.report(preview)])


def render_users(merges: UserMerges) -> Iterator[str]:
    """Yield the page of what each of many users gets, set by set."""
    cited: dict[str, Source] = {}
    parts = []
    for index, (preview, users) in enumerate(islice(merges, _MOST_SETS), 1):
        parts.append(_part(preview, words.heading(index, len(merges.sets), users), cited))
    left = max(0, len(merges.sets) - len(parts))
    return page(
        "merge", _context(merges, parts, left, cited, "What users with several accounts get"), [embed.report(merges)]
    )


def _context(made: Any, parts: list[Part], left: int, cited: dict[str, Source], title: str) -> dict[str, Any]:
    setup = made.setup
    occurring = {cell.verdict for part in parts for _, cells in part.admissions for cell in cells}
    return {
        "title": title,
        "stamp": setup.stamp,
        "setup": setup,
        "parts": parts,
        "left": left,
        "states": _STATES,
        "known": words.KNOWN,
        "judged": words.JUDGED,
        "assumed": words.ASSUMED,
        "meanings": {verdict: text for verdict, text in MEANINGS.items() if verdict in occurring},
        "sources": sorted(cited.values(), key=lambda source: source.id),
        "fold": _fold,
    }


def _fold(targets: Iterable[Any]) -> str:
    from policylint.knowledge.query import fold

    return fold(targets)


def _part(preview: Preview, heading: str, cited: dict[str, Source]) -> Part:
    targets = preview.setup.stamp.targets
    told = [(each.account.name, cells_of(each.verdicts, targets)) for each in preview.admissions]
    found = columns(targets, list(zip(*(cells for _, cells in told), strict=True))) if told else []
    findings = [(names, each) for names, verdicts in judged(preview) for each in verdicts.findings]
    cite((each for _, each in findings), cited)
    return Part(
        heading,
        preview,
        [
            {"name": each.name, "policy": each.policy.name, "path": each.policy.document.path}
            for each in preview.accounts
        ],
        _decides(preview),
        [(scope, title, _table(preview.of_scope(scope))) for scope, title in _SCOPES if preview.of_scope(scope)],
        words.strictness(preview),
        words.remarks(preview),
        words.gates(preview),
        [(name, [cells[column.bits[0]] for column in found]) for name, cells in told],
        found,
        [(names, shown(each, "", with_fix=False)) for names, each in findings],
    )


def _decides(preview: Preview) -> list[tuple[str, int, float]]:
    """Return for each account how many settings of the device it decides, and how long its bar is, of 100."""
    settings = preview.of_scope("device")
    counts = [
        (each.name, sum(share.account is each and share.state == "decides" for one in settings for share in one.shares))
        for each in preview.accounts
    ]
    return [(name, count, round(100 * count / max(1, len(settings)), 2)) for name, count in counts]


def _table(settings: Sequence[MergedSetting]) -> list[Decided]:
    return [
        Decided(
            each.property.key,
            words.effective(each, short=True),
            each.certain,
            bool(each.conflict),
            tuple((words.value(share, short=True), words.state(share.state), share.state) for share in each.shares),
        )
        for each in settings
    ]
