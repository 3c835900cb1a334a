"""What else would bring about what clients do not do: each piece of advice once, with the clients and the settings."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from policylint.judging.findings import Finding
from policylint.judging.targets import TargetSet
from policylint.writing.style import and_more

_SETTINGS = 3


@dataclass(slots=True)
class Advice:
    """A piece of advice with its sources, the clients it is for as a mask, and the settings these do not act on."""

    text: str
    mask: int = 0
    settings: dict[str, None] = field(default_factory=dict)

    def where(self, targets: TargetSet) -> str:
        """Say for which clients it is, because of which settings."""
        named = f" ({and_more(list(self.settings), _SETTINGS)})" if self.settings else ""
        return f"{targets.fold(self.mask)}{named}"


def insteads(findings: Iterable[Finding]) -> list[Advice]:
    """Gather the advice that some findings carry; waived ones need none."""
    found: dict[str, Advice] = {}
    # of thousands of policies most findings say what others have said
    for ruling, name in dict.fromkeys([(each.ruling, each.name) for each in findings if each.waived is None]):
        for each in ruling.instead:
            advice = found.setdefault(each.cited, Advice(each.cited))
            advice.mask |= each.mask
            if name is not None:
                advice.settings[name] = None
    return list(found.values())
