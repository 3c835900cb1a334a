"""Comparisons that tests share: two lists of settings in, what differs out."""

from collections.abc import Mapping, Sequence
from typing import Any

from formats import Formats
from policies import shortened
from stamps import undated_session

from policylint.comparing.model import Change, Comparison, Side
from policylint.exports.reader import read_document
from policylint.knowledge import Knowledge
from policylint.policies.files import Input
from policylint.policies.reading import PolicyReader

Settings = dict[str, Any]
Named = Mapping[str, Sequence[Settings]]


class Comparer:
    """Compares policies that are written as exports and read again. No version is in what it makes."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge
        self._formats = Formats(knowledge.catalogue)

    def side(self, name: str, policies: Sequence[Settings] | bytes, kind: str = "json") -> Side:
        """Make a side of one file: of policies, or of the bytes of an export."""
        data = policies if isinstance(policies, bytes) else self._written(policies, kind)
        document = read_document(data, name)
        read = PolicyReader(self._knowledge.catalogue).policies(document)
        return Side(name, [Input(name, document.format, len(read))], read, name)

    def _written(self, policies: Sequence[Settings], kind: str) -> bytes:
        known = [shortened(each, self._knowledge.catalogue) for each in policies]
        return self._formats.all(known)[kind].encode()

    def directory(self, name: str, files: Named) -> Side:
        """Make a side of several files."""
        sides = [self.side(f"{name}/{file}", policies) for file, policies in files.items()]
        inputs = [each for side in sides for each in side.inputs]
        return Side(name, inputs, [policy for side in sides for policy in side.policies], f"{name}/")

    def of(self, old: Side, new: Side, device: str = "wp7", *, assume_gate: bool | None = None) -> Comparison:
        """Compare two sides for a device query."""
        return undated_session(self._knowledge, device, assume_gate=assume_gate).between(old, new)

    def between(
        self, old: Sequence[Settings], new: Sequence[Settings], device: str = "wp7", **options: Any
    ) -> Comparison:
        """Compare policies, each side as one file."""
        return self.of(self.side("old.json", old), self.side("new.json", new), device, **options)

    def changes(self, old: Settings, new: Settings) -> dict[str, Change]:
        """Compare the settings of one policy: what changed, by property."""
        found = self.between([old], [new]).policies
        return {change.property.key: change for policy in found for change in policy.changes}
