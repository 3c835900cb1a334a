"""Blocks of PEM in a text. What stands between them is passed over, and private keys are not taken up at all."""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKER = re.compile(r"-----(BEGIN|END) ([A-Z0-9 .#]+)-----")
_ALPHABET = re.compile(r"[A-Za-z0-9+/]*=*")
_KEY = "PRIVATE KEY"


class Block(NamedTuple):
    """A block: what it is called, the lines of its markers, and its content; `wrong` says why there is none."""

    label: str
    first: int
    last: int
    content: bytes = b""
    wrong: str | None = None

    @property
    def is_key(self) -> bool:
        """Whether it is a private key."""
        return self.label.endswith(_KEY)


def blocks(lines: list[str], first: int = 0, end: int | None = None) -> Iterator[Block]:
    """Yield the blocks among the lines of a text, from one line up to another (counted from 0)."""
    label, begin, body = "", 0, list[str]()
    for number, line in enumerate(lines[first:end], first + 1):
        marker = _MARKER.fullmatch(line.strip()) if "-----" in line else None
        if marker is None:
            if label and not label.endswith(_KEY):
                body.append(line.strip())
            continue
        kind, name = marker.groups()
        if label and (kind, name) == ("END", label):
            yield _block(label, begin, number, body)
            label = ""
            continue
        if label:
            yield _cut(label, begin)
        if kind == "END":
            if not label and not name.endswith(_KEY):
                yield Block(name, number, number, wrong="a block ends here that begins nowhere")
            label = ""
        else:
            label, begin, body = name, number, []
    if label:
        yield _cut(label, begin)


def _cut(label: str, begin: int) -> Block:
    return Block(label, begin, begin, wrong="the block that begins here is cut: it has no end")


def _block(label: str, begin: int, end: int, body: list[str]) -> Block:
    if label.endswith(_KEY):
        return Block(label, begin, end)
    for number, line in enumerate(body, begin + 1):
        if not _ALPHABET.fullmatch(line):
            return Block(label, number, end, wrong=f"damaged base64, in the block that begins on line {begin}")
    try:
        return Block(label, begin, end, base64.b64decode("".join(body), validate=True))
    except binascii.Error:
        return Block(label, begin, end, wrong="the base64 of the block that begins here is damaged")
