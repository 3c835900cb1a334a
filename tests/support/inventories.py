"""Inventories as text, and what logs saw, for tests of evidence."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class LogSeen:
    """What logs saw of one spelling of a user on one device."""

    device: str
    user: str
    agents: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    systems: dict[str, int] = field(default_factory=dict)

    @property
    def state(self) -> "LogSeen":
        return self


def table(header: str, *rows: Sequence[Any], delimiter: str = ",") -> str:
    """Return the text of a CSV file; the header is one text with blanks between the names."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header.split())
    writer.writerows(rows)
    return out.getvalue()


POLICIES = table(
    "Name Guid IsDefault AllowNonProvisionableDevices PasswordEnabled WhenChangedUTC DistinguishedName",
    (
        "Default",
        "f1730988-73cb-4f77-8376-98e4cd951aef",
        "True",
        "True",
        "False",
        "2026-07-04T05:06:07Z",
        "CN=Default,CN=Mobile Mailbox Policies,CN=Contoso,DC=contoso,DC=example",
    ),
    (
        "Führung, Büro",
        "25fb17a3-1975-4bf4-8df0-add0522794c8",
        "False",
        "False",
        "True",
        "2026-06-11T05:06:07Z",
        "CN=Führung\\, Büro,CN=Mobile Mailbox Policies,CN=Contoso,DC=contoso,DC=example",
    ),
)

CANONICAL = "contoso.example/Staff/Nia Okafor"
DN = "CN=Nia Okafor,OU=Staff,DC=contoso,DC=example"
GUID = "3f2c9a10-5b6d-4c7e-8f90-a1b2c3d4e5f6"


def mailboxes(header: str, *rows: tuple[str, ...]) -> str:
    """Return a list of mailboxes; each row ends with the policy and the switch."""
    return table(f"{header} ActiveSyncMailboxPolicy ActiveSyncEnabled", *rows)


def device(header: str, *values: str) -> str:
    """Return an inventory of one iPhone, ABC, with more columns."""
    return table(f"DeviceId DeviceType {header}", ("ABC", "iPhone", *values))
