"""The path of an export as other programs want to have it."""

import os
from collections import Counter
from pathlib import Path, PurePath
from urllib.parse import quote

from policylint.judging.findings import Finding, fingerprint
from policylint.judging.report import Passed
from policylint.policies.judged import Judged

STDIN = "<stdin>"
"""What stands for a path in a report on what came from standard input."""


def slashed(path: str) -> str:
    """Return a path with forward slashes, and without `./` or doubled slashes."""
    return PurePath(path).as_posix()


def is_absolute(path: str) -> bool:
    """Tell whether a path does not depend on where the program was started."""
    return PurePath(path).is_absolute()


def uri(path: str) -> str:
    """Return a path as a URI reference: `file:///…` if it is absolute, else relative as it is."""
    if is_absolute(path):
        return Path(os.path.normpath(path)).as_uri()
    return quote(os.fsencode(slashed(path)))


class Fingerprints:
    """Gives out fingerprints of one report, no two alike.

    A rule may say several things of one property, and two exports may hold the same policy. The first of those that
    are alike has the fingerprint that JSON output shows, every further one has its number behind it.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """Return the fingerprint of the next finding."""
        return self._unique(finding.fingerprint)

    def of_passed(self, subject: Judged, passed: Passed) -> str:
        """Return the fingerprint of the next demand that is met."""
        return self._unique(fingerprint("passed", subject.identity, passed.setting.property.key))

    def _unique(self, name: str) -> str:
        self._given[name] += 1
        count = self._given[name]
        return name if count == 1 else f"{name}:{count}"
