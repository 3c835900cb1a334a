"""No line that a person reads is a command to the machine that runs a build and reads its log.

What runners take for a command: the agent of Azure Pipelines `##vso[` (its Command.TryParse looks for it anywhere in
a line), that of GitHub Actions `##[` likewise (ActionCommand.TryParse) and `::` where a line begins, TeamCity
`##teamcity[`. Sections of GitLab and notes of Jenkins need control characters, which `style.printable` takes out.
"""

import re
from collections.abc import Iterable, Iterator

COMMAND_ANYWHERE = re.compile(r"#(?=#+\w*\[)")
"""Each character without which a text would hold no command that is one wherever it stands in its line."""
_COMMAND = re.compile(rf"{COMMAND_ANYWHERE.pattern}|^(?P<blanks>\s*):(?=:)", re.MULTILINE)
_ACTS = "\ufffd"


def harmless(text: str) -> str:
    """Return a text of the same length in which no line is a command: `\ufffd#vso[…]`, `\ufffd:error::…`.

    `text` begins where a line begins.
    """
    if "##" not in text and "::" not in text:
        return text
    return _COMMAND.sub(lambda found: (found["blanks"] or "") + _ACTS, text)


def harmless_lines(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces of text with every line of them harmless, wherever the pieces are cut."""
    begun = ""
    for piece in pieces:
        whole = begun + piece
        end = whole.rfind("\n") + 1
        begun = whole[end:]
        if end:
            yield harmless(whole[:end])
    if begun:
        yield harmless(begun)
