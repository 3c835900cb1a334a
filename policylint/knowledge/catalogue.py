"""The catalogue: the properties of a mailbox policy, and what a name or a value in an export means."""

from typing import Any, NamedTuple

from policylint import values
from policylint.exports.record import Raw
from policylint.knowledge.nearest import nearest
from policylint.values import Value

NULL = "$null"
GATE = "AllowNonProvisionableDevices"
"""The key of the provisioning gate: whether whoever cannot take a policy is let in all the same."""


class Gate(NamedTuple):
    """The setting counts only where `property` equals `equals` in the same policy.

    `basis` is `protocol` (every client should follow it) or `per-client` (only some are known to).
    """

    property: str
    equals: bool
    basis: str
    note: str


class Moot(NamedTuple):
    """Advice: the setting is pointless where `property` equals `equals`."""

    property: str
    equals: bool
    note: str


class Reach(NamedTuple):
    """Whom a change reaches among the devices that are already in.

    `alone` says it of the setting that becomes stricter by itself, `others` of any setting that is sent to devices.
    """

    alone: str
    others: str
    sources: tuple[str, ...]


class Range(NamedTuple):
    """Values accepted by a page, ends included; `where` names the page if it is not the newest."""

    low: Value
    high: Value
    sources: tuple[str, ...]
    where: str | None = None

    def holds(self, value: Value) -> bool:
        """Tell whether a number or time span lies inside."""
        low, size, high = values.magnitude(self.low), values.magnitude(value), values.magnitude(self.high)
        return low is None or size is None or high is None or low <= size <= high


class Property:
    """One property: how it is spelled, what values it takes, what it asks and where it counts.

    `neutral` lists the values that ask nothing of a device, the canonical one first; None means that no device is
    concerned at all. Sources are ids of the pack's sources. For the words see the design page in docs/.
    """

    def __init__(self, entry: dict[str, Any]) -> None:
        """Make it of its compiled entry. Raises `values.Unreadable` where a value does not fit its type."""
        codes = (entry.get("wire") or {}).get("codes", {}) if entry["type"] == "enum" else {}
        neutral = entry.get("neutral")
        self.entry = entry
        self.key: str = entry["key"]
        self.kind: str = entry["kind"]
        self.scope: str = entry["scope"]
        self.activesync: str | None = entry.get("activesync")
        self.mobiledevice: str | None = entry.get("mobiledevice")
        self.type: str = entry["type"]
        self.members: tuple[str, ...] = tuple(entry.get("members", ()))
        self.odd_members: tuple[str, ...] = tuple(entry.get("odd_members", ()))
        self.codes: dict[int, str] = {int(code): name for code, name in codes.items()}
        self.range = _range(self.type, entry["range"]) if "range" in entry else None
        self.also_range = tuple(_range(self.type, also) for also in entry.get("also_range", ()))
        self.neutral = None if neutral is None else tuple(map(self.written, neutral))
        self.stricter: str = entry["stricter"]
        self.order: tuple[str, ...] = tuple(entry.get("order", ()))
        self.gate = _gate(entry["gate"]) if "gate" in entry else None
        self.moot_with = tuple(Moot(**moot) for moot in entry.get("moot_with", ()))
        self.same_flag_as: str | None = entry.get("same_flag_as")
        self.reach = _reach(entry["reach"]) if "reach" in entry else None
        self.server_applies: str | None = entry.get("server_applies")
        self.cal: str | None = entry.get("cal")
        self.first_exchange: str | None = (entry.get("first_exchange") or {}).get("version")
        self.sources: tuple[str, ...] = tuple(entry["sources"])

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name an export may use, the Exchange 2010 name first."""
        return tuple(dict.fromkeys(name for name in (self.activesync, self.mobiledevice, self.key) if name))

    @property
    def makes_a_policy(self) -> bool:
        """Whether an object that has it is a mailbox policy: what every object or every mailbox has says nothing."""
        return self.kind == "device" or self.key == GATE

    @property
    def topics(self) -> tuple[str, ...]:
        """What a reader may call the matter that it is about, such as `camera`."""
        return tuple(self.entry.get("topics", ()))

    @property
    def phone_name(self) -> str | None:
        """The name that a phone vendor's list prints for it."""
        named: dict[str, Any] = self.entry.get("phone_name") or {}
        return named.get("name")

    @property
    def defaults(self) -> tuple[Value, ...]:
        """What the sources say it is in a policy that does not set it; they may differ."""
        return tuple(self.written(default["value"]) for default in self.entry.get("defaults", ()))

    def default_of(self, source: str) -> tuple[Value] | None:
        """Return the default that one source prints, as the only entry; None where it prints none."""
        printed = [default["value"] for default in self.entry.get("defaults", ()) if default["source"] == source]
        return (self.written(printed[0]),) if printed else None

    @property
    def never_tried(self) -> str | None:
        """Why an experiment leaves it alone; None where it may be tried."""
        trial = self.entry.get("trial", {})
        if "never" in trial:
            reason: str = trial["never"]
            return reason
        can_be = "value" in trial or (self.type == "bool" and bool(self.neutral))
        return None if can_be else "The data has no value to try."

    @property
    def tried(self) -> Value:
        """The value that an experiment tries, of a setting that may be tried."""
        trial = self.entry.get("trial", {})
        return self.written(trial["value"]) if "value" in trial else not self.neutral[0]  # type: ignore[index]

    @property
    def unit_disputed(self) -> bool:
        """Whether the sources disagree on the unit of its numbers, so that they must never be converted."""
        return str(self.entry.get("unit", "")).startswith("disputed")

    def read(self, raw: Raw) -> Value:
        """Read a raw value of an export. Raises `values.Unreadable`."""
        return values.read(self.type, raw, members=self.members + self.odd_members, codes=self.codes)

    def written(self, plain: Any) -> Value:
        """Read a value as the pack writes it: `"$null"`, lists and d.hh:mm:ss."""
        if plain == NULL or plain is None:
            return None
        return self.read(tuple(plain) if isinstance(plain, list) else plain)

    def is_neutral(self, value: Value) -> bool:
        """Tell whether a value asks nothing of a device."""
        return self.neutral is None or value in self.neutral

    def is_zero_outside(self, value: Value) -> bool:
        """Tell whether a value is 0 where Exchange takes none: it stands for no limit, not for the strictest one."""
        return values.magnitude(value) == 0 and self.range is not None and not self.range.holds(value)

    def alike(self, one: Value, other: Value) -> bool:
        """Tell whether two values ask the same; neutral spellings are alike."""
        return one == other or (self.neutral is not None and one in self.neutral and other in self.neutral)


def _reach(entry: dict[str, Any]) -> Reach:
    return Reach(entry["alone"], entry["others"], tuple(entry["sources"]))


def _range(property_type: str, entry: dict[str, Any]) -> Range:
    low, high = (values.read(property_type, entry[end]) for end in ("min", "max"))
    return Range(low, high, tuple(entry["sources"]), entry.get("where"))


def _gate(entry: dict[str, Any]) -> Gate:
    return Gate(entry["property"], entry["equals"], entry["basis"], entry["note"])


class Catalogue:
    """All properties, found by key, by either spelling or by the phone's own name, in any case."""

    def __init__(self, entries: list[dict[str, Any]]):
        self.properties = tuple(map(Property, entries))
        self._by_name: dict[str, Property] = {}
        for known in self.properties:
            for name in known.spellings:
                self._by_name[name.casefold()] = known
        self._by_phone_name: dict[str, Property] = {}
        for known in self.properties:
            if known.phone_name:
                self._by_phone_name[known.phone_name.casefold()] = known

    def __getitem__(self, key: str) -> Property:
        return self._by_name[key.casefold()]

    def __iter__(self) -> "Any":
        return iter(self.properties)

    def named(self, name: str) -> Property | None:
        """Find the property that an export calls `name`."""
        return self._by_name.get(name.casefold())

    def nearest(self, name: str, *, of_devices: bool = False) -> list[str]:
        """List up to three names that a reader may have meant; only of properties that concern devices, if wanted."""
        wanted = name.casefold()
        names = {
            each.casefold(): each
            for known in self.properties
            if known.neutral is not None or not of_devices
            for each in (*known.spellings, known.phone_name)
            if each
        }
        # half a name (`camera`) is nearer than any misspelling of another
        near = [each for each in names if wanted and wanted in each]
        return [names[each] for each in near[:3]] or nearest(name, names.values())

    def searched(self, name: str) -> Property | None:
        """Find a property for a reader: as `named`, and by the phone's own name as well."""
        return self.named(name) or self._by_phone_name.get(name.casefold())
