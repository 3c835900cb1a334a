"""Every word that a report prints in place of a sentence, and what it means: `policylint explain WORD`.

docs/words.md has the exact rules. A word may stand in several places of a report, and mean there what it says.
"""

from typing import NamedTuple


class Meaning(NamedTuple):
    """What a word means as one kind of thing."""

    kind: str
    text: str


_ACCESS = {
    "cannot-connect": "The server turns the client away before any policy is looked at (--server).",
    "not-applicable": "The client does not use these policies, so none of them can keep it out.",
    "refused": "The client does not sync with this policy: it needs another value, or the gate is closed "
    "(AllowNonProvisionableDevices is False) and it cannot take all that is asked.",
    "refused-on-some": "The gate is closed, and on some hardware the client cannot take all that is asked.",
    "maybe": "Whether the client gets in depends on something that nobody has documented, or that the export does "
    "not show.",
    "let-in": "The policy does not keep the client out. Access rules of the organisation still may.",
}
_VERDICT = {
    "cannot-connect": _ACCESS["cannot-connect"],
    "not-applicable": _ACCESS["not-applicable"],
    "refused": "The client is shut out. No other answer is graver, but for cannot-connect.",
    "refused-on-some": "The client is shut out on some hardware.",
    "weakened": "The client may get in, and something that is asked is not done, or only in part.",
    "unknown": "Nothing speaks against it, and something is not known: a setting that nobody has documented, or "
    "whether the client gets in.",
    "accepted": "The client gets in and does all that is asked. It still may be kept out by an access rule.",
}
_DEMANDS = {
    "met": "The client does what is asked, or is documented to take it.",
    "partly": "The client does it in part, or on some hardware only; the note says what.",
    "not": "The client does not do what is asked.",
    "unknown": "No source tells whether the client does what is asked.",
}
_SUPPORT = {
    "enforced": "The client acts on the setting.",
    "accepted": "The client takes the setting, or is documented to stand it; nothing shows that it acts on it.",
    "partial": "The client acts on it in part; the note says what.",
    "ignored": "The client says that it complies, and does nothing.",
    "blocks": "The client says that it cannot. The gate decides: closed, it is refused; open, it is let in.",
    "unmet": "The client does not act on it. Whether it says so to the server is not known.",
    "not-sent": "The setting came with a newer protocol than the client speaks. The gate decides, as with blocks.",
    "must-be": "The client works with one value only, whatever the gate.",
    "server": "Exchange applies the setting itself; the client has no part in it.",
    "not-applicable": "The client lacks the feature, or does not use these policies.",
    "unknown": "No source tells what the client does with it.",
    "no-policy": "The client never takes a policy. The gate decides whether it gets in.",
}
_EFFECT = {
    "blocks-sync": "The client does not sync because of this setting.",
    "blocks-some": "The client does not sync because of this setting, on some hardware.",
    "not-enforced": "The client syncs and does not do what this setting asks.",
    "partly-enforced": "The client syncs and does part of what this setting asks.",
    "no-effect": "The setting does nothing as the policy stands.",
    "invalid": "The export is damaged here, or Exchange would not take this value.",
    "unknown": "What happens depends on something that is not known, or not shown.",
    "note": "Worth knowing; nothing is wrong because of it.",
}
_SEVERITY = {
    "error": "Somebody is shut out, or the export cannot be judged. By default the exit code is then 1.",
    "warning": "Something that is asked is not done, or may go wrong. --fail-on warning makes it count.",
    "note": "Worth knowing.",
}
_EVIDENCE = {
    "documented": "The source says it, or shows it.",
    "inferred": "It follows from the sources, and could be wrong.",
    "observed": "It was seen on devices of your own organisation (policylint fleet --learn).",
}
_ABILITY = {
    "none": "The client cannot take a policy at all. A closed gate refuses it whatever is asked.",
    "all-or-nothing": "The client takes a policy whole or not at all.",
    "partial-answer": "The client does what it can, and says so. A closed gate then refuses it.",
    "claims-all": "The client says yes to anything, so that it gets in whatever it does.",
}
_STATE = {
    "decides": "The value of this account is what counts on the device.",
    "same": "This account asks the same as the one that decides.",
    "looser": "Another account asks for more.",
    "gated-off": "The policy of this account requires no password, so its password details ask nothing.",
    "not-set": "This account asks nothing here.",
    "hidden": "The export of this account does not tell. What comes out may be stricter.",
}
_CHANGE = {
    "stricter": "The new side asks more of a device.",
    "looser": "The new side asks less of a device.",
    "neither": "The value is another one, and asks the same, or cannot be compared.",
    "newly-refused": "The client is refused because of something that it took before.",
    "newly-unenforced": "The client does not do something that it did before.",
    "cured": "A refusal or a weakness is gone.",
    "no-longer-seen": "A finding is gone because the new export does not show what it depends on. Nothing is cured.",
}
_SHORT = {
    "barred": "cannot-connect, in a narrow table.",
    "some-hw": "refused-on-some, in a narrow table.",
    "n/a": "not-applicable, in a narrow table.",
    "in": "let-in, in a narrow table.",
}
_TERMS = {
    "gate": "AllowNonProvisionableDevices of a policy. False is closed: a client that cannot take the whole policy "
    "is refused. True is open: it is let in. A closed gate keeps out new devices only; phones that already sync keep "
    "syncing until another setting changes.",
    "demand": "A setting that asks something of a device: its value is not the neutral one, and its own gate is open.",
    "neutral": "A value that asks nothing of a device.",
    "hidden": "A setting whose value the export does not tell: it is not there, empty, or cannot be read. It is taken "
    "neither for a demand nor for neutral. --assume-complete takes it for neutral.",
    "waived": "A finding that stays in the report and does not count: a waiver or the baseline has it.",
    "provisioning": "How a client takes a policy: the server sends it, the client says what it did, and gets a key.",
    "target": "A client line and one of its releases, by number: what policies are judged for.",
}

GLOSSARY: dict[str, list[Meaning]] = {}
"""Every word, with each of its meanings."""

for kind, words in (
    ("word", _TERMS),
    ("verdict", _VERDICT),
    ("access", _ACCESS),
    ("demands met", _DEMANDS),
    ("what a client does with a setting", _SUPPORT),
    ("effect of a finding", _EFFECT),
    ("severity", _SEVERITY),
    ("evidence", _EVIDENCE),
    ("how a client takes a policy", _ABILITY),
    ("account in a merge", _STATE),
    ("change in a comparison", _CHANGE),
    ("short word of a matrix", _SHORT),
):
    for word, text in words.items():
        GLOSSARY.setdefault(word, []).append(Meaning(kind, text))
