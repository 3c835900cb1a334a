"""Writes policies the way PowerShell exports them, in all five formats: what the reader's opposite would be.

A policy is a dict of property to typed value: bool, int, None, "Unlimited", timedelta, the name of an enum member, a
list of str. The .NET types follow real exports of sibling objects.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape

from policylint.knowledge.catalogue import Catalogue
from policylint.values import time_span_text

Settings = dict[str, Any]

_TYPES = (
    "Microsoft.Exchange.Data.Directory.SystemConfiguration.MobileMailboxPolicy",
    "Microsoft.Exchange.Data.Directory.SystemConfiguration.MailboxPolicy",
    "Microsoft.Exchange.Data.Directory.SystemConfiguration.ADConfigurationObject",
    "Microsoft.Exchange.Data.Directory.ADObject",
    "System.Object",
)
_INNER = {
    "unlimited-int": "System.Int32",
    "unlimited-timespan": "Microsoft.Exchange.Data.EnhancedTimeSpan",
    "unlimited-bytes": "Microsoft.Exchange.Data.ByteQuantifiedSize",
}


def size_text(size: int) -> str:
    """Print a byte size as Exchange does."""
    for unit, shift in (("GB", 30), ("MB", 20), ("KB", 10)):
        if size >> shift:
            return f"{size / (1 << shift):.4g} {unit} ({size:,} bytes)"
    return f"{size} B ({size:,} bytes)"


def text_of(kind: str, value: Any) -> str | None:
    """Print a value as its ToString does; None for null."""
    match value:
        case None:
            return None
        case timedelta():
            return time_span_text(value)
        case list():
            return "Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]" if value else ""
        case int() if kind == "unlimited-bytes" and not isinstance(value, bool):
            return size_text(value)
        case _:
            return str(value)


class Formats:
    """Writers for all formats, by a catalogue that knows the types."""

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue

    def _kind(self, name: str) -> str:
        known = self.catalogue.named(name)
        return known.type if known else "string"

    def all(self, policies: Sequence[Settings]) -> dict[str, str]:
        """Write the same policies in every format."""
        return {
            "clixml": self.clixml(policies),
            "convertxml": self.convertxml(policies),
            "csv": self.csv(policies),
            "json": self.json(policies),
            "listing": self.listing(policies),
        }

    # --- Export-Clixml

    def clixml(self, policies: Sequence[Settings]) -> str:
        parts = ['<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">']
        self._ids = 0
        self._type_ids: dict[tuple[str, ...], int] = {}
        for policy in policies:
            parts.append(f'  <Obj RefId="{self._next()}">')
            parts.append(self._tn(_TYPES, "    "))
            parts.append(f"    <ToString>{_xml(str(policy.get('Name', '')))}</ToString>")
            parts.append("    <Props>")
            parts += [self._clixml_value(name, value) for name, value in policy.items()]
            parts.append("    </Props>")
            parts.append("    <MS>")
            parts.append('      <S N="PSComputerName">mail.contoso.com</S>')
            parts.append('      <G N="RunspaceId">11111111-2222-3333-4444-555555555555</G>')
            parts.append('      <B N="PSShowComputerName">false</B>')
            parts.append('      <BA N="SerializationData">AAEAAAD/////AQAAAAAAAAA=</BA>')
            parts += ["    </MS>", "  </Obj>"]
        parts.append("</Objs>")
        return "\n".join(parts) + "\n"

    def _next(self) -> int:
        self._ids += 1
        return self._ids - 1

    def _tn(self, types: tuple[str, ...], indent: str) -> str:
        if types in self._type_ids:
            return f'{indent}<TNRef RefId="{self._type_ids[types]}" />'
        self._type_ids[types] = len(self._type_ids)
        names = "\n".join(f"{indent}  <T>{_xml(name)}</T>" for name in types)
        return f'{indent}<TN RefId="{self._type_ids[types]}">\n{names}\n{indent}</TN>'

    def _clixml_value(self, name: str, value: Any) -> str:
        kind = self._kind(name)
        pad = "      "
        if value is None:
            return f'{pad}<Nil N="{_xml(name)}" />'
        if isinstance(value, bool):
            return f'{pad}<B N="{_xml(name)}">{str(value).lower()}</B>'
        if kind in _INNER:
            return self._unlimited(name, kind, value)
        if kind == "enum":
            known = self.catalogue[name]
            number = next((code for code, member in known.codes.items() if member == value), 0)
            types = (
                f"Microsoft.Exchange.Data.Directory.{name}Type",
                "System.Enum",
                "System.ValueType",
                "System.Object",
            )
            return self._obj(name, types, value, f"{pad}  <I32>{number}</I32>")
        if isinstance(value, list):
            types = ("Microsoft.Exchange.Data.MultiValuedProperty`1[[System.String, mscorlib]]", "System.Object")
            items = "".join(f"\n{pad}    <S>{_xml(item)}</S>" for item in value)
            lst = f"{pad}  <LST>{items}\n{pad}  </LST>" if value else f"{pad}  <LST />"
            return self._obj(name, types, None, lst)
        if isinstance(value, int):
            return f'{pad}<I32 N="{_xml(name)}">{value}</I32>'
        if kind == "guid":
            return f'{pad}<G N="{_xml(name)}">{value}</G>'
        return f'{pad}<S N="{_xml(name)}">{_xml(str(value))}</S>'

    def _unlimited(self, name: str, kind: str, value: Any) -> str:
        pad = "        "
        unlimited = value == "Unlimited"
        types = (f"Microsoft.Exchange.Data.Unlimited`1[[{_INNER[kind]}, Microsoft.Exchange.Data]]", "System.Object")
        props = f'{pad}  <B N="IsUnlimited">{str(unlimited).lower()}</B>'
        if not unlimited:
            text = text_of(kind, value)
            inner = f'<I32 N="Value">{value}</I32>' if kind == "unlimited-int" else f'<S N="Value">{text}</S>'
            props += f"\n{pad}  {inner}"
        return self._obj(name, types, text_of(kind, value), f"{pad}<Props>\n{props}\n{pad}</Props>")

    def _obj(self, name: str, types: tuple[str, ...], text: str | None, body: str) -> str:
        pad = "      "
        shown = f"\n{pad}  <ToString>{_xml(text)}</ToString>" if text is not None else ""
        head = f'{pad}<Obj N="{_xml(name)}" RefId="{self._next()}">\n{self._tn(types, pad + "  ")}'
        return f"{head}{shown}\n{body}\n{pad}</Obj>"

    # --- ConvertTo-Xml

    def convertxml(self, policies: Sequence[Settings], types: bool = True) -> str:
        parts = ['<?xml version="1.0" encoding="utf-8"?>', "<Objects>"]
        for policy in policies:
            parts.append(f'  <Object Type="{_TYPES[0]}">' if types else "  <Object>")
            for name, value in policy.items():
                parts.append("    " + self._convert_property(name, value, types))
            parts.append("  </Object>")
        return "\n".join([*parts, "</Objects>"]) + "\n"

    def _convert_property(self, name: str, value: Any, types: bool) -> str:
        kind = self._kind(name)
        net = {"bool": "System.Boolean", "int": "System.Int32", "string": "System.String"}.get(kind)
        net = net or f"Microsoft.Exchange.Data.{_INNER.get(kind, kind)}"
        typed = f' Type="{net}"' if types else ""
        head = f'<Property Name="{_xml(name)}"{typed}'
        if isinstance(value, list):
            inner = ' Type="System.String"' if types else ""
            return f"{head}>{''.join(f'<Property{inner}>{_xml(item)}</Property>' for item in value)}</Property>"
        text = text_of(kind, value)
        return f"{head} />" if text is None else f"{head}>{_xml(text)}</Property>"

    # --- Export-Csv

    def csv(
        self, policies: Sequence[Settings], delimiter: str = ",", type_line: bool = True, quote: bool = True
    ) -> str:
        names = list(policies[0])
        lines = [f"#TYPE {_TYPES[0]}"] if type_line else []
        lines.append(delimiter.join(_cell(name, quote, delimiter) for name in names))
        for policy in policies:
            row = [text_of(self._kind(name), policy.get(name)) for name in names]
            lines.append(delimiter.join("" if text is None else _cell(text, quote, delimiter) for text in row))
        return "\r\n".join(lines) + "\r\n"

    # --- ConvertTo-Json

    def json(self, policies: Sequence[Settings], nested: bool = False) -> str:
        objects = [
            {name: self._json_value(name, value, nested) for name, value in policy.items()} for policy in policies
        ]
        return json.dumps(objects[0] if len(objects) == 1 else objects, indent=4, ensure_ascii=False) + "\n"

    def _json_value(self, name: str, value: Any, nested: bool) -> Any:
        kind = self._kind(name)
        if isinstance(value, bool | list) or value is None or kind == "int":
            return value
        if not nested:
            return text_of(kind, value)
        if kind == "enum":
            return next((code for code, member in self.catalogue[name].codes.items() if member == value), value)
        if kind in _INNER and value == "Unlimited":
            return {"IsUnlimited": True}
        if isinstance(value, timedelta):
            ticks = int(value.total_seconds() * 10_000_000)
            return {"IsUnlimited": False, "Value": {"Ticks": ticks, "TotalSeconds": value.total_seconds()}}
        if kind in _INNER:
            return {"IsUnlimited": False, "Value": value if kind == "unlimited-int" else text_of(kind, value)}
        return value

    # --- Format-List

    def listing(self, policies: Sequence[Settings]) -> str:
        width = max(len(name) for policy in policies for name in policy)
        lines = ["[PS] C:\\>Get-MobileDeviceMailboxPolicy | Format-List", ""]
        for policy in policies:
            for name, value in policy.items():
                text = "{" + ", ".join(value) + "}" if isinstance(value, list) else text_of(self._kind(name), value)
                lines.append(f"{name:{width}} : {text or ''}".rstrip())
            lines.append("")
        return "\n".join([*lines, ""])


def _xml(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def _cell(text: str, quote: bool, delimiter: str) -> str:
    if quote or any(each in text for each in (delimiter, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text
