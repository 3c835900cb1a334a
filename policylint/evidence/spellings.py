"""How exports and logs spell a user: by address, by the name to sign in with, by names of the directory."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policylint.evidence.identities import canonical_name

PATH, GUID, ADDRESS, LOGIN, NAME = "path", "guid", "address", "login", "name"

_GUID = re.compile(r"\{?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\}?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:smtp:)?([^\s@/\\,;:]+@[^\s@/\\,;:]+)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;{}]+")
_LOST = re.compile("[^\x00-\x7f]")


class Spelling(NamedTuple):
    """One spelling of a user: what it is, the key it is compared by, the text as written.

    `rank` says how much the column it stands in is worth among spellings of its kind; 0 is the best.
    """

    kind: str
    key: str
    text: str
    rank: int = 0


def address(text: str) -> str | None:
    """Return an e-mail address or user principal name without its prefix; None for another text."""
    found = _ADDRESS.fullmatch(text.strip())
    return found[1] if found else None


def addresses(text: str) -> Iterator[str]:
    """Yield the e-mail addresses of a list in one text; addresses of other kinds have a prefix of their own."""
    for part in _BETWEEN.split(text):
        found = address(part)
        if found:
            yield found


def spelling(text: str, kind: str, rank: int = 0) -> Iterator[Spelling]:
    """Yield the spellings that a text is: what it looks like decides, `kind` where it could be anything.

    Of a text that is known to be a canonical name the `kind` is PATH: it may look like any other with a slash in it.
    """
    text = text.strip()
    guid = _GUID.fullmatch(text)
    path = canonical_name(text) if "=" in text else text if kind == PATH or _is_path(text) else None
    if guid:
        yield Spelling(GUID, guid[1].casefold(), text, rank)
    elif path:
        yield Spelling(PATH, _folded(path.replace("\\/", "/").strip("/")), path, rank)
        # what the path ends with is the name of the object, often the one that is displayed
        yield from _name(path.rsplit("/", 1)[-1].replace("\\", ""), rank + 10)
    elif mail := address(text):
        yield Spelling(ADDRESS, _folded(mail), mail, rank)
    elif kind == LOGIN:
        login = text.rsplit("\\", 1)[-1]
        if login:
            yield Spelling(LOGIN, _folded(login), login, rank)
            yield Spelling(NAME, _folded(login), login, rank + 20)
    else:
        yield from _name(text.rsplit("\\", 1)[-1], rank)


def _name(text: str, rank: int) -> Iterator[Spelling]:
    key = _folded(text)
    if key:
        yield Spelling(NAME, key, text.strip(), rank)


def _is_path(text: str) -> bool:
    """Tell a canonical name, which begins with the name of a domain."""
    domain, slash, rest = text.partition("/")
    return bool(slash and rest) and "." in domain and " " not in domain.strip()


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def mangled(key: str) -> str:
    """Return a key as a file in ASCII would hold it: one question mark for each letter that it cannot write."""
    return _LOST.sub("?", key)


def short_name(user: str) -> str:
    """Return what two spellings of a user in logs share: what stands after a backslash, or before an @."""
    return user.rsplit("\\", 1)[-1].partition("@")[0].casefold()
