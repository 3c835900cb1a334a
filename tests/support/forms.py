"""The forms in which administrators keep policies: what became of an export on its way through other programs."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from formats import Formats, Settings, text_of

SESSION = (
    "[PS] C:\\>Get-CASMailbox user1 | ft Name,ActiveSyncEnabled\n\n"
    "Name   ActiveSyncEnabled\n----   -----------------\n"
    "user1               True\n\n\n"
    "[PS] C:\\>Get-X\nGet-X : The term 'Get-X' is not recognized as the name of a cmdlet.\n"
    "At line:1 char:1\n    + CategoryInfo          : ObjectNotFound: (:) [], CommandNotFoundException\n\n"
)
TRANSCRIPT = (
    "**********************\nPowerShell transcript start\nStart time: 20261126101500\nUsername: CONTOSO\\admin\n"
    "Configuration Name: \nHost Application: pwsh\nPSVersion: 7.4.1\n**********************\n"
)


def _each(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(map(change, text.split("\n")))


def _lines(text: str, every: int, line: str) -> str:
    found = text.split("\n")
    return "\n".join(
        one for number, each in enumerate(found) for one in ([each, line] if number % every == 5 else [each])
    )


LISTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "triple spaced": lambda text: text.replace("\n", "\n\n\n"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "no-break spaces before the colon": lambda text: re.sub(
        r" +:", lambda found: "\u00a0" * (len(found[0]) - 1) + ":", text
    ),
    "colours": lambda text: re.sub(r"^(\w+ +: ?)", "\x1b[32;1m\\1\x1b[0m", text, flags=re.MULTILINE),
    "colours without their escape": lambda text: re.sub(r"^(\w+ +: ?)", "[32;1m\\1[0m", text, flags=re.MULTILINE),
    "a quoted mail": lambda text: _each(text, lambda line: f"> {line}"),
    "a quote in a quote": lambda text: _each(text, lambda line: f">> {line}"),
    "a quote with bars": lambda text: _each(text, lambda line: f"| {line}"),
    "a fence": lambda text: f"# Ours\n\nThese are our policies, of May:\n\n```text\n{text}```\nRegards,\nKim\n",
    "a heading with a rule": lambda text: f"Policies\n========\n\n{text}",
    "a mail": lambda text: (
        f"Hello,\n\nas promised: the list.\n\n{text}\n-- \nKim Akers\nContoso, Berlin\nTel: +49 30 1\n"
    ),
    "messages": lambda text: _lines(text, 9, "VERBOSE: Received chunk 3"),
    "warnings in French": lambda text: _lines(text, 9, "AVERTISSEMENT : le délai est dépassé"),
    "rules": lambda text: _lines(text, 11, "-----"),
    "empty lines": lambda text: _lines(text, 7, ""),
    "prompts": lambda text: _lines(text, 13, "[PS] C:\\>"),
    "a transcript": lambda text: TRANSCRIPT + text + "**********************\nPowerShell transcript end\n",
    "a session": lambda text: SESSION + text + "\n[PS] C:\\>exit\n",
    "indented": lambda text: _each(text, lambda line: f"    {line}"),
    "typed": lambda text: re.sub(r"^(\w+) +: ?", r"\1: ", text, flags=re.MULTILINE),
    "squeezed": lambda text: re.sub(r"^(\w+) +:", r"\1 :", text, flags=re.MULTILINE),
    "bullets": lambda text: re.sub(r"^(\w+) +: ?(.*)", r"- **\1:** \2", text, flags=re.MULTILINE),
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "carriage returns doubled": lambda text: text.replace("\n", "\r\r\n"),
    "headings of a report": lambda text: text.replace(
        "\n\n", "\n\n\n[16/20] MOBILE POLICIES\n====\n\nPolicy: one\n\n\n"
    ),
}
"""What becomes of a list on its way."""

TEXTS: dict[str, Callable[[str], str]] = {
    "a warning before": lambda text: f"WARNING: Resulting JSON is truncated.\n{text}",
    "a prompt before and after": lambda text: f"PS C:\\> Get-It | ConvertTo-It\n{text}\nPS C:\\> exit\n",
    "a mail": lambda text: f"Hello,\n\nhere it is:\n\n{text}\n\nRegards,\nKim\n",
    "a fence": lambda text: f"# Ours, of May\n\n```\n{text}\n```\n\nThat is all.\n",
}
"""What stands around a document that was pasted."""


class Forms:
    """Writers of all forms, by those of the formats."""

    def __init__(self, formats: Formats):
        self.formats = formats

    def _text(self, name: str, value: Any) -> str:
        known = self.formats.catalogue.named(name)
        return text_of(known.type if known else "string", value) or ""

    def all(self, policies: Sequence[Settings]) -> dict[str, str]:
        """Write the same policies in every form, those of `LISTS` and `TEXTS` left out."""
        return {**self.trees(policies), **self.tables(policies)}

    def scripts(self, policies: Sequence[Settings]) -> dict[str, str]:
        """Write what makes the same policies: scripts, blocks of Microsoft365DSC, the log of a wizard."""
        given = [list(self._parameters(one)) for one in policies]
        new, change = "New-ActiveSyncMailboxPolicy", "Set-ActiveSyncMailboxPolicy"
        named = [f"-Name {literal(one['Name'])}" for one in policies]
        words = [[f"-{name}:{value}" for name, value in each] for each in given]
        lines = [f"{new} {name} {' '.join(each)}" for name, each in zip(named, words, strict=True)]
        tables = [
            "$p = @{\n" + "".join(f"    {name} = {value}  # set\n" for name, value in each) + f"}}\n{new} @p {name}"
            for name, each in zip(named, given, strict=True)
        ]
        split = [
            f"{new} {name} {' '.join(each[:9])}\n{change} {name.replace('-Name', '-Identity')} `\n  "
            + " `\n  ".join(each[9:])
            for name, each in zip(named, words, strict=True)
        ]
        blocks = [
            f"    EXOActiveSyncMailboxPolicy 'P{number}'\n    {{\n        Name = {literal(policies[number]['Name'])};\n"
            + "".join(f"        {name} = {value};\n" for name, value in each)
            + "        Ensure = 'Present';\n    }\n"
            for number, each in enumerate(given)
        ]
        stamp = "2026.11.25 10:00:01.123 10000 [Client=UX, Session=OnPremises, Cmdlet=" + new + ", Thread=5]"
        return {
            "commands": "\n".join(lines),
            "commands behind prompts of a script": "\r\n".join(["#Requires -Version 5", "Connect-It", *lines, "exit"]),
            "splatting": "\n\n".join(tables),
            "made and then changed": "\n".join(split),
            "a configuration": "Configuration C {\n  Node localhost {\n" + "".join(blocks) + "  }\n}\nC\n",
            "the log of a wizard": "".join(
                f"{stamp} START {one}\n{stamp} FINISH Time=9.0ms Results=1\n" for one in lines
            ),
        }

    def _parameters(self, policy: Settings) -> Iterator[tuple[str, str]]:
        for name, value in policy.items():
            known = self.formats.catalogue.named(name)
            if known and known.kind in ("device", "server") and known.activesync and name != "MobileOTAUpdateMode":
                yield known.activesync, literal(value)

    def trees(self, policies: Sequence[Settings]) -> dict[str, str]:
        """Write JSON that holds the policies somewhere."""
        objects = [json.loads(self.formats.json([policy])) for policy in policies]
        nameless = {one["Name"]: {key: value for key, value in one.items() if key != "Name"} for one in objects}
        dsc = [{"ResourceName": "EXO", "ResourceInstanceName": "x", "Ensure": "Present", **one} for one in objects]
        made: dict[str, Any] = {
            "a REST answer": {"@odata.context": "x", "value": objects},
            "a REST answer with types": {
                "value": [{"@odata.type": "#x", "Guid@odata.type": "#Guid", **one} for one in objects]
            },
            "a report": {"On": "2026", "Retention": [{"Name": "MRM"}], "Mobile": {"Policies": objects}, "Last": []},
            "arrays in arrays": [[objects]],
            "a key for each": nameless,
            "a key with keys": {"data": {"policies": nameless}},
            "Microsoft365DSC": dsc,
        }
        texts = {name: json.dumps(value, indent=1, ensure_ascii=False) for name, value in made.items()}
        texts["JSON Lines"] = "\r\n".join(json.dumps(one) for one in objects)
        texts["objects one after another"] = "\n".join(json.dumps(one, indent=2) for one in objects)
        return texts

    def tables(self, policies: Sequence[Settings]) -> dict[str, str]:
        """Write tables of all shapes."""
        names = list(policies[0])
        across = [names] + [[self._text(name, one.get(name)) for name in names] for one in policies]
        down = [[row[column] for row in across] for column in range(len(names))]
        titled = [["Property", *(str(one["Name"]) for one in policies)]] + [row for row in down if row[0] != "Name"]
        pairs = [["Name", "Value"]] + [[name, self._text(name, one.get(name))] for one in policies for name in names]
        long = [["Policy", "Setting", "Value"]] + [
            [str(one["Name"]), name, self._text(name, one.get(name))]
            for one in policies
            for name in names
            if name != "Name"
        ]
        wide = [f" {name} " for name in names]
        spare = [[*row, "", ""] for row in across]
        return {
            "bars": written(across, "|"),
            "blanks around the names": written([wide, *across[1:]], ";"),
            "columns without names": written(spare, ","),
            "a header again": written([*across[:2], names, *across[2:]], ","),
            "exports one after another": "".join(f"#TYPE A.B\r\n{written([names, row], ',')}" for row in across[1:]),
            "empty rows": written([row for each in across for row in (each, [""] * len(names))], ";"),
            "a title above": "Policies of Contoso\r\nas of May\r\n\r\n" + written(across, ";"),
            "text below": written(across, ",") + "\r\n(2 rows)\r\n",
            "carriage returns": written(across, ",").replace("\r\n", "\r"),
            "policies across": written(down, ";"),
            "policies across under titles": written(titled, ";"),
            "pairs": written(pairs, ","),
            "a long list": written(long, "\t"),
            "Markdown": markdown(across),
            "Markdown with the properties down": markdown(down),
            "Markdown with titles": markdown(
                [[f"`{cell}`" if not number else cell for number, cell in enumerate(row)] for row in titled]
            ),
        }


def literal(value: Any) -> str:
    """Write a value as PowerShell reads it."""
    match value:
        case None | bool():
            return "$null" if value is None else f"${str(value).lower()}"
        case list():
            return f"@({', '.join(map(literal, value))})"
        case int():
            return str(value)
        case _:
            return "'" + str(text_of("string", value)).replace("'", "''") + "'"


def written(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Write a table as `Export-Csv` quotes it."""
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return made.getvalue()


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Write a table as Markdown has it."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["Our policies:", "", lines[0], "|" + " --- |" * len(rows[0]), *lines[1:], "", "The end."])
