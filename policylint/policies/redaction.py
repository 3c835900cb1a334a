"""Policies without the names in them: of policies, organisations, persons, servers and files there are stand-ins.

A stand-in follows from the name alone, so that it is the same in the next run. Of the lines of a file only words of
the catalogue, numbers and signs are left. A reader may go on calling a policy by its name: waivers do.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TypeVar

from policylint.exports.error import ExportError
from policylint.exports.record import Document, Place
from policylint.knowledge.catalogue import Catalogue
from policylint.policies.files import Input, Inputs
from policylint.policies.policy import Policy, Reading
from policylint.values import Value

_KEPT = ("IsDefaultPolicy", "IsValid", "ExchangeVersion", "MinAdminVersion", "WhenChanged", "WhenCreated")
"""What says of a policy which it is, and of nobody who: of names that begin like this the value stays."""
_NAMES = ("Name", "Identity")
_GUIDS = ("Guid", "ExchangeObjectId")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = {"true", "false", "null", "unlimited", "obj", "props", "ms", "b", "s", "n", "nil", "name", "type", "property"}
_LONGEST_NUMBER = 6

_Error = TypeVar("_Error", bound=ExportError)


def stand_in(kind: str, name: str) -> str:
    """Return what is printed in place of a name: `policy-3fa1c20b`."""
    same = name.casefold() if kind == "policy" else name
    return f"{kind}-{hashlib.sha256(f'{kind} {same}'.encode(errors='replace')).hexdigest()[:8]}"


def stand_in_file(path: str) -> str:
    """Return what is printed in place of a path: the kind of file stays."""
    found = PurePath(path)
    return stand_in("file", found.name) + found.suffix.lower()


class Covered(Document):
    """A document whose path is a stand-in, and whose lines hold no word that might be a name."""

    def __init__(self, inner: Document, words: frozenset[str]) -> None:
        super().__init__(stand_in_file(inner.path), inner.format, inner.records, inner.notes, inner.misfits)
        self._inner = inner
        self._words = words

    def place(self, mark: int) -> Place:
        """Find where a value stands."""
        return self._inner.place(mark)._replace(path=self.path)

    def line(self, number: int) -> str:
        """Return a line of the same length, with every other word blotted out."""
        return _WORD.sub(self._blotted, self._inner.line(number))

    def _blotted(self, found: re.Match[str]) -> str:
        word = found[0]
        is_number = word.isascii() and word.isdecimal() and len(word) <= _LONGEST_NUMBER
        return word if is_number or word.casefold() in self._words else "█" * len(word)


class Redaction:
    """Puts stand-ins in place of names, the same ones for the same names."""

    def __init__(self, catalogue: Catalogue) -> None:
        spelled = {name for known in catalogue.properties for name in known.spellings}
        members = {member for known in catalogue.properties for member in known.members}
        self._words = frozenset(_PLAIN | {each.casefold() for each in spelled | members})
        self._documents: dict[int, tuple[Document, Covered]] = {}
        self._policies: dict[int, tuple[Policy, Policy]] = {}

    def inputs(self, found: Inputs) -> Inputs:
        """Return what was read without names."""
        return replace(
            found,
            policies=self.policies(found.policies),
            left_out=self.policies(found.left_out),
            summary=self.summary(found.summary),
            errors=[self._error(each) for each in found.errors],
        )

    def summary(self, found: Iterable[Input]) -> list[Input]:
        """Return what was read, file by file, without names."""
        return [each._replace(path=stand_in_file(each.path)) for each in found]

    def policies(self, found: Sequence[Policy]) -> list[Policy]:
        """Return policies without names, one for each."""
        return [self.policy(each) for each in found]

    def policy(self, policy: Policy) -> Policy:
        """Return a policy without its name."""
        kept = self._policies.get(id(policy))
        if kept is None:
            kept = self._policies[id(policy)] = (policy, self._made(policy))
        return kept[1]

    def _made(self, policy: Policy) -> Policy:
        name = stand_in("policy", policy.name)
        columns = zip(policy.layout.columns, policy.readings, strict=True)
        readings = tuple(
            reading
            if known is None or reading is None or known.kind != "identity"
            else _reading(reading, known.key, name)
            for known, reading in columns
        )
        return replace(
            policy,
            document=self._document(policy.document),
            record=replace(policy.record, text=None if policy.record.text is None else name),
            readings=readings,
            stand_in=name,
            covers=policy,
        )

    def _document(self, document: Document) -> Covered:
        kept = self._documents.get(id(document))
        if kept is None:
            kept = self._documents[id(document)] = (document, Covered(document, self._words))
        return kept[1]

    @staticmethod
    def _error(error: _Error) -> _Error:
        error.path = stand_in_file(error.path) if error.path else error.path
        return error


def _reading(reading: Reading, key: str, name: str) -> Reading:
    if key.startswith(_KEPT) or not isinstance(reading.value, str):
        return reading
    value: Value = None
    if key in _NAMES:
        value = name
    elif key in _GUIDS:
        value = _guid(reading.value)
    elif key == "DistinguishedName":  # its parent tells which organisation it is
        value = f"CN={name},{stand_in('place', reading.value.partition(',')[2])}"
    return replace(reading, value=value)


def _guid(value: str) -> str:
    digits = hashlib.sha256(value.strip("{}").casefold().encode()).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
