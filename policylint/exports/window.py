"""What stands in the window of a PowerShell, and in whatever is copied from it."""

import re

PROMPT = re.compile(r"\s*(?:\[[^\]]*\]:?\s*)?(?:PS\b[^>]*|[A-Za-z]:\\[^>]*)>(?P<command>.*)|\s*>>(?P<more>.*)")
"""The prompt of a PowerShell window, with or without the name of the computer before it."""

PROPERTY = re.compile(r"[ \t]*(?P<name>[A-Za-z_]\w*)[ \t]+(?P<colon>:)(?:[ \t]+(?P<value>.*))?$")
"""A property of a list, as PowerShell prints it: blanks on both sides of the colon."""
