"""Roff, the markup of manual pages: any text in, the same text on the page."""

import re

_WRITTEN = {
    "\\": "\\e",
    # written plainly, these come out as typographic characters, which nobody can paste into a shell
    "-": "\\-",
    "'": "\\(aq",
    "`": "\\(ga",
    "^": "\\(ha",
    "~": "\\(ti",
    '"': "\\(dq",
}
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def text(plain: str) -> str:
    """Write a text of one line so that roff shows it as it is."""
    # a period at the start of a line would be read as a request
    return re.sub(r"^(?=\.)", r"\&", "".join(_WRITTEN.get(letter) or _letter(letter) for letter in plain))


def prose(plain: str) -> str:
    """Write sentences, which may be several lines: options in them are bold, and lines are filled anew."""
    joined = " ".join(plain.split())
    pieces = []
    end = 0
    for option in _OPTION.finditer(joined):
        pieces += [text(joined[end : option.start()]), bold(option[0])]
        end = option.end()
    return "".join([*pieces, text(joined[end:])])


def bold(plain: str) -> str:
    """Write a text in bold: what is typed as it stands."""
    return f"\\fB{text(plain)}\\fR"


def italic(plain: str) -> str:
    """Write a text in italics (underlined on terminals): what stands for something else."""
    return f"\\fI{text(plain)}\\fR"


def _letter(letter: str) -> str:
    return letter if " " <= letter <= "~" else f"\\[u{ord(letter):04X}]"
