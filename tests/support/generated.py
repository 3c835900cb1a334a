"""Settings of policies, generated."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from policylint.knowledge import load
from policylint.knowledge.catalogue import Property

Settings = dict[str, Any]

KNOWLEDGE = load()


def _values(known: Property) -> st.SearchStrategy[Any]:
    match known.type:
        case "bool":
            return st.booleans()
        case "int":
            return st.integers(0, 4)
        case "unlimited-timespan":
            spans = [timedelta(0), timedelta(minutes=1), timedelta(minutes=15), timedelta(days=1), timedelta(days=90)]
            return st.sampled_from(["Unlimited", *spans])
        case "unlimited-int":
            return st.sampled_from(["Unlimited", 0, 4, 8, 16])
        case "unlimited-bytes":
            return st.sampled_from(["Unlimited", 0, 1024, 4096])
        case "enum":
            return st.sampled_from(list(known.members + known.odd_members))
        case _:
            return st.lists(st.sampled_from(["a.exe", "b.exe", "c.exe"]), max_size=3)


def policies(*, gate: bool = True) -> st.SearchStrategy[Settings]:
    """Make settings in one spelling or the other; most are left out, the password switch seldom is."""
    devices = [known for known in KNOWLEDGE.catalogue if known.kind == "device"]

    details = st.one_of([st.tuples(st.just(known), _values(known)) for known in devices])
    switch = st.sampled_from([True, True, False, None])

    def spelled(drawn: tuple[str, bool | None, list[tuple[Property, Any]]]) -> Settings:
        dialect, password, pairs = drawn
        made = {getattr(known, dialect) or known.key: value for known, value in pairs}
        known = KNOWLEDGE.catalogue["DevicePasswordEnabled"]
        if password is not None:
            made[getattr(known, dialect)] = password
        return {"Name": "Policy", "AllowNonProvisionableDevices": gate, **made}

    dialects = st.sampled_from(["activesync", "mobiledevice"])
    return st.tuples(dialects, switch, st.lists(details, max_size=10)).map(spelled)
