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
    return _no_request(_written(plain))


def prose(plain: str) -> str:
    """Write sentences, which may be several lines: options in them are bold, and lines are filled anew."""
    joined = " ".join(plain.split())
    pieces = []
    end = 0
    for option in _OPTION.finditer(joined):
        pieces += [_written(joined[end : option.start()]), bold(option[0])]
        end = option.end()
    return _no_request("".join([*pieces, _written(joined[end:])]))


def bold(plain: str) -> str:
    """Write a text in bold: what is typed as it stands."""
    return f"\\fB{_written(plain)}\\fR"


def italic(plain: str) -> str:
    """Write a text in italics (underlined on terminals): what stands for something else."""
    return f"\\fI{_written(plain)}\\fR"


def _written(plain: str) -> str:
    return "".join(_WRITTEN.get(letter) or _letter(letter) for letter in plain)


def _letter(letter: str) -> str:
    return letter if " " <= letter <= "~" else f"\\[u{ord(letter):04X}]"


def _no_request(line: str) -> str:
    # roff reads a line that begins with a period as a request
    return f"\\&{line}" if line.startswith(".") else line
