"""The line of an export that a finding is about, with the value underlined."""

from policylint.exports.record import Place
from policylint.writing.style import Style, printable

_WIDEST_LINE = 160


def excerpt(line: str, place: Place, style: Style, widest: int = _WIDEST_LINE) -> tuple[str, str]:
    """Quote the line of the export, up to where the carets go below it; and return the carets."""
    begin = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    if len(line) > widest:
        line, begin, end = _window(line, begin, end, widest)
    number = str(place.line)
    gutter = " " * len(number)
    bar = style.dim("|")
    below = f"{gutter} {bar} {' ' * begin}"
    return f"{gutter} {bar}\n{style.dim(number)} {bar} {printable(line)}\n{below}", "^" * max(1, end - begin)


def _window(line: str, begin: int, end: int, widest: int) -> tuple[str, int, int]:
    """Cut a long line (a minified export) down to what surrounds the value."""
    before = min(60, widest // 3)
    left = max(0, begin - before)
    right = min(len(line), max(min(end, begin + before) + 20, left + widest - 60))
    head, tail = ("…" if left else ""), ("…" if right < len(line) else "")
    shift = len(head) - left
    return head + line[left:right] + tail, begin + shift, min(end, right) + shift
