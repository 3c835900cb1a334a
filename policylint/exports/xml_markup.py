"""Elements in the text of well-formed XML: where their tags are, and what they enclose."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Possessive throughout: well-formed text never needs a second try.
_ATTRIBUTES = r"""(?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+"""
_NOT_ELEMENTS = r"!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
TAG = re.compile(
    rf"<(?:(?P<name>[^\s/>!?]++){_ATTRIBUTES}(?:(?P<empty>/>)|>(?:(?P<leaf>[^<]*+)</[^>]*+>)?)|{_NOT_ELEMENTS}|/[^>]*+>)",
    re.DOTALL,
)
_NAME = re.compile(r"""\s(?:N|Name)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Markup(NamedTuple):
    """One element in the text: its name without prefix, and the offsets of its tags and of what they enclose.

    `is_leaf` tells that nothing but text can be inside.
    """

    name: str
    start: int
    inner_start: int
    inner_end: int
    end: int
    is_leaf: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands between the tags, or there is only one."""
        return self.inner_start == self.inner_end


def root_at(text: str, offset: int) -> Markup:
    """Return the root element, whose start tag begins at `offset`, as if it went on to the end of the text.

    That saves looking for its end tag, and nothing but blanks and comments can follow it.
    """
    tag = TAG.match(text, offset)
    assert tag  # well-formed, and past the prolog
    name = tag["name"].rpartition(":")[2]
    if tag["empty"]:
        return Markup(name, offset, tag.end(), tag.end(), tag.end())
    return Markup(name, offset, tag.end() if tag["leaf"] is None else tag.start("leaf"), len(text), len(text))


def children(text: str, parent: Markup) -> Iterator[Markup]:
    """Yield the child elements of `parent` in the order of the text."""
    if parent.is_leaf:
        return
    offset = parent.inner_start
    while tag := TAG.search(text, offset, parent.inner_end):
        if tag["name"]:
            child = element_at(text, tag)
            yield child
            offset = child.end
        else:
            offset = tag.end()


def property_name(text: str, element: Markup) -> str:
    """Return the N or Name attribute of an element as written; empty if it has none."""
    found = _NAME.search(text, element.start, element.inner_start)
    return (found[1] or found[2] or "") if found else ""


def shown_span(text: str, element: Markup) -> tuple[int, int]:
    """Return the stretch that shows an element: the text inside a leaf, else the (start) tag."""
    if element.inner_start == element.inner_end:
        return element.start, element.end
    if not element.is_leaf and any(children(text, element)):
        return element.start, element.inner_start
    return element.inner_start, element.inner_end


def element_at(text: str, tag: re.Match[str]) -> Markup:
    """Return the element whose start tag was found."""
    written, empty, leaf = tag.group("name", "empty", "leaf")
    name = written.rpartition(":")[2]
    start, offset = tag.span()
    if empty:
        return Markup(name, start, offset, offset, offset, True)
    if leaf is not None:
        inner_start = tag.start("leaf")
        return Markup(name, start, inner_start, inner_start + len(leaf), offset, True)
    inner_start = offset
    depth = 1
    for other in _tags_named(written).finditer(text, offset):
        if other["open"]:
            depth += 1
        elif other["close"]:
            depth -= 1
            if not depth:
                return Markup(name, start, inner_start, *other.span())
    raise AssertionError("an element of well-formed text has an end")


@lru_cache(maxsize=64)
def _tags_named(name: str) -> re.Pattern[str]:
    """Match the start and end tags of one element name, and whole whatever may contain text that looks like tags."""
    written = re.escape(name)
    return re.compile(
        rf"<(?:(?P<close>/{written}\s*>)|{written}(?=[\s/>]){_ATTRIBUTES}(?:/>|(?P<open>>))|{_NOT_ELEMENTS})",
        re.DOTALL,
    )
