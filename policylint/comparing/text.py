"""A comparison for a person: each change with its place and what it means for devices, then verdicts that moved."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from policylint.comparing import words
from policylint.comparing.model import Change, Comparison, Impact, PolicyDiff
from policylint.exports.record import Place
from policylint.report.words import gate_text, reasons, source_text, waiver_text
from policylint.writing.style import SEVERITY_COLOURS, VERDICT_COLOURS, Look, Style, printable, quoted

_WIDEST_NAME = 40
_DIRECTION_COLOURS = {"stricter": "yellow", "looser": "cyan"}
_BETTER_COLOURS = {"cured": "green", "no-longer-seen": "cyan"}


def render(comparison: Comparison, look: Look = Look()) -> Iterator[str]:
    """Yield a comparison in pieces, each ending with a line break."""
    style = look.style
    printer = _Printer(style)
    for policy in comparison.policies:
        yield from printer.policy(policy)
        yield "\n"
    told = [(finding.rule.severity, line) for finding, line in words.not_told(comparison)]
    yield from (f"{style.paint(line, SEVERITY_COLOURS[severity])}\n" for severity, line in told)
    yield "\n" if told else ""
    yield from _moves(comparison, style)
    yield style.bold(printable(words.summary(comparison))) + "\n"


class _Told(NamedTuple):
    """What an impact says that does not depend on the policy; each part is empty or ends with a line break."""

    head: str
    reasons: str
    answer: str
    source: str


class _Printer:
    """Prints policies. What they share is put into words once and kept."""

    def __init__(self, style: Style):
        self._style = style
        self._told: dict[tuple[Any, ...], _Told] = {}

    def policy(self, policy: PolicyDiff) -> Iterator[str]:
        """Yield what there is to say of one policy."""
        name = f"policy {quoted(policy.policy.name)}"
        where = policy.policy.place(policy.policy.mark)
        impacts = policy.by_cause()
        if policy.status != "changed":
            yield f"{self._at(where)}  {self._style.bold(policy.status)}  {name}\n"
        if policy.former_name is not None:
            yield f"{self._at(where)}  renamed  {name}, before {quoted(policy.former_name)}\n"
        for change in policy.changes:
            if change.kind not in words.NOT_COMPARED:
                yield self._change(change, name)
                yield from self._impacts(impacts.get(change.property.key, []))
        for kind, what in words.NOT_COMPARED.items():
            group = [change for change in policy.changes if change.kind == kind]
            if group:
                names = ", ".join(words.shown(change).spelling for change in group)
                yield f"{self._at(where)}  {printable(f'{what}: {names}')}  {name}\n"
                for change in group:
                    yield from self._impacts(impacts.get(change.property.key, []))
        yield from self._impacts(impacts.get(None, []))
        for remark in policy.remarks:
            yield f"{self._at(where)}  note  {name}\n   = {remark}\n"

    def _at(self, place: Place) -> str:
        return self._style.bold(printable(place.at))

    def _change(self, change: Change, name: str) -> str:
        direction = change.direction or "cannot be compared"
        shown = self._style.paint(direction, _DIRECTION_COLOURS.get(direction))
        moved = f"{words.shown(change).spelling} {words.value(change.old)} → {words.value(change.new)}"
        note = words.note(change)
        return (
            f"{self._at(words.place(change))}  {shown}  {printable(moved)}"
            f"{f' ({printable(note)})' if note else ''}  {name}\n"
        )

    def _impacts(self, impacts: Iterable[Impact]) -> Iterator[str]:
        for each in impacts:
            yield from self._impact(each)

    def _impact(self, each: Impact) -> Iterator[str]:
        finding, told = each.finding, self._tell(each)
        yield told.head
        if not each.worse:
            return
        if finding.waived is not None:
            yield _line(waiver_text(finding.waived))
            return
        if each.cause is None or each.cause.new is None or finding.mark != each.cause.new.mark:
            place = finding.place
            yield _line(f"at: {printable(place.at)}")
        yield told.reasons
        if finding.gate_mark is not None:
            yield _line(gate_text(finding, finding.policy.place(finding.gate_mark).line))
        yield told.answer
        yield _line(f"fix: {finding.fix}" if finding.fix else "")
        yield told.source

    def _tell(self, each: Impact) -> _Told:
        """Put into words what does not depend on the policy."""
        finding = each.finding
        key = (*finding.wording, each.kind, each.known_before, finding.waived is None)
        told = self._told.get(key)
        if told is None:
            rule, ruling = finding.rule, finding.ruling
            colour = SEVERITY_COLOURS[rule.severity] if each.worse else _BETTER_COLOURS[each.kind]
            said = printable(words.impact(each))
            if each.worse and finding.waived is not None:
                head = f"{self._style.dim('waived')} {rule.severity} {rule.id} {said}"
            elif each.worse:
                head = f"{self._style.paint(rule.severity, colour)} {rule.id} {self._style.paint(said, colour)}"
            else:
                head = self._style.paint(said, colour)
            source = source_text(ruling)
            told = self._told[key] = _Told(
                f"   {head}\n",
                "".join(map(_line, reasons(ruling))),
                _line(f"answer: {ruling.answer}" if ruling.answer else ""),
                _line(f"source: {source}" if source else ""),
            )
        return told


def _line(text: str) -> str:
    return f"   = {text}\n" if text else ""


def _moves(comparison: Comparison, style: Style) -> Iterator[str]:
    """Yield a line for each policy and each way in which a verdict moved, or the answers behind one that stays."""
    found: dict[tuple[str, str, str], int] = {}
    for policy in comparison.policies:
        name = quoted(policy.policy.name)
        moved = [(words.move(move), move.new, move.mask) for move in policy.moves]
        moved += [(words.shift(shift), "", shift.mask) for shift in policy.shifts]
        for text, verdict, mask in moved:
            found[name, text, verdict] = found.get((name, text, verdict), 0) | mask
    rows = [(*key, mask) for key, mask in found.items()]
    name_width = min(max((len(name) for name, _, _, _ in rows), default=0), _WIDEST_NAME)
    width = max((len(told) for _, told, _, _ in rows), default=0)
    for name, told, verdict, mask in rows:
        shown = style.paint(f"{told:{width}}", VERDICT_COLOURS.get(verdict))
        yield f"{name:{name_width}}  {shown}  {comparison.stamp.targets.fold(mask)}\n"
