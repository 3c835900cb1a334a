"""Recognises the format of an export by what is in it; a file name says nothing."""

import re
from enum import StrEnum

from policylint.exports.error import ExportError, NotAnExport
from policylint.exports.listing_lines import PROMPT, PROPERTY
from policylint.exports.xml_tree import root_offset


class Format(StrEnum):
    """The formats that can be read, by the name a report gives them."""

    CLIXML = "clixml"
    CONVERTXML = "convertxml"
    CSV = "csv"
    JSON = "json"
    LIST = "list"
    POWERSHELL = "powershell"
    WIZARD_LOG = "hcw-log"
    PAGE = "page"


_XML_FORMATS = {"Objs": Format.CLIXML, "Objects": Format.CONVERTXML}
_WIRE = "the settings as a server sends them to a device (an EAS provisioning document)"
_OTHER_XML = {
    "html": "a web page (HTML)",
    "eas-provisioningdoc": _WIRE,
    "EASProvisionDoc": _WIRE,
    "Provision": _WIRE,
    "wap-provisioningdoc": _WIRE,
    "plist": "an Apple property list or configuration profile",
    "Workbook": "an Excel workbook in XML",
    "Envelope": "a SOAP message",
}
_DAMAGED_XML = {"Obj": "an Export-Clixml file", "Object": "a ConvertTo-Xml file"}
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
HOLDER = 'id="policylint-policies"'
"""What tells a report page that carries its policies from any other web page."""
_HTML = re.compile(r"<!DOCTYPE\s+html|<(?:\w+:)?html\b", re.IGNORECASE)

_JSON = re.compile(r"\{|\[\s*(?:[\[\]{\"\d-]|true\b|false\b|null\b|$)")

# [name] and [[name]] begin tables there; in JSON no bare word but true, false and null may stand in brackets
_SECTION = re.compile(
    r"\A\[\[?[ \t]*(?!true\b|false\b|null\b)[A-Za-z_][\w. \t\"'-]*\]\]?[ \t]*(?:[#;].*)?$", re.MULTILINE
)

_DIRECTORY_TABLE = re.compile(r'"?DN"?,"?objectClass', re.IGNORECASE)
_OTHER_TEXT = (
    (re.compile(r"\A#< CLIXML"), "the error stream of a PowerShell process"),
    (re.compile(r"\AWindows Registry Editor"), "a registry file"),
    (re.compile(r"^dn::? ", re.MULTILINE), "a directory dump (ldifde)"),
    (re.compile(r"^[ \t]*devpwenabled[ \t]*=", re.MULTILINE), "a Z-Push policies.ini"),
    (re.compile(r"^[ \t]*(?:Configuration[ \t]+\w|EXO\w+[ \t]+['\"])", re.MULTILINE), "a Microsoft365DSC script"),
    (re.compile(r"\n[ \t]*--+(?:[ \t]+-+)*[ \t]*\r?\n"), "what Format-Table prints, which lacks most properties"),
    (re.compile(r"is not recognized as|CategoryInfo[ \t]+:"), "an error message of PowerShell"),
    (_SECTION, "a configuration file (TOML or INI)"),
)
"""Texts that are no export, each with what it is; the first that matches decides."""

_HEAD = 100_000
"""How many characters are searched for what a text is."""

_CMDLET = re.compile("MailboxPolicy", re.IGNORECASE)
_TABLE_START = re.compile(r'#TYPE|"?sep=', re.IGNORECASE)
_CELL = r"""(?:"[^"]*"|[A-Za-z_][\w.()-]*(?: [\w.()-]+)*)"""
_COLUMNS = re.compile(rf"(?=.*[\",;\t|]){_CELL}(?:[,;\t|]{_CELL}?)*$")


def detect(text: str) -> Format:
    """Return the format of an export. Raises `ExportError` that tells what another text is, and what to do."""
    head = text[:_HEAD].lstrip()
    if not head:
        raise ExportError("the file is empty")
    if head.startswith("<") and not head.startswith("<#"):
        return _xml_format(text)
    if _JSON.match(head) and not _SECTION.match(head):
        return Format.JSON
    lines = [line for written in head.split("\n") if (line := written.rstrip())]
    if _DIRECTORY_TABLE.match(head):
        raise _not_an_export("a directory dump (csvde)")
    if (commands := _commands(text)) is not None:
        return commands
    if _TABLE_START.match(head) or _COLUMNS.match(lines[0]):
        return Format.CSV
    for pattern, name in _OTHER_TEXT:
        if pattern.search(head):
            raise _not_an_export(name)
    if any(PROPERTY.match(line) for line in lines if not PROMPT.match(line)):
        return Format.LIST
    raise plain_text()


def _commands(text: str) -> Format | None:
    """Return the format of a text whose commands set policies; None for any other text."""
    if not _CMDLET.search(text):
        return None
    from policylint.exports.powershell.signs import is_script, is_wizard_log

    if is_wizard_log(text):
        return Format.WIZARD_LOG
    return Format.POWERSHELL if is_script(text) else None


def _xml_format(text: str) -> Format:
    if _HTML.match(text.lstrip()):
        if HOLDER in text:
            return Format.PAGE
        raise _not_an_export(_OTHER_XML["html"])
    root = _ROOT.match(text, root_offset(text))
    if not root:
        raise _not_an_export("text that only begins like XML")
    name = root[1]
    if name in _XML_FORMATS:
        return _XML_FORMATS[name]
    if name in _DAMAGED_XML:
        raise ExportError(f"this is a part of {_DAMAGED_XML[name]}, without its beginning")
    raise _not_an_export(_OTHER_XML.get(name, f"an XML file of another kind (its root element is <{name[:60]}>)"))


def plain_text() -> NotAnExport:
    """Build the error for a text that is nothing in particular."""
    return _not_an_export("plain text")


def _not_an_export(name: str) -> NotAnExport:
    return NotAnExport(f"this is {name}, not an export of mailbox policies")
