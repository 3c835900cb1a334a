"""`fleet` as a page: who is there, what is predicted of them beside what was seen, since when, and on which server."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from policylint.fleet.report import FleetReport
from policylint.fleet.rows import UNRECOGNISED, Group, Row
from policylint.fleet.sections import sections, title
from policylint.fleet.standing import STANDINGS
from policylint.html import embed
from policylint.html.clients import kind_of
from policylint.html.findings import Shown, cite, shown
from policylint.html.page import page
from policylint.html.words import GRADE
from policylint.judging.findings import SEVERITIES
from policylint.knowledge import Source

_MOST = 200
"""So many lines of devices the page tells; the JSON in it has all."""
_STEPS = 30
"""So many steps the picture of the days has at most."""
_TABLES = ("Learned", "Suspects", "List")
"""The tables of other forms that are shown as they are; the list is there only where names were asked for."""
_LOOKS = {
    "contradicted": "refused",
    "confirmed": "fine",
    "others-took-it": "weak",
    "latent": "weak",
    "learned": "unknown",
    "claims-more": "weak",
    "stale": "none",
    "external": "none",
    "unseen": "none",
    "refused": "refused",
    "took-all": "fine",
    "took-part": "weak",
    "took-nothing": "unknown",
    "silent": "none",
}
"""The look of each standing, and of each thing that is seen."""
_TILES = (
    ("contradicted", "Contradicted", "did what nobody expected: a fact is wrong or missing"),
    ("latent", "Latent", "predicted to be refused, and not seen yet"),
    ("confirmed", "Confirmed", "did what is predicted"),
    ("learned", "Learned", "showed what nobody had documented"),
)
_STANDINGS = {
    "contradicted": "did what the data says it would not do",
    "confirmed": "did what is predicted",
    "others-took-it": "refused, though others of the same release took the policy",
    "latent": "predicted to be refused, and nothing seen yet",
    "learned": "showed what is unknown",
    "claims-more": "says that it took more than it is known to do",
    "stale": "what was seen is older than its policy",
    "external": "managed by something else",
    "unseen": "nothing seen",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a bar, of 100: where it begins, how wide it is, its look, what it says."""

    x: float
    width: float
    grade: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """Devices of one release under one policy."""

    policy: str
    line: str
    kind: str
    devices: int
    predicted: list[tuple[str, str]]
    seen: list[Stretch]
    standing: list[Stretch]


def render(report: FleetReport) -> Iterator[str]:
    """Yield the page of a fleet. Persons and devices are named only where the report names them."""
    cited: dict[str, Source] = {}
    cite(report.findings, cited)
    standings: Counter[str] = Counter(row.standing for row in report.devices)
    lines = [_line(group) for group in sorted(report.groups, key=lambda group: -group.devices)]
    shared = {
        "title": "The fleet",
        "stamp": report.stamp,
        "report": report,
        "headline": title(report),
        "tiles": [(name, _LOOKS[name], head, text, standings[name]) for name, head, text in _TILES],
        "lines": lines[:_MOST],
        "left": len(lines[_MOST:]),
        "population": _population(report.devices),
        "days": _days([row.last_seen for row in report.devices if row.last_seen is not None]),
        "servers": [(each.server, each.devices, round(100 * each.share, 2)) for each in report.affinity.servers],
        "findings": _findings(report),
        "waived": [
            (finding.about.name, shown(finding, "", quoted=False)) for finding in report.findings if finding.waived
        ],
        "tables": [section for section in sections(report) if section.title in _TABLES],
        "standings": {name: text for name, text in _STANDINGS.items() if standings[name]},
        "sources": sorted(cited.values(), key=lambda source: source.id),
    }
    return page("fleet", shared, [embed.report(report)])


def _findings(report: FleetReport) -> list[tuple[str, str, Shown]]:
    found = [each for each in report.findings if each.waived is None]
    found.sort(key=lambda each: SEVERITIES.index(each.rule.severity))
    return [(each.about.name, each.rule.entry["fix"], shown(each, "", quoted=False)) for each in found]


def _line(group: Group) -> Line:
    family = group.rows[0].targets[0].family if group.rows and group.rows[0].targets else None
    predicted = (group.predicted or "").split("|") if group.predicted else []
    return Line(
        group.policy or "no policy known",
        group.line,
        kind_of(family) if family is not None else "phone",
        group.devices,
        [(word, GRADE.get(word, "none")) for word in predicted],
        _stretches(group.seen()),
        _stretches(group.standings()),
    )


def _stretches(counts: Mapping[str, int]) -> list[Stretch]:
    total, x, found = sum(counts.values()), 0.0, []
    for word in sorted(counts, key=lambda word: (STANDINGS.index(word) if word in STANDINGS else 0, word)):
        width = 100 * counts[word] / total
        found.append(Stretch(round(x, 2), round(width, 2), _LOOKS.get(word, "none"), f"{counts[word]} {word}"))
        x += width
    return found


def _population(rows: Sequence[Row]) -> list[tuple[str, str, int, float]]:
    """Return for each family its name, picture, devices, and how long its bar is, of 100."""
    ids: dict[str, set[object]] = {}
    kinds: dict[str, str] = {}
    for row in rows:
        family = row.targets[0].family if row.targets else None
        name = family.id if family is not None else UNRECOGNISED
        kinds[name] = kind_of(family) if family is not None else "phone"
        ids.setdefault(name, set()).add(row.key or id(row))
    most = max(map(len, ids.values()), default=1)
    counted = sorted(((name, len(found)) for name, found in ids.items()), key=lambda each: (-each[1], each[0]))
    return [(name, kinds[name], count, round(100 * count / most, 2)) for name, count in counted]


def _days(moments: Sequence[datetime]) -> list[tuple[str, int, float, float]]:
    """Return steps of time: their name, how many devices were last seen then, place and height, of 100."""
    days = sorted(moment.date() for moment in moments)
    if not days or days[0] == days[-1]:
        return []
    span = (days[-1] - days[0]).days + 1
    step = -(-span // _STEPS)
    counts = Counter((day - days[0]).days // step for day in days)
    most, steps = max(counts.values()), -(-span // step)
    names = (_name(days[0] + timedelta(days=number * step), step) for number in range(steps))
    return [
        (name, counts[number], round(100 * number / steps, 2), round(100 * counts[number] / most))
        for number, name in enumerate(names)
    ]


def _name(begin: date, step: int) -> str:
    end = begin + timedelta(days=step - 1)
    return begin.isoformat() if step == 1 else f"{begin.isoformat()} to {end.isoformat()}"
