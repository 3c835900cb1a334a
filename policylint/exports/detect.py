"""Recognises the format of an export by what is in it; a file name says nothing."""

import re
from enum import StrEnum

from policylint.exports.error import ExportError, NotAnExport
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


COMMANDS = (Format.POWERSHELL, Format.WIZARD_LOG)
"""The formats in which commands stand, not objects."""


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
_HTML = r"(?i)<!DOCTYPE\s+html|<(?:\w+:)?html\b"

_JSON = r"\{|\[\s*(?:[\[\]{\"\d-]|true\b|false\b|null\b|$)"

# [name] and [[name]] begin tables there; in JSON no bare word but true, false and null may stand in brackets
_SECTION = r"(?m)\A\[\[?[ \t]*(?!true\b|false\b|null\b)[A-Za-z_][\w. \t\"'-]*\]\]?[ \t]*(?:[#;].*)?$"

_DIRECTORY_TABLE = r'(?i)"?DN"?,"?objectClass'
_OTHER_TEXT = (
    (r"\A#< CLIXML", "the error stream of a PowerShell process"),
    (r"\AWindows Registry Editor", "a registry file"),
    (r"(?m)^dn::? ", "a directory dump (ldifde)"),
    (r"(?m)^[ \t]*devpwenabled[ \t]*=", "a Z-Push policies.ini"),
    (r"(?m)^[ \t]*(?:Configuration[ \t]+\w|EXO\w+[ \t]+['\"])", "a Microsoft365DSC script"),
    (r"\n[ \t]*--+(?:[ \t]+-+)*[ \t]*\r?\n", "what Format-Table prints, which lacks most properties"),
    (r"is not recognized as|CategoryInfo[ \t]+:", "an error message of PowerShell"),
    (_SECTION, "a configuration file (TOML or INI)"),
)
"""Texts that are no export, each with what it is; the first that matches decides."""

_HEAD = 100_000
"""How many characters are searched for what a text is."""

_DASHES = "-\u2013\u2014\u2015"
_CMDLET = f"(?i)MailboxPolicy(?:(?<=[{_DASHES}O]ActiveSyncMailboxPolicy)|(?<=[{_DASHES}O]MobileDeviceMailboxPolicy))"
"""The end of the name of a cmdlet or of a resource (EXO…), which an export hardly ever holds, but its .NET types."""
_TABLE_START = r'(?i)#TYPE|"?sep='
_CELL = r"""(?:"[^"]*"|[A-Za-z_][\w.()-]*(?: [\w.()-]+)*)"""
_COLUMNS = rf"(?=.*[\",;\t|]){_CELL}(?:[,;\t|]{_CELL}?)*$"


def detect(text: str) -> Format:
    """Return the format of an export. Raises `ExportError` that tells what another text is, and what to do."""
    head = text[:_HEAD].lstrip()
    if not head:
        raise ExportError("the file is empty")
    if head.startswith("<") and not head.startswith("<#"):
        return _xml_format(text)
    if re.match(_JSON, head) and not re.match(_SECTION, head):
        return Format.JSON
    lines = [line for written in head.split("\n") if (line := written.rstrip())]
    if re.match(_DIRECTORY_TABLE, head):
        raise _not_an_export("a directory dump (csvde)")
    if (commands := _commands(text)) is not None:
        return commands
    if re.match(_TABLE_START, head) or re.match(_COLUMNS, lines[0]):
        return Format.CSV
    for pattern, name in _OTHER_TEXT:
        if re.search(pattern, head):
            raise _not_an_export(name)
    from policylint.exports.window import PROMPT, PROPERTY

    if any(PROPERTY.match(line) for line in lines if not PROMPT.match(line)):
        return Format.LIST
    raise plain_text()


def _commands(text: str) -> Format | None:
    """Return the format of a text whose commands set policies; None for any other text."""
    if not re.search(_CMDLET, text):
        return None
    from policylint.exports.powershell.signs import is_script, is_wizard_log

    if is_wizard_log(text):
        return Format.WIZARD_LOG
    return Format.POWERSHELL if is_script(text) else None


def _xml_format(text: str) -> Format:
    if re.match(_HTML, text.lstrip()):
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
