"""A fleet as one page of HTML without scripts, for a browser or a mail."""

from collections.abc import Iterator
from html import escape

from policylint.fleet.report import FleetReport
from policylint.fleet.sections import sections, title
from policylint.writing.style import printable

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>policylint: the fleet</title>
<style>
body { font-family: sans-serif; margin: 2em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #999; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }
</style>
</head>
<body>
"""


def render(report: FleetReport) -> Iterator[str]:
    """Yield the page in pieces."""
    yield _HEAD
    yield f"<h1>{_text(title(report))}</h1>\n"
    for section in sections(report):
        yield f"<h2>{_text(section.title)}</h2>\n<table>\n"
        yield f"<tr>{''.join(f'<th>{_text(name)}</th>' for name in section.columns)}</tr>\n"
        for row in section.rows:
            yield f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>\n"
        yield "</table>\n"
    yield "</body>\n</html>\n"


def _text(text: str) -> str:
    return escape(printable(text))
