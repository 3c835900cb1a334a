"""The strategies there are, by name, in the order of what they leave alone."""

from collections.abc import Callable

from policylint.fixing import open_gate, relax, separate
from policylint.fixing.plan import Plan
from policylint.fixing.subject import Subject

STRATEGIES: dict[str, Callable[[Subject], Plan]] = {
    separate.NAME: separate.separate,
    relax.NAME: relax.relax,
    open_gate.NAME: open_gate.open_gate,
}
