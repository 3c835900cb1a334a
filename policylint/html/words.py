"""The words of a page: what every verdict and support means, and the class that gives it its colour and pattern."""

from policylint.judging.report import VERDICTS

GRADE = {
    "cannot-connect": "refused",
    "refused": "refused",
    "refused-on-some": "refused",
    "weakened": "weak",
    "unknown": "unknown",
    "accepted": "fine",
    "not-applicable": "none",
}
"""What each verdict comes to on a page: its tile, and its look."""

TILES = {
    "refused": ("Refused", "stop syncing, or never start"),
    "weak": ("Not protected", "get in without doing all that is asked"),
    "unknown": ("Unknown", "nobody has documented what they do"),
    "fine": ("Fine", "get in and do what is asked"),
}

MEANINGS = {
    "cannot-connect": "the server end refuses it, whatever the policy",
    "refused": "stops syncing, or never starts",
    "refused-on-some": "refused on some hardware",
    "weakened": "gets in, and does not do all that is asked",
    "unknown": "it depends on what nobody has documented",
    "accepted": "not refused because of the policy, and does what is asked",
    "not-applicable": "uses no mailbox policy",
}

SUPPORT_GRADE = {
    "enforced": "fine",
    "accepted": "fine",
    "must-be": "fine",
    "partial": "weak",
    "ignored": "weak",
    "unmet": "weak",
    "blocks": "refused",
    "not-sent": "refused",
    "unknown": "unknown",
    "server": "none",
    "not-applicable": "none",
}

SUPPORTS = {
    "enforced": "acts on it",
    "accepted": "takes it; nothing shows that it acts",
    "must-be": "works with one value only",
    "partial": "acts in part",
    "ignored": "claims to comply, does nothing",
    "unmet": "does not act on it, and may say so",
    "blocks": "says that it cannot: the gate decides",
    "not-sent": "cannot be told: the gate decides",
    "unknown": "nobody has documented it",
    "server": "Exchange applies it",
    "not-applicable": "lacks the feature, or uses no such policies",
}

GATES = {
    True: "open: whoever cannot take the whole policy is let in all the same",
    False: "closed: whoever cannot take the whole policy is refused",
    None: "not shown by the export: both positions are judged",
}


def gravest(verdicts: set[str]) -> str:
    """Return the gravest of some verdicts."""
    return min(verdicts, key=VERDICTS.index)
