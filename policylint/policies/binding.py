"""From the words of a command to what it sets, as PowerShell binds them: by name, by place, and by type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from policylint import values
from policylint.exports.powershell.document import Command, Element, ScriptDocument
from policylint.exports.record import Nested, Raw, Unread
from policylint.knowledge.catalogue import Catalogue, Property

NAME = "Name"
IDENTITY = "Identity"
_SWITCHES = {"confirm": "cf", "whatif": "wi", "verbose": "vb", "debug": "db"}
_COMMON = {
    "erroraction": "ea",
    "errorvariable": "ev",
    "warningaction": "wa",
    "warningvariable": "wv",
    "informationaction": "infa",
    "informationvariable": "iv",
    "progressaction": "proga",
    "outvariable": "ov",
    "outbuffer": "ob",
    "pipelinevariable": "pv",
    "domaincontroller": "",
}
_OF_RESOURCE = frozenset((
    "ensure", "credential", "applicationid", "applicationsecret", "tenantid", "certificatethumbprint",
    "certificatepath", "certificatepassword", "managedidentity", "accesstokens", "dependson",
    "psdscrunascredential", "globaladminaccount",
))  # fmt: skip
"""What a block of Microsoft365DSC says beside the policy."""

_ODD_NUMBER = "which policy it sets is not certain: its name is a number without quotes"
_LOOSE = ("unlimited-timespan", "unlimited-bytes")
"""Types of which .NET reads more forms than we do: what we cannot read need not fail there."""


class Unbound(Exception):
    """A command that cannot be read, or that fails as a whole: why, and where that stands."""

    def __init__(self, detail: str, mark: int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.mark = mark


@dataclass(slots=True)
class Draft:
    """What one command sets. `name` is None where the script does not hold it; then `stand_in` is how it is written.

    `settings` are, by the key of the property, its spelling, its value and the mark of that. `doubt` says why it is
    not certain that the command sets just this.
    """

    command: Command
    name: str | None
    name_mark: int
    stand_in: str
    settings: dict[str, tuple[str, Raw, int]] = field(default_factory=dict)
    new_name: str | None = None
    doubt: str | None = None

    @property
    def verb(self) -> str:
        """What the command does: `new`, `set`, `remove`, or the name of a resource."""
        return (self.command.type_name or "").partition("-")[0]


class Binder:
    """Binds the commands of a script, by the properties that the catalogue knows."""

    def __init__(self, catalogue: Catalogue, document: ScriptDocument) -> None:
        self._catalogue = catalogue
        self._document = document
        self._parameters: dict[str, dict[str, str]] = {}

    def bind(self, command: Command) -> Draft | None:
        """Return what a command sets; None for a block that only says what shall not be. Raises `Unbound`."""
        if command.fault is not None:
            raise Unbound(command.fault, command.fault_mark)
        bound = self._bound(command)
        ensure = bound.pop("ensure", None)
        if ensure is not None and str(ensure.value).casefold() == "absent":
            return None
        draft = self._named(command, bound)
        doubt = self._what_if(bound.get("whatif"))
        draft.doubt = draft.doubt or command.doubt or doubt
        for name, element in bound.items():
            known = self._catalogue.named(name)
            if known is not None and known.key not in (NAME, IDENTITY):
                spelling = self._spellings(command)[name]
                draft.settings[known.key] = (spelling, _typed(known, spelling, element), element.mark)
                if isinstance(element.value, Unread):
                    draft.doubt = draft.doubt or f"-{spelling} is worked out when it runs, and may not fit"
        return draft

    def _spellings(self, command: Command) -> Mapping[str, str]:
        """Return the parameters of a cmdlet that set something, by their names in lower case."""
        cmdlet = command.type_name or ""
        found = self._parameters.get(cmdlet)
        if found is None:
            dialect = "activesync" if "activesync" in cmdlet else "mobiledevice"
            names = [getattr(known, dialect) for known in self._catalogue if known.kind in ("device", "server")]
            names += [NAME, "IsDefault", *(["IsDefaultPolicy"] if dialect == "activesync" else [])]
            names += [] if cmdlet.startswith("new-") else [IDENTITY]
            if cmdlet.startswith("remove-"):
                names = [IDENTITY, "Force"]
            found = self._parameters[cmdlet] = {name.lower(): name for name in names if name}
        return found

    # --- names

    def _bound(self, command: Command) -> dict[str, Element]:
        """Give every value to the parameter it belongs to, by its name in lower case."""
        given: dict[str, Element] = {}
        spread: dict[str, Element] = {}
        positional: list[Element] = []
        waiting: tuple[str, Element] | None = None
        for element in command.elements:
            if waiting is not None and element.name is None and not element.spread:
                given[waiting[0]] = element
                waiting = None
            elif waiting is not None:
                raise Unbound(f"no value follows -{waiting[1].name}", waiting[1].mark)
            elif element.name is None:
                positional.append(element)
            else:
                name = self._parameter(command, element)
                into = spread if element.spread else given
                if name in into:
                    raise Unbound(f"-{element.name} is given twice", element.mark)
                if element.has_value or name in _SWITCHES:
                    into[name] = element
                else:
                    given[name] = element
                    waiting = (name, element)
        if waiting is not None:
            raise Unbound(f"no value follows -{waiting[1].name}", waiting[1].mark)
        bound = {**spread, **given}
        first = NAME.lower() if (command.type_name or "").startswith("new-") else IDENTITY.lower()
        for element in positional:
            if first in bound:
                raise Unbound(f"{self._document.written(element.mark)} belongs to no parameter", element.mark)
            bound[first] = element
        return bound

    def _parameter(self, command: Command, element: Element) -> str:
        """Find the parameter that a name or the beginning of one stands for."""
        wanted = (element.name or "").lower()
        spellings = self._spellings(command)
        if wanted in spellings:
            return wanted
        if "-" not in (command.type_name or ""):
            if wanted in _OF_RESOURCE:
                return wanted
            raise Unbound(f"{element.name} is no property of this resource", element.mark)
        common = {**_SWITCHES, **_COMMON}
        if wanted in common:
            return wanted
        for name, alias in common.items():
            if alias and alias == wanted:
                return name
        found = [name for name in (*spellings, *common) if name.startswith(wanted)]
        if len(found) != 1:
            problem = "may be more than one parameter" if found else "is no parameter of this command"
            raise Unbound(f"-{element.name} {problem}, so all of it fails", element.mark)
        return found[0]

    # --- the policy

    def _named(self, command: Command, bound: dict[str, Element]) -> Draft:
        makes = (command.type_name or "").startswith("new-") or "-" not in (command.type_name or "")
        element = bound.get((NAME if makes else IDENTITY).lower())
        if element is None:
            if command.from_pipeline and not makes:
                return Draft(command, None, command.mark, "what the pipeline hands on", doubt=command.doubt)
            raise Unbound("it names no policy", command.mark)
        name = _text_of(element)
        if isinstance(name, Unread):
            written = self._document.written(element.mark)
            doubt = f"which policy it sets is worked out when it runs: {values.shorten(written)}"
            return Draft(command, None, element.mark, written, doubt=command.doubt or doubt)
        if not name:
            raise Unbound(f"{self._document.written(element.mark)} is no name of a policy", element.mark)
        if not makes and element.bare not in (None, name.lstrip("0")):
            # what becomes of 007 is up to the type of the parameter
            return Draft(command, None, element.mark, name, doubt=command.doubt or _ODD_NUMBER)
        draft = Draft(command, name, element.mark, name)
        if not makes and NAME.lower() in bound:
            renamed = _text_of(bound[NAME.lower()])
            draft.new_name = renamed if isinstance(renamed, str) else ""
        return draft

    @staticmethod
    def _what_if(element: Element | None) -> str | None:
        if element is None or (element.has_value and element.value is False):
            return None
        return "it is run with -WhatIf, so it sets nothing yet"


def _text_of(element: Element) -> str | Unread | None:
    """Return the text that a value becomes where a text is asked for; None where it becomes none."""
    match element.value:
        case str() | Unread():
            return element.value
        case bool() | None:
            return None
        case int():
            return element.bare or str(element.value)
        case float() | Decimal() if element.bare:
            return element.bare
        case _:
            return None


def _typed(known: Property, spelling: str, element: Element) -> Raw:
    """Return a value as the type of its parameter makes it. Raises `Unbound` where that fails the whole command."""
    value = element.value
    if isinstance(value, Unread) or (isinstance(value, Nested) and known.type == "string-list"):
        return Unread(value.text or "")
    if known.type == "bool":
        if isinstance(value, int | float | Decimal):
            return bool(value)
        raise Unbound(f"-{spelling} takes $true or $false, and nothing else", element.mark)
    if known.type == "string-list":
        return _entries(value, element)
    if isinstance(value, bool) and known.type == "int":
        return int(value)
    if isinstance(value, Decimal) and value == int(value):
        value = int(value)
    if isinstance(value, tuple | Nested):
        raise Unbound(f"-{spelling} takes one value", element.mark)
    try:
        known.read(value)
    except values.Unreadable as error:
        if known.type not in _LOOSE or not isinstance(value, str):
            raise Unbound(f"-{spelling}: {error}", element.mark) from None
    return value


def _entries(value: Raw, element: Element) -> Raw:
    """Return the entries of a list as texts."""
    match value:
        case None:
            return ()
        case tuple():
            return tuple(str(item) for item in value)
        case int() if element.bare:
            return (element.bare,)
        case _:
            return (str(value),)
