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

    `own` tells of forms whose writers are in another folder: what is about chains is written as what is about policies.
    """

    folder: str
    forms: tuple[str, ...]
    function: str = "render"
    own: Mapping[str, str] = MappingProxyType({})


CHECKED = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "csv")

KINDS = {
    "check": Kind("report", CHECKED),
    "chain": Kind("report", CHECKED, own={"json": "certificates"}),
    "fleet": Kind(
        "report", (*CHECKED, "html"), own=dict.fromkeys(("text", "json", "markdown", "csv", "html"), "fleet")
    ),
    "matrix": Kind("matrix", ("text", "json", "csv", "markdown"), "render_policies"),
    "property": Kind("matrix", ("text", "json", "csv", "markdown"), "render_property"),
    "merge": Kind("merging", ("text", "json", "markdown", "csv")),
    "users": Kind("merging", ("text", "json", "markdown", "csv"), "render_users"),
    "fix": Kind("fixing", ("text", "json")),
    "diff": Kind("comparing", ("text", "json", "markdown")),
}

FOR_PEOPLE = ("text", "concise")
"""The forms that heed a `Look`. All others are the same wherever they go."""
_LOGGED = (*FOR_PEOPLE, "markdown")


def rendered(made: Any, form: str, look: Look = Look(), *, kind: str | None = None) -> Iterator[str]:
    """Return what was made in a form, in pieces. `kind` is for a report that is to be seen as a `matrix`."""
    row = KINDS[kind or made.kind]
    render = getattr(import_module(f"policylint.{row.own.get(form, row.folder)}.{form}"), row.function)
    pieces: Iterator[str] = render(made, look) if form in FOR_PEOPLE else render(made)
    return harmless_lines(pieces) if form in _LOGGED else pieces
