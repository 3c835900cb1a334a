"""Every form of everything that is reported: a row for each kind of report, and in it a word for each form.

The word is the module that writes the form, in the folder of the kind. Only the one that is needed is imported.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

from policylint.writing.build_logs import harmless_lines
from policylint.writing.style import Look


class Kind(NamedTuple):
    """A kind of report: where its writers are, and which function of theirs writes it.

    `own` names the modules of forms that are written elsewhere: pages have a room of their own, and what is about
    chains is written as what is about policies.
    """

    folder: str
    forms: tuple[str, ...]
    function: str = "render"
    own: Mapping[str, str] = MappingProxyType({})


CHECKED = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "csv")

_OF_FLEET = {form: f"fleet.{form}" for form in ("text", "json", "markdown", "csv")} | {"html": "html.fleet"}
_TABLES = ("text", "json", "csv", "markdown", "html")

KINDS = {
    "check": Kind("report", (*CHECKED, "html"), own={"html": "html.check"}),
    "chain": Kind("report", CHECKED, own={"json": "certificates.json"}),
    "fleet": Kind("report", (*CHECKED, "html"), own=_OF_FLEET),
    "matrix": Kind("matrix", _TABLES, "render_policies", own={"html": "html.matrix"}),
    "property": Kind("matrix", _TABLES, "render_property", own={"html": "html.matrix"}),
    "merge": Kind("merging", _TABLES, own={"html": "html.merge"}),
    "users": Kind("merging", _TABLES, "render_users", own={"html": "html.merge"}),
    "fix": Kind("fixing", ("text", "json")),
    "diff": Kind("comparing", ("text", "json", "markdown", "html"), own={"html": "html.diff"}),
}

FOR_PEOPLE = ("text", "concise")
"""The forms that heed a `Look`. All others are the same wherever they go."""
_LOGGED = (*FOR_PEOPLE, "markdown")


def rendered(made: Any, form: str, look: Look = Look(), *, kind: str | None = None) -> Iterator[str]:
    """Return what was made in a form, in pieces. `kind` is for a report that is to be seen as a `matrix`."""
    row = KINDS[kind or made.kind]
    render = getattr(import_module(f"policylint.{row.own.get(form, f'{row.folder}.{form}')}"), row.function)
    pieces: Iterator[str] = render(made, look) if form in FOR_PEOPLE else render(made)
    return harmless_lines(pieces) if form in _LOGGED else pieces
