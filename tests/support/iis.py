"""IIS logs in the forms that Exchange 2007 to 2019 write, of invented people and devices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from policylint.evidence.files import EvidenceFile
from policylint.evidence.logs import Logs, Row, histories, read_logs
from policylint.evidence.logs.blocks import BlockReader
from policylint.evidence.logs.lines import NO_FIELDS, Fields, Line, fields, read_line, short_name
from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.report import CLOCK_STEP, FileReport

IIS7 = (
    "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) "
    "sc-status sc-substatus sc-win32-status time-taken"
)
IIS10 = IIS7.replace("cs(User-Agent)", "cs(User-Agent) cs(Referer)")
ERRORS = {
    112: "ActiveDirectoryAccessDenied",
    125: "UserPrincipalCouldNotBeFound",
    126: "UserDisabledForSync",
    129: "DeviceIsBlockedForThisUser",
    139: "DeviceNotFullyProvisionable",
    140: "RemoteWipeRequested",
    141: "LegacyDeviceOnStrictPolicy",
    142: "DeviceNotProvisioned",
    143: "PolicyRefresh",
    144: "InvalidPolicyKey",
    145: "ExternallyManagedDevicesNotAllowed",
    165: "DeviceInformationRequired",
    177: "MaximumDevicesReached",
}


@dataclass(frozen=True)
class Form:
    """How one generation of servers writes: columns, stem, and the tokens of `Log=` with places for what differs."""

    fields: str
    stem: str
    tokens: str

    def query(self, command: str, user: str, device: str, kind: str) -> str:
        asked = f"Cmd={command}&" if command else ""
        return f"{asked}User={user}&DeviceId={device}&DeviceType={kind}"


FORMS = {
    "2007": Form(
        "date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) "
        "sc-status sc-substatus sc-win32-status",
        "/Microsoft-Server-ActiveSync/default.eas",
        "V121_Fc1_Fid:11_Ty:Em_Filt2_St:S_Sk:142_Sst8_LdapC0_RpcC3_Pk143{status}{error}{access}_Mbx:MBX4_",
    ),
    "2010": Form(
        IIS7,
        "/Microsoft-Server-ActiveSync/default.eas",
        "V140_Sk:144_Ssnf:T_Srv:1a0c0d0s0e0r0A0sd_LdapL16_RpcC45{status}_Pk139{error}{access}_Mbx:MB_Throttle0_"
        "Budget:(D)Conn%3a1%2cPolicy%3aDefaultThrottlingPolicy%5F3006a3a1%5FS142%2cNorm_",
    ),
    "2013": Form(
        IIS10,
        "/Microsoft-Server-ActiveSync/Proxy/default.eas",
        "PrxFrom:192.0.2.150_V141_HH:mail.contoso.example_SmtpAdrs:kim%40contoso.example_NMS1_Fet78_"
        "TmTr:TID%3a18%3e%3e%5bID%3aH%5FS143_Pk3609689902_DevOS:Android+4.1.2{status}{error}{access}_Throttle0",
    ),
    "2016": Form(
        IIS10,
        "/Microsoft-Server-ActiveSync/Proxy/default.eas",
        "PrxFrom:192.0.2.69_Ver1:140_HH:mail_FldrC1:1_Sk1:142_Cpo:165_Fet:142_Pk:0{status}{error}{access}_Throttle:0_",
    ),
    "2019": Form(
        IIS7.replace("s-ip", "s-sitename s-computername s-ip").replace(
            "cs(User-Agent)", "cs-version cs(User-Agent) cs(Cookie) cs(Referer) cs-host"
        )
        + " X-Forwarded-For",
        "/Microsoft-Server-ActiveSync/Proxy/default.eas",
        "{first}PrxFrom:192.0.2.111_Ver1:161_SmtpAdrs:Kim%contoso.example_Pk:0{access}_Sks1:143_"
        "TmRcv:06:53:38.4480003_Budget:(A)Owner%3aS-1-5-21-1-2-3-4117%5FJQ0S142%5FiPhone_",
    ),
}


def log_value(form: str, status: int | None = None, error: str = "", access: str = "", extra: str = "") -> str:
    """Write a `Log=` as this generation does."""
    new = form in ("2016", "2019")
    said = f"SC1:{status}" if new else f"S{status}"
    parts = {
        "status": "" if status is None else f"_{said}",
        "error": f"_Error:{error}" if error else "",
        "access": f"_As:{access}" if access else "",
    }
    first = f"Error:{error}_" if error else ""
    first += "" if status is None else f"{said}_"
    return FORMS[form].tokens.format(first=first, **parts) + extra


def line(form: str, time: str, **said: Any) -> str:
    """Write a line. `time` is `2022-07-20 06:51:02`; what is not said is that of an ordinary, good request.

    `log` is the value of `Log=` (None: no `Log=`), made of status, error and access where it is not given.
    """
    user, device = said.get("user", "kim"), said.get("device", "DEV1")
    log = said.get("log", "")
    if log == "":
        log = log_value(form, said.get("status"), said.get("error", ""), said.get("access", ""), said.get("extra", ""))
    query = said.get("query") or FORMS[form].query(
        said.get("command", "Sync"), user, device, said.get("kind", "iPhone")
    )
    values = {
        "date": time[:10],
        "time": time[11:],
        "s-ip": said.get("server", "192.0.2.11"),
        "cs-method": said.get("method", "POST"),
        "cs-uri-stem": said.get("stem", FORMS[form].stem),
        "cs-uri-query": query if log is None else f"{query}&Log={log}",
        "s-port": "443",
        "cs-username": said.get("username", "CONTOSO\\" + user),
        "c-ip": said.get("client", "203.0.113.70"),
        "cs(User-Agent)": said.get("agent", "Apple-iPhone5C2/1001.525"),
        "sc-status": str(said.get("http", 200)),
        "sc-substatus": str(said.get("substatus", 0)),
        "sc-win32-status": "0",
        "time-taken": "449",
    }
    return " ".join(values.get(name, "-") for name in said.get("fields", FORMS[form].fields).split())


def headed(form: str, lines: Iterable[str], fields: str = "", day: str = "2022-07-20") -> str:
    """Put the head of a log over lines."""
    head = f"#Software: Microsoft Internet Information Services\n#Version: 1.0\n#Date: {day} 00:00:00\n"
    return head + f"#Fields: {fields or FORMS[form].fields}\n" + "".join(f"{one}\n" for one in lines)


def read(*logs: str | bytes, folder: Path, **options: Any) -> Logs:
    """Write logs to files and read them."""
    return read_logs([file_at(path) for path in written(logs, folder)], **{"jobs": 1, **options})


def file_at(path: Path, member: str | None = None) -> EvidenceFile:
    """Name a file, or a member of an archive, as a run finds it."""
    shown = str(path) if member is None else f"{path}/{member}"
    return EvidenceFile(shown, shown.rpartition("/")[0], str(path), member)


def written(logs: Iterable[str | bytes], folder: Path) -> Iterator[Path]:
    for number, text in enumerate(logs):
        path = folder / f"u_ex{number:06}.log"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        yield path


def history_of(logs: Logs, device: str = "DEV1", **options: Any) -> str:
    """Return the history of the only row of a device."""
    (row,) = rows_of(logs, device, **options)
    return row.history


def rows_of(logs: Logs, device: str = "DEV1", **options: Any) -> list[Row]:
    return [row for row in histories(logs.reading, **options) if row.device.lower() == device.lower()]


def by_the_block(text: str, size: int = 1 << 20) -> tuple[Any, dict[str, Any]]:
    """Read a log in blocks of about so many bytes: what came of it, and what was counted."""
    reader = BlockReader(FileReport("x"), "f", NO_FIELDS)
    rest = text.encode()
    while rest:
        end = rest.find(b"\n", size) + 1 or len(rest)
        reader.feed(rest[:end])
        rest = rest[end:]
    reader.finish(0)
    return reader.reading.as_json(), counted(reader.report)


def counted(report: FileReport) -> dict[str, Any]:
    names = ("lines", "used", "silent", "probes", "faults", "first", "last", "set_back")
    return {name: getattr(report, name) for name in names}


def by_the_line(text: str) -> tuple[Any, dict[str, Any]]:
    """Read a log line by line, with nothing but `read_line`: what all else must be equal to."""
    reading, report = Reading(), FileReport("x")
    columns: Fields = NO_FIELDS
    times: list[int] = []
    for one in text.encode().split(b"\n"):
        if one.startswith(b"#"):
            name, _, value = one.decode().partition(":")
            if name == "#Fields":
                columns = fields(tuple(value.split()), columns.day)
            else:
                columns = fields(columns.names, value.split()[0])
            continue
        found = read_line(columns, one.rstrip(b"\r")) if columns.names else None
        report.lines += found is not None
        if isinstance(found, Line):
            request, time = found.request, found.time
            state = reading.state(request.device, found.user)
            state.span(time, time, [time // 86_400])
            state.add(found.kind, found.reason, time)
            state.seen_as(time, request.agent, request.type, found.tokens.system)
            tally = reading.front if found.front else reading.back
            tally.add(request.server or "f", request.client, short_name(found.user), request.device.lower(), 1)
            report.used += 1
            report.silent += not request.logged
            report.span(time, time)
            times.append(time)
        elif found == "probe":
            report.probes += 1
        elif found is not None:
            report.fault(found)
    if times:
        set_back = sum(after < before - CLOCK_STEP for before, after in pairwise(times))
        report.runs.append((0, times[0], times[-1], set_back))
    return reading.as_json(), counted(report)


def at(time: str) -> int:
    """Turn a time as logs write it into seconds since 1970."""
    return int(datetime.fromisoformat(time).replace(tzinfo=UTC).timestamp())
