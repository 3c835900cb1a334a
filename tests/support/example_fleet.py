"""Makes examples/fleet/: the evidence of an invented organisation with two policies, some forty phones and two servers.

`python tests/support/example_fleet.py` writes it anew. The rows are here, the forms that exports have beside them.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "fleet"
Rows = Sequence[Mapping[str, Any]]
_CONTAINER = "CN=Mobile Mailbox Policies,CN=Contoso,DC=contoso,DC=example"

NEUTRAL = {
    "PasswordEnabled": False,
    "AlphanumericPasswordRequired": False,
    "PasswordRecoveryEnabled": False,
    "RequireStorageCardEncryption": False,
    "AttachmentsEnabled": True,
    "MinPasswordLength": None,
    "MaxInactivityTimeLock": "Unlimited",
    "MaxPasswordFailedAttempts": "Unlimited",
    "PasswordExpiration": "Unlimited",
    "PasswordHistory": 0,
    "MinPasswordComplexCharacters": 1,
    "AllowSimplePassword": True,
    "MaxAttachmentSize": "Unlimited",
    "DevicePolicyRefreshInterval": "Unlimited",
    "RequireDeviceEncryption": False,
    "AllowStorageCard": True,
    "AllowCamera": True,
    "AllowUnsignedApplications": True,
    "AllowUnsignedInstallationPackages": True,
    "AllowWiFi": True,
    "AllowTextMessaging": True,
    "AllowPOPIMAPEmail": True,
    "AllowIrDA": True,
    "AllowDesktopSync": True,
    "AllowBrowser": True,
    "AllowConsumerEmail": True,
    "AllowRemoteDesktop": True,
    "AllowInternetSharing": True,
    "AllowBluetooth": "Allow",
    "AllowHTMLEmail": True,
    "MaxCalendarAgeFilter": "All",
    "MaxEmailAgeFilter": "All",
    "MaxEmailBodyTruncationSize": "Unlimited",
    "MaxEmailHTMLBodyTruncationSize": "Unlimited",
    "RequireManualSyncWhenRoaming": False,
    "RequireSignedSMIMEMessages": False,
    "RequireEncryptedSMIMEMessages": False,
    "RequireSignedSMIMEAlgorithm": "SHA1",
    "RequireEncryptionSMIMEAlgorithm": "TripleDES",
    "AllowSMIMEEncryptionAlgorithmNegotiation": "AllowAnyAlgorithmNegotiation",
    "AllowSMIMESoftCerts": True,
    "DeviceEncryptionEnabled": False,
    "AllowMobileOTAUpdate": True,
    "MobileOTAUpdateMode": "MinorVersionUpdates",
    "UnapprovedInROMApplicationList": (),
    "ApprovedApplicationList": (),
    "UNCAccessEnabled": True,
    "WSSAccessEnabled": True,
    "IrmEnabled": True,
    "AllowApplePushNotifications": True,
    "AllowExternalDeviceManagement": False,
    "AllowGooglePushNotifications": True,
    "AllowMicrosoftPushNotifications": True,
}
"""A policy of Exchange 2016 that asks nothing of a device."""


def _policy(name: str, changed: str, *, default: bool, gate: bool, **demands: Any) -> dict[str, Any]:
    return {
        "Name": name,
        "IsDefault": default,
        "AllowNonProvisionableDevices": gate,
        **NEUTRAL,
        **demands,
        "DistinguishedName": f"CN={name},{_CONTAINER}",
        "WhenChangedUTC": changed,
    }


POLICIES = [
    _policy(
        "Default",
        "2026-03-02T09:00:00Z",
        default=True,
        gate=True,
        PasswordEnabled=True,
        MinPasswordLength=6,
        DevicePolicyRefreshInterval="1.00:00:00",
    ),
    _policy(
        "Field Staff",
        "2026-10-05T07:30:00Z",
        default=False,
        gate=False,
        PasswordEnabled=True,
        MinPasswordLength=6,
        RequireDeviceEncryption=True,
        AllowBluetooth="HandsfreeOnly",
        AllowCamera=False,
    ),
]


class Phone(NamedTuple):
    """A kind of phone: what it calls itself."""

    type: str
    os: str
    model: str
    agent: str


IPHONE = Phone("iPhone", "iOS 26.0 23A341", "iPhone15C2", "Apple-iPhone15C2/2301.341")
OLD_IPHONE = Phone("iPhone", "iOS 18.1 22B83", "iPhone14C5", "Apple-iPhone14C5/2202.83")
SAMSUNG = Phone("SAMSUNGSMS921B", "Android 14", "SM-S921B", "SAMSUNG-SM-S921B/101.14")
NINE = Phone("Android", "Android 15", "WP35 Pro", "Nine-WP35_Pro_EEA/UP1A.231005.007")
OUTLOOK = Phone("Outlook", "Android 15", "Outlook for iOS and Android", "Outlook-iOS-Android/1.0")
JELLY_BEAN = Phone("Android", "Android 4.1.2", "GT-I9100", "Android/4.1.2-EAS-1.3")
LUMIA = Phone("WP", "Windows Phone 7.0.7004", "Lumia 710", "MSFT-WP/7.0.7004")

PEOPLE = [
    "Ada Quist",
    "Bea Frost",
    "Cal Hunt",
    "Dan Reed",
    "Eli Fox",
    "Fay Noll",
    "Gil Ames",
    "Hana Ito",
    "Ida Moreau",
    "Jon Vale",
    "Kai Dorn",
    "Kim Larsen",
    "Lena Kraus",
    "Liz Hope",
    "Maya Singh",
    "Ned Ward",
    "Nia Okafor",
    "Omar Diaz",
    "Pat Cole",
    "Per Lindqvist",
    "Pia Wolff",
    "Rob Tanner",
    "Sam Boone",
    "Sue Green",
    "Tia Marsh",
    "Ugo Marin",
    "Uma Kent",
    "Una Keane",
    "Vera Lind",
    "Wei Lan",
    "Yann Petit",
    "Zoe Finn",
    "Amy Stone",
    "Bob Kerr",
    "Cara Noll",
    "Dev Rao",
    "Eva Zeman",
    "Ines Roth",
    "Leo Haddad",
    "Rui Silva",
]


class Owned(NamedTuple):
    """One phone of one person: its policy, what its statistics say, and how the logs went on."""

    person: str
    phone: Phone
    policy: str
    status: str
    story: str = "syncing"
    id: str = ""
    taken: str = "2026-10-06T08:00:00Z"


def _fleet() -> Iterator[Owned]:
    people = iter(PEOPLE)

    def give(
        count: int, phone: Phone, policy: str, status: str, story: str = "syncing", **more: str
    ) -> Iterator[Owned]:
        for _ in range(count):
            yield Owned(next(people), phone, policy, status, story, **more)

    yield from give(9, IPHONE, "Default", "AppliedInFull")
    yield from give(4, OLD_IPHONE, "Default", "AppliedInFull")
    yield from give(3, SAMSUNG, "Default", "AppliedInFull")
    yield from give(2, OUTLOOK, "Default", "ExternallyManaged")
    yield from give(1, JELLY_BEAN, "Default", "AppliedInFull", "refresh")
    yield from give(8, IPHONE, "Field Staff", "AppliedInFull")
    yield from give(1, IPHONE, "Field Staff", "", "refused")
    yield from give(4, SAMSUNG, "Field Staff", "", "refused")
    yield from give(3, NINE, "Field Staff", "AppliedInFull")
    yield from give(1, LUMIA, "Field Staff", "", "refused")
    yield from give(2, IPHONE, "Field Staff", "AppliedInFull", taken="2026-09-01T08:00:00Z")
    yield from give(1, SAMSUNG, "Default", "", "protected")
    yield Owned(PEOPLE[3], IPHONE, "Default", "AppliedInFull", id="ID-SHARED")
    yield Owned(PEOPLE[20], IPHONE, "Field Staff", "AppliedInFull", id="ID-SHARED")


def devices() -> list[Owned]:
    """Return all phones, each with its id."""
    numbered = enumerate(_fleet(), 1)
    return [
        each if each.id else each._replace(id=f"ID{number:02}{each.phone.type[:3].upper()}7Q")
        for number, each in numbered
    ]


def _login(person: str) -> str:
    return person.lower().replace(" ", ".")


def mailboxes() -> list[dict[str, Any]]:
    """Return who has which policy; those with the default one have none by name."""
    given = {each.person: each.policy for each in reversed(devices())}
    return [
        {
            "Name": person,
            "PrimarySmtpAddress": f"{_login(person)}@contoso.example",
            "SamAccountName": _login(person),
            "ActiveSyncEnabled": True,
            "ActiveSyncMailboxPolicy": "Field Staff" if given.get(person) == "Field Staff" else None,
            "DistinguishedName": f"CN={person},OU=Staff,DC=contoso,DC=example",
        }
        for person in PEOPLE
    ]


def statistics() -> list[dict[str, Any]]:
    """Return what Get-MobileDeviceStatistics says of each phone that the server has."""
    rows = []
    for each in devices():
        if each.story == "protected":
            continue  # its object could not be made
        refused = each.story == "refused"
        phone = each.phone
        rows.append(
            {
                "DeviceID": each.id,
                "DeviceType": phone.type,
                "DeviceModel": phone.model,
                "DeviceOS": phone.os,
                "DeviceUserAgent": phone.agent,
                "ClientType": "Outlook" if phone is OUTLOOK else "EAS",
                "DeviceAccessState": "Blocked" if refused else "Allowed",
                "DeviceAccessStateReason": "Policy" if refused else "Global",
                "DevicePolicyApplied": None if refused else each.policy,
                "DevicePolicyApplicationStatus": each.status or "NotApplied",
                "LastPolicyUpdateTime": None if refused else each.taken,
                "LastSuccessSync": None if refused else "2026-11-18T06:00:00Z",
                "Identity": f"contoso.example/Staff/{each.person}/ExchangeActiveSyncDevices/{phone.type}§{each.id}",
            }
        )
    return rows


def accounts() -> list[dict[str, Any]]:
    """Return the protected accounts."""
    (person,) = [each.person for each in devices() if each.story == "protected"]
    return [
        {
            "Name": person,
            "SamAccountName": _login(person),
            "UserPrincipalName": f"{_login(person)}@contoso.example",
            "adminCount": 1,
            "AreAccessRulesProtected": True,
        }
    ]


TABLES: dict[str, Callable[[], Rows]] = {
    "policies": lambda: POLICIES,
    "mailboxes": mailboxes,
    "devices": statistics,
    "accounts": accounts,
}


# --- the forms of exports


def as_csv(rows: Rows) -> str:
    """Write rows as Export-Csv -NoTypeInformation does."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows(["" if value in (None, ()) else str(value) for value in row.values()] for row in rows)
    return out.getvalue()


def as_json(rows: Rows) -> str:
    """Write rows as ConvertTo-Json does."""
    return json.dumps(list(rows), indent=1, ensure_ascii=False) + "\n"


def as_clixml(rows: Rows) -> str:
    """Write rows as Export-Clixml does in a remote session."""
    lines = ['<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">']
    for number, row in enumerate(rows):
        lines += [
            f'  <Obj RefId="{number}">',
            "    <MS>",
            *(_property(*each) for each in row.items()),
            "    </MS>",
            "  </Obj>",
        ]
    return "\n".join([*lines, "</Objs>", ""])


def _property(name: str, value: Any) -> str:
    match value:
        case None:
            return f'      <Nil N="{name}" />'
        case bool():
            return f'      <B N="{name}">{str(value).lower()}</B>'
        case int():
            return f'      <I32 N="{name}">{value}</I32>'
        case tuple():
            return f'      <Obj N="{name}" RefId="{1000 + sum(map(ord, name))}"><LST /></Obj>'
        case _:
            kind = "DT" if value[4:5] == "-" and value.endswith("Z") else "S"
            return f'      <{kind} N="{name}">{escape(value)}</{kind}>'


# --- the logs of two servers, front end and back end

FIELDS = (
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) "
    "sc-status sc-substatus sc-win32-status time-taken"
)
_HEAD = ("#Software: Microsoft Internet Information Services 10.0", "#Version: 1.0")
CARRIERS = ("192.0.2.10", "192.0.2.11", "192.0.2.12", "198.51.100.20")
"""The few addresses from which the phones of carriers come; those of the last are all on the second server."""


def logs() -> dict[str, str]:
    """Return the logs by their path: of each server the front end, which sees addresses, and the back end."""
    lines: dict[str, list[str]] = {}
    for number, each in enumerate(devices()):
        address = CARRIERS[number % 5 if number % 5 < 3 else 3 if number % 5 == 3 else 0]
        server = 2 if address == CARRIERS[3] else 1
        for day, clock, status, said in _requests(each, number):
            begin = f"{day} {clock} 10.0.0.1{server}"
            user = _login(each.person)
            query = f"Cmd=Sync&User={user}&DeviceId={each.id}&DeviceType={each.phone.type}"
            agent = each.phone.agent.replace(" ", "+")
            front = (
                f"{begin} POST /Microsoft-Server-ActiveSync/default.eas {query}&CorrelationID=<empty>;&cafeReqId=0; "
                f"443 CONTOSO\\{user} {address} {agent} - {status} 0 0 31"
            )
            back = (
                f"{begin} POST /Microsoft-Server-ActiveSync/Proxy/default.eas {query}&Log=PrxFrom:10.0.0.1{server}_"
                f"Ver1:141_HH:mail.contoso.example{said}_Throttle:0_ 444 CONTOSO\\{user} 10.0.0.1{server} {agent} - "
                f"{status} 0 0 29"
            )
            name = f"u_ex{day[2:4]}{day[5:7]}{day[8:]}.log"
            lines.setdefault(f"logs/mail{server}/W3SVC1/{name}", []).append(front)
            lines.setdefault(f"logs/mail{server}/W3SVC2/{name}", []).append(back)
    return {path: "\n".join([*_HEAD, FIELDS, *sorted(each), ""]) for path, each in sorted(lines.items())}


def _requests(each: Owned, number: int) -> Iterable[tuple[str, str, int, str]]:
    """Yield day, time, HTTP status and the tokens of what was answered."""
    minute = f"{number:02}"
    match each.story:
        case "syncing":
            for day in ("2026-11-16", "2026-11-18"):
                yield day, f"06:{minute}:00", 200, "_SC1:1_As:AllowedG"
        case "refused":
            for hour in ("07", "08", "09", "10"):
                yield "2026-11-18", f"{hour}:{minute}:00", 200, "_SC1:142_Error:DeviceNotProvisioned_As:BlockedP_Pk:0"
        case "refresh":
            yield "2026-11-16", f"06:{minute}:00", 200, "_SC1:1_As:AllowedG"
            yield "2026-11-16", f"07:{minute}:00", 200, "_SC1:143_Error:PolicyRefresh_As:AllowedG"
        case "protected":
            for hour in ("07", "12"):
                yield "2026-11-18", f"{hour}:{minute}:00", 403, "_Error:UserPrincipalCouldNotBeFound"


def files(form: str = "clixml") -> dict[str, str]:
    """Return all files of the example, with the tables in one form, by their path."""
    write, ending = {"clixml": (as_clixml, "xml"), "csv": (as_csv, "csv"), "json": (as_json, "json")}[form]
    return {**{f"{name}.{ending}": write(rows()) for name, rows in TABLES.items()}, **logs()}


if __name__ == "__main__":
    for path, text in files().items():
        target = FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
