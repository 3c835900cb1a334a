"""The commands that matter in a script, and those that may change what is known of the others."""

import re

CMDLETS = frozenset(
    f"{verb}-{noun}mailboxpolicy" for verb in ("new", "set", "remove") for noun in ("activesync", "mobiledevice")
)
"""The cmdlets that make, change and remove policies, in lower case."""
RESOURCES = frozenset(("exomobiledevicemailboxpolicy", "exoactivesyncmailboxpolicy"))
"""The resources of Microsoft365DSC that describe a policy, the one of today and the one of early versions."""

NAMED = re.compile(
    r"(?:New|Set)[-\u2013\u2014\u2015](?:ActiveSync|MobileDevice)MailboxPolicy(?![\w-])|\bEXO(?:ActiveSync|MobileDevice)MailboxPolicy\b",
    re.IGNORECASE,
)
"""A cmdlet or resource that sets a policy, anywhere in a text."""

SETS_VARIABLES = frozenset((
    "set-variable", "new-variable", "clear-variable", "remove-variable", "sv", "nv", "clv", "rv",
    "invoke-expression", "iex",
))  # fmt: skip
"""Commands after which variables may hold anything."""

RUNS_TEXT = frozenset((
    "invoke-expression", "iex", "invoke-command", "icm", "start-process", "saps", "start", "start-job", "sajb",
    "start-threadjob", "powershell", "pwsh", "cmd", "schtasks", "new-scheduledtaskaction",
    "register-scheduledtask", "register-scheduledjob", "set-alias", "new-alias", "sal", "nal", "set-item",
    "si", "new-item", "ni", "invoke-wmimethod", "invoke-cimmethod",
))  # fmt: skip
"""Commands that run a text as code, or give a command another name."""

QUIET = re.compile(r"(?:write|out|get|format|test|connect|disconnect)-\w+|echo|import-module", re.IGNORECASE)
"""Commands that change nothing that is handed to them."""

VARIABLE_TAKING = re.compile(r"\w*variable|var\w*|(?:out|error|warning|information|pipeline)v\w*|ov|ev|wv|iv|pv")
"""Parameters, in lower case, that name a variable to be set."""

HARMLESS_METHODS = frozenset((
    "containskey", "contains", "containsvalue", "tostring", "getenumerator", "gettype", "equals", "clone",
))  # fmt: skip
"""Methods that change nothing of the table they are called on."""


def plain(name: str) -> str:
    """Return the name of a command in lower case, without its module and with plain dashes."""
    found = name.rpartition("\\")[2].lower()
    for dash in "\u2013\u2014\u2015":
        found = found.replace(dash, "-")
    return found.removesuffix(".exe")
