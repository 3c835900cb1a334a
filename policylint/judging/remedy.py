"""From a finding to the line of PowerShell that would cure it, safe to paste whatever the policy is called.

PowerShell takes U+2018 to U+201B for single quotes, too; inside quotes each of them is doubled. A name that holds line
breaks, control or bidirectional characters is not shown as it is at all: those characters are spelled as `[char]0x…`.
So is one that a build log would take for the beginning of a command, since changing the name is no way out here.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from policylint import values
from policylint.knowledge.catalogue import Property
from policylint.knowledge.servers import Server
from policylint.policies.policy import Policy
from policylint.values import Value
from policylint.writing.build_logs import COMMAND_ANYWHERE

_STOP_PARSING = "--%"
_QUOTES = "['\u2018\u2019\u201a\u201b]"


class Command(NamedTuple):
    """One command: a cmdlet, and its parameters with their values, in order."""

    cmdlet: str
    parameters: dict[str, Value]

    @property
    def text(self) -> str:
        """The line to paste. The policy it is about comes first."""
        given = [_given(name, value) for name, value in self.parameters.items() if name not in _NAMING]
        named = self.parameters.get("Name")
        subject = f"-Name {argument(str(named))}" if named else argument(str(self.parameters["Identity"]))
        return " ".join([self.cmdlet, subject, *given])


_NAMING = ("Identity", "Name")


def command(policy: Policy, known: Property, value: Value, server: Server | None = None) -> Command | None:
    """Return the Set-…MailboxPolicy command that gives a property of a policy a value.

    The cmdlet and the parameter follow the spelling of the export, unless the server has the other cmdlets only;
    without a telling name, today's cmdlet. None where the export names the policy by nothing that Exchange would find
    it by.
    """
    identity = policy.handle
    if identity is None:
        return None
    spelling = _spelling(policy, server)
    return Command(f"Set-{_NOUNS[spelling]}", {"Identity": identity, _parameter(known, spelling): value})


def new_policy(policy: Policy, name: str, settings: Mapping[Property, Value], server: Server | None = None) -> Command:
    """Return the New-…MailboxPolicy command for a policy beside another one, in its spelling."""
    spelling = _spelling(policy, server)
    given = {_parameter(known, spelling): value for known, value in settings.items()}
    return Command(f"New-{_NOUNS[spelling]}", {"Name": name, **given})


def assign(users: tuple[str, ...], policy: str) -> str:
    """Return the line that gives users a policy, by name."""
    return f"{literal(users)} | Set-CASMailbox -ActiveSyncMailboxPolicy {argument(policy)}"


def assign_group(group: str, policy: str) -> str:
    """Return the line that gives every member of a group a policy, by name."""
    members = f"Get-DistributionGroupMember {argument(group)} -ResultSize Unlimited"
    return f"{members} | Set-CASMailbox -ActiveSyncMailboxPolicy {argument(policy)}"


_NOUNS = {"activesync": "ActiveSyncMailboxPolicy", "mobiledevice": "MobileDeviceMailboxPolicy"}


def _spelling(policy: Policy, server: Server | None) -> str:
    if server is not None and server.cmdlets is not None:
        return server.cmdlets.spelling
    return policy.layout.dialect or "mobiledevice"


def _parameter(known: Property, spelling: str) -> str:
    parameter: str | None = getattr(known, spelling)
    return parameter or known.key


@lru_cache(maxsize=256, typed=True)  # 1 is not True
def _given(name: str, value: Value) -> str:
    return f"-{name} {literal(value)}"


def literal(value: Value) -> str:
    """Write a value as an argument."""
    match value:
        case None | ():
            return "$null"
        case bool():
            return "$true" if value else "$false"
        case int():
            return str(value)
        case timedelta():
            return values.time_span_text(value)
        case tuple():
            return "@(" + ", ".join(argument(item) for item in value) + ")"
        case str():
            return value if value.isascii() and value.isalnum() else argument(value)


@lru_cache(maxsize=256)
def argument(text: str) -> str:
    """Write any text as one argument of a command: parenthesised where it takes more than one string."""
    quoted = quote(text)
    return quoted if quoted == _single_quoted(text) else f"({quoted})"


def quote(text: str) -> str:
    """Write any text as a PowerShell expression that holds exactly that text, on one line."""
    if text == _STOP_PARSING:  # its own symbol to PowerShell even in quotes (its issue 11608)
        return "'--' + '%'"
    commands = {found.start() for found in COMMAND_ANYWHERE.finditer(text)} if "##" in text else frozenset()
    if not commands and (text.isprintable() or not any(map(_is_unsafe, text))):
        return _single_quoted(text)
    parts: list[str] = []
    plain = ""
    for position, character in enumerate(text):
        if position in commands or _is_unsafe(character):
            if plain:
                parts.append(_single_quoted(plain))
                plain = ""
            # a character beyond U+FFFF does not fit [char]; PowerShell joins its surrogate pair
            units = character.encode("utf-16-be", "surrogatepass")
            parts += [f"[char]0x{units[i]:02X}{units[i + 1]:02X}" for i in range(0, len(units), 2)]
        else:
            plain += character
    if plain:
        parts.append(_single_quoted(plain))
    if not parts[0].startswith("'"):
        parts.insert(0, "''")  # so that + joins strings rather than adding characters
    return " + ".join(parts)


def _single_quoted(text: str) -> str:
    return "'" + re.sub(_QUOTES, lambda found: found[0] * 2, text) + "'"


def _is_unsafe(character: str) -> bool:
    """Tell whether a character would break the line or hide what it says."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn")
