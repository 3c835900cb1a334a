"""Which lines of a log those who run builds take for commands: broader than any runner, never narrower."""

import re


def taken_for_a_command(line: str) -> bool:
    """Tell whether some runner would act on a line of a log."""
    # Runner.Common/ActionCommand.cs of GitHub's runner: TrimStart and StartsWith("::"), a second "::" behind a name;
    # and IndexOf("##["), for which the agent of Azure Pipelines has IndexOf("##vso[") and StartsWith("##[")
    trimmed = line.lstrip()
    github = trimmed.startswith("::") and "::" in trimmed[2:]
    anywhere = any(mark in line.casefold() for mark in ("##[", "##vso[", "##teamcity["))
    # GitLab's trace sections, and the notes of a Jenkins console
    gitlab = re.search(r"section_(start|end):\d+:[^\r]*\r\x1b\[0K", line) is not None
    return github or anywhere or gitlab or "\x1b[8mha:" in line


def scanned(text: str) -> list[str]:
    """Return the lines of a log that some runner would act on."""
    return [line for line in re.split(r"\r\n|\r|\n", text) if taken_for_a_command(line)]
