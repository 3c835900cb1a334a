"""Tells a damaged export from a file of another kind, by the names in it."""

import re

from policylint.knowledge.catalogue import Catalogue

_TYPES = (b"systemconfiguration.mobilemailboxpolicy", b"systemconfiguration.activesyncmailboxpolicy")
"""The .NET types of a policy, which stand before its properties: an export that was cut off early may hold no more."""


def speaks_of_policies(data: bytes, catalogue: Catalogue) -> bool:
    """Tell whether bytes in UTF-8 or UTF-16 hold the type of a policy or a property that makes an object one."""
    # UTF-16 writes an ASCII character with a NUL on one side or the other
    text = data.replace(b"\0", b"").lower()
    names = [name.lower().encode() for known in catalogue if known.makes_a_policy for name in known.spellings]
    # finding a word is many times as fast as matching words, and most files hold none
    found = [word for word in (*names, *_TYPES) if word in text]
    return any(re.search(rb"(?<![0-9a-z_])%s(?![0-9a-z_])" % re.escape(word), text) for word in found)
