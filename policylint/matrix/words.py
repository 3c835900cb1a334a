"""The words of a matrix: short ones for its cells, what they mean, and their colours."""

from collections.abc import Iterable, Sequence

from policylint.judging.report import ACCESS
from policylint.matrix.cells import Outcome
from policylint.writing.style import VERDICT_COLOURS, printable
from policylint.writing.table import listed

SHORT = {
    "cannot-connect": "barred",
    "not-applicable": "n/a",
    "refused": "refused",
    "refused-on-some": "some-hw",
    "maybe": "maybe",
    "let-in": "in",
}
"""Every access in a word that leaves room for the counts."""

_ACCESS_MEANING = {
    "cannot-connect": "the server end refuses it, whatever the policy",
    "not-applicable": "does not use these policies",
    "refused": "stops syncing, or never starts",
    "refused-on-some": "refused on some hardware",
    "maybe": "may be refused: it depends on what is not known or not shown",
    "let-in": "not refused because of the policy",
}

NO_POLICY = "no-policy"
"""Stands for support where a target never takes a policy at all."""

_SUPPORT_MEANING = {
    "enforced": "acts on it",
    "accepted": "takes it; nothing shows that it acts",
    "partial": "acts in part",
    "ignored": "claims to comply, does nothing",
    "blocks": "says that it cannot, the gate decides",
    "unmet": "does not act on it, and may say so",
    "not-sent": "cannot be told, the gate decides",
    "must-be": "works with one value only",
    "server": "Exchange applies it",
    "not-applicable": "lacks the feature, or uses no such policies",
    "unknown": "nobody has documented it",
    NO_POLICY: "never takes one, the gate decides",
}

SUPPORTS = tuple(_SUPPORT_MEANING)
"""Every support word, in the order of a legend."""

_SUPPORT_COLOURS = {
    "enforced": "green",
    "accepted": "green",
    "server": "green",
    "partial": "yellow",
    "ignored": "yellow",
    "blocks": "red",
    "unmet": "yellow",
    "not-sent": "red",
    "must-be": "red",
    NO_POLICY: "red",
    "unknown": "cyan",
}


def colour_of(word: str) -> str | None:
    """Return the colour of a verdict or of a support word; None for one that needs none."""
    return VERDICT_COLOURS.get(word) or _SUPPORT_COLOURS.get(word)


def counts(outcome: Outcome) -> str:
    """Print how far demands are met, zeros left out: `6/8 1~ 1?`; nothing where none counts."""
    if not outcome.demands:
        return ""
    numbers = ((outcome.partly, "~"), (outcome.unsure, "?"))
    return " ".join([f"{outcome.met}/{outcome.demands}", *(f"{number}{unit}" for number, unit in numbers if number)])


def legend(cells: Iterable[Sequence[Outcome]], *, short: bool) -> list[str]:
    """Explain the access words that occur, by their short forms or in full, and the counts: a text for each."""
    found = {outcome for row in cells for outcome in row}
    used = {outcome.access for outcome in found}
    parts = [f"{SHORT[word] if short else word}: {_ACCESS_MEANING[word]}" for word in ACCESS if word in used]
    if any(outcome.demands for outcome in found):
        parts.append("6/8: does 6 of the 8 things that are asked of it")
    if any(outcome.partly for outcome in found):
        parts.append("1~: one more in part")
    if any(outcome.unsure for outcome in found):
        parts.append("1?: of one nobody knows")
    return listed(parts, ";")


def support_legend(supports: Iterable[str]) -> list[str]:
    """Explain the support words that occur: a text for each."""
    used = set(supports)
    return listed([f"{word}: {meaning}" for word, meaning in _SUPPORT_MEANING.items() if word in used], ";")


def summary(head: str, found: dict[str, int]) -> list[str]:
    """Put counts behind a heading: words for a line, of which a count with its noun is one."""
    return [*printable(head).split(), *listed([f"{count} {word}" for word, count in found.items() if count], ",")]
