"""Markdown to HTML: links lead to pages of the site, headings have the anchors that GitHub gives them."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from policylint.handbook.markdown import anchors
from policylint.usage import UsageError
from policylint.writing.style import printable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markupsafe import Markup

Address = Callable[[str], str | None]
"""What a relative link becomes; None where it leads nowhere."""


def rendered(text: str, address: Address, title: str = "") -> "Markup":
    """Return the HTML of a document whose title stands elsewhere. No HTML in it is taken for HTML.

    Raises `UsageError` where markdown-it-py is not installed.
    """
    from markupsafe import Markup

    parser = _parser()
    tokens = parser.parse("\n".join(printable(line) for line in text.split("\n")))
    _anchor(tokens, title)
    for token in tokens:
        if token.children:
            token.children = _linked(token.children, address)
    # markdown-it-py escapes every text, and html is off
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704


@cache
def _parser() -> "MarkdownIt":
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise UsageError("the site needs markdown-it-py: python -m pip install -e '.[site]'") from None
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("table_open", _table_open)
    made.add_render_rule("table_close", _table_close)
    made.add_render_rule("th_open", _th_open)
    made.add_render_rule("fence", _block)
    made.add_render_rule("code_block", _block)
    return made


def _table_open(*_: object) -> str:
    return '<div class="scroll" tabindex="0"><table class="lines">\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"


def _block(renderer: object, tokens: "list[Token]", index: int, *_: object) -> str:
    """Set lines in code, so that whoever has no mouse can scroll them."""
    from markupsafe import escape

    return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'


def _th_open(*_: object) -> str:
    return '<th scope="col">'


def _anchor(tokens: "list[Token]", title: str) -> None:
    openings = [(token, tokens[number + 1]) for number, token in enumerate(tokens) if token.type == "heading_open"]
    texts = ["".join(child.content for child in inline.children or ()) for _, inline in openings]
    for (token, _), anchor in zip(openings, anchors([title, *texts])[1:], strict=True):
        token.attrSet("id", anchor)


def _linked(children: "list[Token]", address: Address) -> "list[Token]":
    """Lead links to where they lead here; those that lead nowhere are only their text."""
    kept, ends = [], []
    for token in children:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            led = href if href.startswith(("https://", "http://")) else address(href)
            ends.append(led is not None)
            if led is None:
                continue
            token.attrSet("href", led)
        elif token.type == "link_close" and not ends.pop():
            continue
        kept.append(token)
    return kept
