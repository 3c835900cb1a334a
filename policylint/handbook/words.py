"""What the words of the pack mean, said in the pages as sentences. docs/words.md has them in tables."""

ABILITIES = {
    "none": "Cannot provision: with the gate closed it is refused whatever the policy demands.",
    "all-or-nothing": "Takes a policy whole or not at all: with the gate closed it is refused at the first demand "
    "that it cannot meet.",
    "partial-answer": "Says so when it applies a policy in part: with the gate closed it is then refused.",
    "claims-all": "Says yes to any policy: it is let in though the gate is closed.",
    "unknown": "What it answers to a policy beyond its means is **unknown**; it is judged by what is known of each "
    "setting.",
}

WITH_THE_GATE_OPEN = {
    "enforces-what-it-can": "With the gate open it enforces what it can.",
    "no-policy": "With the gate open it never fetches the policy, and nothing of it is enforced.",
    "unknown": "What it does with the gate open is **unknown**.",
}

FACTS = {
    "eas": "Protocol versions",
    "accounts": "Several accounts",
    "merging": "How the policies of several accounts merge",
    "certificates": "Certificates",
    "wipe": "Wipe",
    "servers": "Servers",
    "compliance": "What makes it comply",
    "irm": "Rights-managed mail",
    "password_levels": "Password levels",
    "level_tables": "How a policy becomes a password level",
}
"""The sections about whole releases, in the order of a page."""

EXPECTED_FACTS = ("eas", "accounts", "certificates", "wipe", "servers")
"""What a reader may expect to find: where nothing is known of it, the page says so."""

FACT_KEYS = {
    "incomplete": "a chain without its intermediate",
    "local": "by the device itself",
    "max": "highest version",
    "merge": "which policy counts",
    "needs": "counts only where another is True",
    "number": "Exchange accounts",
    "properties": "merged across accounts",
    "remote": "from the server",
    "removal": "when an account goes",
    "refuses": "does not take",
    "roots": "roots that it shipped with",
    "roots_as_of": "as of",
    "speaks": "versions seen",
    "ungated": "password details count without a password",
    "untrusted": "untrusted servers",
    "used": "uses EAS",
}
"""What a page calls a key of a fact, where the key by itself would not say it."""

STRICTER = {
    "true": "`True` is the stricter value",
    "false": "`False` is the stricter value",
    "higher": "the higher value",
    "lower": "the lower value",
    "superset": "the list that holds the other",
    "subset": "the list that the other holds",
    "flat": "none: two values that differ contradict each other",
    "none": "none: its values ask for different things, not for more or less",
}

SCOPES = {
    "device": "the whole device, whichever account brings it",
    "account": "the account that brings it",
    "server": "the server",
}

SERVER_APPLIES = {
    "yes": "yes, whatever the device does",
    "believed": "believed, not shown by any source",
    "unknown": "unknown",
}

RULE_RANGES = {
    "0": "The export itself",
    "1": "Devices",
    "2": "Inside one policy",
    "3": "Among the policies of an organisation",
    "4": "Merges",
    "5": "Benchmarks",
    "6": "Field evidence",
    "7": "Certificates",
}
"""What the hundreds of a rule's number stand for."""

EFFECTS = {
    "blocks-sync": "the device stops syncing, or never starts",
    "blocks-some": "it does so on some hardware",
    "not-enforced": "the device syncs and does not enforce the setting",
    "partly-enforced": "the device syncs and enforces the setting in part",
    "no-effect": "the setting does nothing",
    "invalid": "the export is wrong or incomplete at this place",
    "unknown": "what happens is not known",
    "note": "worth knowing; nothing breaks",
}
