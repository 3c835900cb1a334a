"""Fleets as files, and what the program has to say of them, for tests of `policylint fleet`."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from policylint.fleet.asked import Asked
from policylint.fleet.report import FleetReport
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.report.formats import rendered
from policylint.session import Session

Files = Mapping[str, str | bytes]

DEVICE = (
    "DeviceId",
    "DeviceType",
    "DeviceOS",
    "DeviceUserAgent",
    "UserDisplayName",
    "DeviceAccessState",
    "DeviceAccessStateReason",
    "DevicePolicyApplied",
    "DevicePolicyApplicationStatus",
    "LastSuccessSync",
    "LastPolicyUpdateTime",
)
"""The columns of an inventory."""

KINDS = {
    "ios 26.0": ("iPhone", "iOS 26.0 23A341", "Apple-iPhone15C2/2301.341"),
    "ios 18": ("iPhone", "iOS 18.1 22B83", "Apple-iPhone15C2/2202.83"),
    "windows-phone 7.0": ("WP", "Windows Phone 7.0.7004", "MSFT-WP/7.0.7004"),
    "nine 2026": ("Android", "Android 15", "Nine-WP35_Pro_EEA/UP1A.231005.007"),
}
"""What devices of a release call themselves."""

SEEN = {
    "took-all": ("Allowed", "Global", "AppliedInFull", True),
    "took-part": ("Allowed", "Global", "PartiallyApplied", True),
    "external": ("Allowed", "Global", "ExternallyManaged", True),
    "took-nothing": ("Allowed", "Global", "NotApplied", True),
    "refused": ("Blocked", "Policy", "", False),
    "silent": ("Allowed", "Global", "NotApplied", False),
}
"""What an inventory says where that is seen: access state, reason, status, and whether there is a success."""


def device(
    name: str, kind: str, user: str, seen: str = "silent", policy: str = "", updated: str = "", **columns: str
) -> dict[str, str]:
    """Return a row of an inventory."""
    kinds = KINDS[kind]
    state, reason, status, success = SEEN[seen]
    last = "2026-11-20T08:00:00Z" if success else ""
    values = (name, *kinds, user, state, reason, policy, status, last, updated)
    return {**dict(zip(DEVICE, values, strict=True)), **columns}


def csv_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None) -> str:
    """Write rows as CSV."""
    listed = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(listed[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue()


def whole_policy(
    knowledge: Knowledge, name: str, *, gate: bool, default: bool = False, **demands: Any
) -> dict[str, Any]:
    """Return a policy that shows every setting of devices, all neutral but those given."""
    shown: dict[str, Any] = {
        (known.mobiledevice or known.key): _plain(known) for known in knowledge.catalogue if known.kind == "device"
    }
    own = {(knowledge.catalogue[key].mobiledevice or key): value for key, value in demands.items()}
    gates = {"Name": name, "IsDefault": default, "AllowNonProvisionableDevices": gate}
    return {**gates, **shown, **own, "WhenChangedUTC": "2026-01-01T00:00:00Z"}


def _plain(known: Property) -> Any:
    from policylint import values

    return values.to_json(known.neutral[0]) if known.neutral else None


def write(folder: Path, files: Files) -> Path:
    """Put files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def report_of(
    folder: Path, knowledge: Knowledge, devices: str = "all", server: str | None = None, **asked: Any
) -> FleetReport:
    """Return what there is to say of the evidence in a folder, names included."""
    wanted = Asked((), **{"names": True, "jobs": 1, **asked})
    return Session(devices, server=server, knowledge=knowledge).fleet(folder, asked=wanted)


def told(report: FleetReport) -> dict[str, Any]:
    """Return the JSON of a report."""
    made: dict[str, Any] = json.loads("".join(rendered(report, "json")))
    return made


def without_files(made: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON of a report without what tells of the files: what is left must not depend on them."""
    findings = [{key: value for key, value in each.items() if key != "location"} for each in made["findings"]]
    return {**{key: value for key, value in made.items() if key not in ("evidence", "notes")}, "findings": findings}
