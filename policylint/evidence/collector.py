"""The PowerShell that exports what a fleet is read from: it reads only, and writes nothing but a folder of its own.

It runs on Windows PowerShell 2.0 and later (Exchange 2010 has it) and on PowerShell 7, as a file or pasted.
Only columns that are read are exported: no telephone number, no IMEI, no recovery password.
"""

from collections.abc import Iterator
from enum import StrEnum


class Server(StrEnum):
    """Where the mailboxes are. Exchange before 2013 is on premises, with cmdlets of its own, which the script finds."""

    ONLINE = "online"
    ON_PREMISES = "on-premises"


MAILBOX_COLUMNS = (
    "Name,DisplayName,PrimarySmtpAddress,UserPrincipalName,SamAccountName,EmailAddresses,Identity,DistinguishedName,Guid,"
    "ExternalDirectoryObjectId,ActiveSyncEnabled,ActiveSyncMailboxPolicy"
)
DEVICE_COLUMNS = (
    "DeviceId,DeviceType,DeviceModel,DeviceOS,DeviceUserAgent,ClientType,ClientVersion,DeviceActiveSyncVersion,"
    "DeviceAccessState,DeviceAccessStateReason,FirstSyncTime,UserDisplayName,Identity,DistinguishedName"
)
STATISTICS_COLUMNS = (
    "DeviceID,DeviceType,DeviceModel,DeviceOS,DeviceUserAgent,ClientType,ClientVersion,DeviceActiveSyncVersion,"
    "DeviceAccessState,DeviceAccessStateReason,DevicePolicyApplied,DevicePolicyApplicationStatus,FirstSyncTime,"
    "LastPolicyUpdateTime,LastSuccessSync,Identity"
)
ACCOUNT_COLUMNS = "Name,SamAccountName,UserPrincipalName,DistinguishedName,ObjectGUID,adminCount"

_ROWS_A_FILE = 5000
_STATISTICS_A_FILE = 500

_HEAD = """\
# Exports the evidence that `policylint fleet` reads{where}.
# It reads: {reads}.
# It changes nothing: every command gets something, or writes into the new folder below.
# Run it {how}, as a member of View-Only Organization Management.
# The files name people and their devices: keep them as you would keep the address book.

$folder = Join-Path -Path (Get-Location).Path -ChildPath ('policylint-evidence-' + (Get-Date -Format 'yyyyMMdd-HHmmss'))
New-Item -ItemType Directory -Path $folder | Out-Null
Write-Host "policylint: exporting to $folder"
"""

_STEP = """
Write-Progress -Activity 'policylint' -Status '{status}'
try {{
{body}}} catch {{
    Write-Warning "{what} could not be exported: $_"
}}
"""

_POLICIES = """\
    $found | Export-Clixml -Path (Join-Path -Path $folder -ChildPath 'policies.xml')
    Write-Host "policylint: $($found.Count) policies"
"""

_IN_PARTS = """\
    $columns = '{columns}'.Split(',')
    for ($i = 0; $i -lt $found.Count; $i += {rows}) {{
        $last = [Math]::Min($i + {rows}, $found.Count) - 1
        $file = Join-Path -Path $folder -ChildPath ('{name}-{{0:d4}}.xml' -f [int](1 + $i / {rows}))
        $found[$i..$last] | Select-Object -Property $columns | Export-Clixml -Path $file
    }}
    Write-Host "policylint: $($found.Count) {name}"
"""

_STATISTICS = """\
    $columns = '{columns}'.Split(',')
    $statistics = @()
    $part = 0
    $failed = 0
    for ($i = 0; $i -lt $found.Count; $i++) {{
        $status = "statistics of device $($i + 1) of $($found.Count)"
        Write-Progress -Activity 'policylint' -Status $status -PercentComplete (100 * $i / $found.Count)
        try {{
{one}        }} catch {{
            $failed++
        }}
        if ($statistics.Count -gt 0 -and ($statistics.Count -ge {rows} -or $i -eq $found.Count - 1)) {{
            $part++
            $file = Join-Path -Path $folder -ChildPath ('statistics-{{0:d4}}.xml' -f $part)
            $statistics | Select-Object -Property $columns | Export-Clixml -Path $file
            $statistics = @()
        }}
    }}
    if ($failed -gt 0) {{
        Write-Warning "no statistics of $failed of $($found.Count) devices: whether they took their policy is not known"
    }}
"""

_ACCOUNTS = """\
    if (Get-Command -Name Get-ADUser -ErrorAction SilentlyContinue) {{
        $properties = 'adminCount', 'nTSecurityDescriptor'
        $found = @(Get-ADUser -Filter 'adminCount -eq 1' -Properties $properties -ErrorAction Stop)
        $inherits = {{ $_.nTSecurityDescriptor.AreAccessRulesProtected }}
        $columns = '{columns}'.Split(',') + @{{ Name = 'AreAccessRulesProtected'; Expression = $inherits }}
        $file = Join-Path -Path $folder -ChildPath 'accounts.xml'
        if ($found.Count -gt 0) {{
            $found | Select-Object -Property $columns | Export-Clixml -Path $file
        }}
        Write-Host "policylint: $($found.Count) protected accounts"
    }} else {{
        Write-Warning 'no Get-ADUser here: run this where the module ActiveDirectory is, to see protected accounts'
    }}
"""

_TAIL = """
Write-Progress -Activity 'policylint' -Completed
if (Get-Command -Name Compress-Archive -ErrorAction SilentlyContinue) {
    Compress-Archive -Path (Join-Path -Path $folder -ChildPath '*.xml') -DestinationPath "$folder.zip"
    Write-Host "policylint: done; next: policylint fleet $folder.zip"
} else {
    Write-Host "policylint: done; next: policylint fleet $folder"
}
"""

_EXO, _MODERN = "Get-EXOCasMailbox", "Get-MobileDevice"
"""Commands that only Exchange Online has, and only Exchange 2013 and later."""


def collector(server: Server | None = None, *, devices: bool = True) -> str:
    """Return the script for a kind of server; without one, the script finds out where it runs."""
    return "".join(_parts(server, devices))


def _parts(server: Server | None, devices: bool) -> Iterator[str]:
    accounts = server is not Server.ONLINE
    yield _head(server, devices, accounts)
    policies = {"online": "Get-MobileDeviceMailboxPolicy", "modern": "Get-MobileDeviceMailboxPolicy"}
    body = _got("$found = @({} -ErrorAction Stop)", server, 4, **policies, old="Get-ActiveSyncMailboxPolicy")
    yield _STEP.format(status="mailbox policies", what="policies", body=body + _POLICIES)
    mailboxes = {"modern": "Get-CASMailbox -ResultSize Unlimited", "old": "Get-CASMailbox -ResultSize Unlimited"}
    online = "Get-EXOCasMailbox -ResultSize Unlimited -PropertySets @('Minimum', 'ActiveSync')"
    body = _got("$found = @({} -ErrorAction Stop)", server, 4, online=online, **mailboxes)
    body += _IN_PARTS.format(name="mailboxes", rows=_ROWS_A_FILE, columns=MAILBOX_COLUMNS)
    yield _STEP.format(status="mailboxes, which may take minutes", what="mailboxes", body=body)
    if devices:
        yield from _devices(server)
    if accounts:
        body = _ACCOUNTS.format(columns=ACCOUNT_COLUMNS)
        yield _STEP.format(status="protected accounts", what="accounts", body=body)
    yield _TAIL


def _head(server: Server | None, devices: bool, accounts: bool) -> str:
    reads = ["the mailbox policies", "which mailbox has which of them"]
    reads += ["the mobile devices with their statistics"] if devices else []
    reads += ["the accounts that AdminSDHolder protects"] if accounts else []
    match server:
        case Server.ONLINE:
            head = _HEAD.format(
                where=" from Exchange Online", reads=", ".join(reads), how="after Connect-ExchangeOnline"
            )
        case Server.ON_PREMISES:
            how = "in the Exchange Management Shell"
            head = _HEAD.format(where=" from Exchange on premises", reads=", ".join(reads), how=how)
        case None:
            how = "in the Exchange Management Shell, or after Connect-ExchangeOnline"
            head = _HEAD.format(where="", reads=", ".join(reads), how=how)
            head += f"$online = [bool](Get-Command -Name {_EXO} -ErrorAction SilentlyContinue)\n"
    if server is not Server.ONLINE:
        head += f"$modern = [bool](Get-Command -Name {_MODERN} -ErrorAction SilentlyContinue)\n"
    return head


def _devices(server: Server | None) -> Iterator[str]:
    listed = {"modern": "Get-MobileDevice -ResultSize Unlimited", "old": "Get-ActiveSyncDevice -ResultSize Unlimited"}
    body = _got("$found = @({} -ErrorAction Stop)", server, 4, online=listed["modern"], **listed)
    body += _IN_PARTS.format(name="devices", rows=_ROWS_A_FILE, columns=DEVICE_COLUMNS)
    one = _got(
        "$statistics += @({} -ErrorAction Stop)",
        server,
        12,
        online='Get-EXOMobileDeviceStatistics -Identity "$($found[$i].Guid)"',
        modern="Get-MobileDeviceStatistics -Identity $found[$i].Identity",
        old="Get-ActiveSyncDeviceStatistics -Identity $found[$i].Identity",
    )
    body += _STATISTICS.format(one=one, rows=_STATISTICS_A_FILE, columns=STATISTICS_COLUMNS)
    yield _STEP.format(status="devices, which may take minutes", what="devices", body=body)


def _got(line: str, server: Server | None, indent: int, *, online: str, modern: str, old: str) -> str:
    """Return a line with the command of a server, or the lines that choose where they run."""
    blanks = " " * indent
    if server is Server.ONLINE or online == modern == old:
        return f"{blanks}{line.format(online)}\n"
    branches = [("$online", online)] if server is None and online != modern else []
    branches += [("$modern", modern)] if modern != old else []
    written = "".join(
        f"{'} elseif' if number else f'{blanks}if'} ({test}) {{\n{blanks}    {line.format(command)}\n{blanks}"
        for number, (test, command) in enumerate(branches)
    )
    if not branches:
        return f"{blanks}{line.format(old)}\n"
    return f"{written}}} else {{\n{blanks}    {line.format(old)}\n{blanks}}}\n"
