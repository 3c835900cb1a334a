"""Fills a template and makes one file of it: style, script, pictures and data are inside, and nothing else may load."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylint.html.embed import Embedded
from policylint.html.harmless import Whole, address, harmless
from policylint.usage import UsageError
from policylint.writing.day import today

if TYPE_CHECKING:
    from jinja2 import Environment

INSTALL = "python -m pip install 'policylint[html]'"
_ROOM = Path(__file__).parent
STYLES = ("colours", "frame", "map", "details", "print")
_SCRIPTS = ("scheme", "bar", "filter", "sort", "copy", "cell", "links")
_PIECE = 1 << 16


def page(template: str, context: Mapping[str, Any], data: Iterable[Embedded]) -> Iterator[str]:
    """Yield a page in pieces. Raises `UsageError` where Jinja2 is not installed."""
    style, script = joined(STYLES, "css"), joined(_SCRIPTS, "js")
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    filled = (
        environment(_ROOM)
        .get_template(f"{template}.html")
        .generate(
            {**context, "style": style, "script": script, "content_policy": policy, "data": list(data), "day": today()}
        )
    )
    waiting: list[str] = []
    size = 0
    for piece in filled:
        waiting.append(piece)
        size += len(piece)
        if size > _PIECE:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


def need_jinja() -> None:
    """Raise `UsageError` where Jinja2 is not installed."""
    try:
        import jinja2  # noqa: F401 - only whether it is there
    except ImportError:
        raise UsageError(f"html needs Jinja2, which comes with an extra: {INSTALL}") from None


@cache
def environment(*rooms: Path) -> "Environment":
    """Return what fills the templates of some rooms, the first that has one: every text goes through the one door.

    Raises `UsageError` where Jinja2 is not installed.
    """
    need_jinja()
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([room / "templates" for room in rooms]),
        autoescape=True,
        finalize=harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(whole=Whole, address=address)
    return made


@cache
def joined(names: tuple[str, ...], kind: str) -> str:
    """Join assets of ours to what stands between two tags; the hash of a page is of exactly that."""
    return "\n" + "\n".join((_ROOM / "assets" / f"{name}.{kind}").read_text(encoding="utf-8") for name in names)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
