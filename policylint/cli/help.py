"""How the program explains itself: options in groups, and examples of every command."""

from collections.abc import Iterable
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand

from policylint.cli.terminal import fail, say

_GROUPS = {
    "Devices and server": (
        "device", "queries", "agent", "device_type", "server", "assume_gate", "assume_complete", "profile", "own_rules",
    ),
    "What is read": ("policy", "account", "user", "git", "settings", "skip_non_exports", "max_size", "as_of", "since"),
    "What counts": ("fail_on", "select", "ignore", "baseline"),
    "Output": (
        "output", "group", "statistics", "show_unknown", "show_passed", "quiet", "color", "full", "everything", "names",
        "pseudonyms",
    ),
    "Configuration": ("config", "no_config", "show_config"),
}  # fmt: skip
"""The groups of options, in their order, by the names of parameters; what is in none stands before them."""

EXAMPLES = {
    "check": (
        ("policylint check policies.xml", "what happens on the most common clients"),
        ("policylint check exports/ --device wp7 --fail-on warning", "all exports of a directory, for Windows Phone 7"),
        ("policylint check policies.xml --policy Default --set MinPasswordLength=8", "what a value would change"),
    ),
    "matrix": (
        ("policylint matrix policies.xml --device common", "every policy against every client"),
        ("policylint matrix --property AllowCamera --device all", "what every client does with one setting"),
        ("policylint matrix policies.xml -o csv=matrix.csv", "the same for a spreadsheet"),
    ),
    "merge": (
        ("policylint merge contoso.xml fabrikam.xml", "what a user with two accounts gets"),
        ("policylint merge contoso.xml#Executives fabrikam.xml --device ios", "one policy of a file, and who gets in"),
        ("policylint merge --user users.csv contoso.xml fabrikam.xml", "the same for a list of users"),
    ),
    "diff": (
        ("policylint diff old.xml new.xml", "who is better or worse off"),
        ("policylint diff --git HEAD policies/", "what is about to be committed"),
        ("policylint diff old.xml new.xml --policy Default -o markdown", "one policy, for a pull request"),
    ),
    "fix": (
        ("policylint fix policies.xml --device wp7", "compare the ways out"),
        ("policylint fix policies.xml --device wp7 --strategy separate", "the script of one of them; nothing is run"),
        ("policylint fix policies.xml --policy Default --strategy relax --verify", "one policy, tried in memory"),
    ),
    "fleet": (
        ("policylint fleet evidence/ policies.xml", "your own devices beside what is predicted"),
        ("policylint fleet evidence/ policies.xml --server online", "with what Exchange Online decides"),
        ("policylint fleet evidence/ policies.xml -o json=fleet.json", "for other programs"),
    ),
    "chain": (
        ("openssl s_client -connect mail.contoso.com:443 -showcerts </dev/null | policylint chain -", "what it sends"),
        ("policylint chain mail.pem --host mail.contoso.com", "a file of certificates, for a name"),
        ("policylint chain --connect mail.contoso.com", "ask the server; the only command that opens a connection"),
    ),
    "collect": (
        ("policylint collect > collect.ps1", "the script that exports policies, mailboxes and devices"),
        ("policylint collect --server online -o collect.ps1", "for Exchange Online"),
        ("policylint collect --no-devices", "without the statistics of devices, which take long"),
    ),
    "powershell": (
        ("Import-Module (policylint powershell)", "load the module"),
        ("Get-MobileDeviceMailboxPolicy | Test-MobileDevicePolicy", "judge policies from the pipeline"),
        ("Get-Help Test-MobileDevicePolicy -Examples", "more"),
    ),
    "devices": (
        ("policylint devices", "every client and release that is known"),
        ('policylint devices "ios>=17"', "what a query selects"),
        ('policylint devices --agent "Apple-iPhone15C2/2201.100"', "which client a User-Agent stands for"),
    ),
    "rules": (
        ("policylint rules", "all rules, and the profiles of benchmarks"),
        ("policylint rules EAS101", "the page of one rule"),
        ("policylint rules coverage", "how much of each client is documented"),
    ),
    "explain": (
        ("policylint explain RequireDeviceEncryption", "who does what with a setting"),
        ("policylint explain maybe", "a word of a report"),
        ("policylint explain AllowCamera --device outlook --report", "a text for an issue, if that is wrong"),
    ),
    "create": (
        ("policylint baseline create policies.xml --baseline baseline.json", "take up all findings of today"),
        ("policylint baseline create exports/ --baseline baseline.json --device wp7", "for some devices"),
        ("policylint check policies.xml --baseline baseline.json", "only what is new counts from then on"),
    ),
    "prune": (
        ("policylint baseline prune policies.xml --baseline baseline.json", "drop what is no longer found"),
        ("policylint baseline prune exports/ --baseline baseline.json", "of all exports in a directory"),
        ("policylint baseline prune policies.xml --baseline baseline.json --drop-unread", "and policies not read"),
    ),
}  # fmt: skip
"""Three things to type for each command, each with what it does."""


class Command(TyperCommand):
    """A command whose help shows options in groups, and examples."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, then options group by group."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": [], **{name: [] for name in _GROUPS}}
        of = {parameter: group for group, names in _GROUPS.items() for parameter in names}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                is_argument = parameter.param_type_name == "argument"
                sections["Arguments" if is_argument else of.get(parameter.name or "", "Options")].append(record)
        for name, records in sections.items():
            if records:
                with formatter.section(name):
                    formatter.write_dl(records)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples: each command on a line of its own, to be copied."""
        examples = EXAMPLES.get(self.name or "", ())
        write_examples(examples, formatter)


def write_examples(examples: Iterable[tuple[str, str]], formatter: Any) -> None:
    """Write what to type, each with what it does, as a section of a help text."""
    if examples:
        with formatter.section("Examples"):
            for line, what in examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
                formatter.write(f"{'':{formatter.current_indent + 4}}{what}\n")


def show_help(ctx: typer.Context, command: list[str] | None) -> NoReturn:
    """Print what `--help` prints: of the program, or of a command."""
    parent: Any = ctx.parent
    found: Any = parent.command
    inside: Any = parent
    for name in command or ():
        there = getattr(found, "commands", {})
        if name not in there:
            fail(f"no command is called {name!r}; there are {', '.join(there) or 'none below it'}")
        found = there[name]
        inside = typer.Context(found, info_name=name, parent=inside)
    say(found.get_help(inside))
    raise typer.Exit
