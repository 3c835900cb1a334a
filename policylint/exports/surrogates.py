"""Surrogates: halves of characters that formats with UTF-16 escapes can leave in a text."""

import re

_ANY = re.compile("[\ud800-\udfff]")


def joined(text: str) -> str:
    """Join surrogate pairs to the characters they stand for; a half without its other half becomes U+FFFD.

    Python cannot print or encode a text with a lone surrogate.
    """
    if not _ANY.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
