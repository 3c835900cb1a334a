"""Fingerprints for services that track findings from one report to the next, and take two that are alike for one."""

from collections import Counter

from policylint.fingerprint import fingerprint
from policylint.judging.findings import Finding
from policylint.judging.report import Passed
from policylint.policies.policy import Policy


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

    def of_passed(self, policy: Policy, passed: Passed) -> str:
        """Return the fingerprint of the next demand that is met."""
        return self._unique(fingerprint("passed", policy.identity, passed.setting.property.key))

    def _unique(self, name: str) -> str:
        self._given[name] += 1
        count = self._given[name]
        return name if count == 1 else f"{name}:{count}"
