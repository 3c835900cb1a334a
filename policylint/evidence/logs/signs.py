"""Signs in a `Log=` that a line may be another thing than a success. Of most lines nothing else is looked at."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, count
from operator import add
from typing import Final

from policylint.evidence.logs.protocol import GOOD_PING

PROXIED: Final = b"_PrxFrom:"
SYSTEM: Final = b"_DevOS:"
MORE: Final = b"&"
"""Stands for what follows a `Log=` in a query, whatever it is."""

HARMLESS: Final = frozenset({PROXIED})
HARMLESS_IN_PING: Final = HARMLESS | {
    b"%b%d" % (name, status) for name in (b"_S", b"_S:", b"_SC1:") for status in GOOD_PING if status
}

# what is tried first at each `_` are single bytes, since most tokens are none of these
_SIGNS: Final = rb"S(?:[02-9]\d*|1[^_]|C1:(?!1_)\d*|:(?!1_)\d*)|As:(?!Allowed)|Error:|PrxTo:|DevOS:[^_]*"
_FIND: Final = {
    proxied: re.compile(b"_(?:" + (b"PrxFrom:|" if proxied else b"") + _SIGNS + b")").finditer
    for proxied in (False, True)
}


def joined(logs: Sequence[bytes]) -> bytes:
    """Join values of `Log=`, so that `_` stands before and behind each token."""
    return b"_".join((b"", *logs, b""))


def signs_of(text: bytes, logs: Sequence[bytes], proxied: bool) -> dict[int, list[bytes]]:
    """Return the signs in values of `Log=`, in order, by the place of the value. `text` is what they are if joined.

    Those are a status that is not 1, an access that is not `Allowed…`, an error, a request that was sent on, a system
    that is named, and `PrxFrom:` if asked for. One search over all values is quicker than one in each.
    """
    ends: list[int] = []
    found: dict[int, list[bytes]] = {}
    for hit in _FIND[proxied](text):
        ends = ends or [*map(add, accumulate(map(len, logs)), count(1))]
        found.setdefault(bisect_right(ends, hit.start()), []).append(hit[0])
    if MORE in text:
        for place, log in enumerate(logs):
            if MORE in log:
                found[place] = [MORE]
    return found
