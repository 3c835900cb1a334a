"""The `_xHHHH_` escapes of CLIXML: characters that XML cannot carry, as UTF-16 code units in hexadecimal."""

import re

_ANY = "[\ud800-\udfff]"


def joined(text: str) -> str:
    """Join surrogate pairs to the characters they stand for; a half without its other half becomes U+FFFD.

    Python cannot print or encode a text with a lone surrogate.
    """
    if not re.search(_ANY, text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_ESCAPE = r"_[xX]([0-9a-fA-F]{4})_"


def unescaped(text: str) -> str:
    """Decode the escapes of a value, a name, a type name or a ToString text.

    `_x000A_` is a line feed and `_x005F_` an underscore. A character beyond U+FFFF is written as two
    escapes; a half of one without its other half becomes U+FFFD.
    """
    if "_x" not in text and "_X" not in text:
        return text
    return joined(re.sub(_ESCAPE, _character, text))


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))
