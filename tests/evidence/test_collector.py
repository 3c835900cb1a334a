"""The script that exports evidence: it only reads, and what it writes is read in one go."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SHARED
from powershell import PARSER
from tree_sitter import Node

from policylint.evidence import collector as collecting
from policylint.evidence.collector import Server, collector
from policylint.evidence.joining import joined
from policylint.evidence.reading import read_evidence
from policylint.knowledge import Knowledge
from policylint.knowledge.agents import Agents

SERVERS = [None, Server.ONLINE, Server.ON_PREMISES]
ALLOWED = {
    "Compress-Archive", "Export-Clixml", "Join-Path", "New-Item", "Out-Null", "Select-Object", "Write-Host",
    "Write-Progress", "Write-Warning",
}  # fmt: skip
"""What is allowed beside Get-…: New-Item makes the folder that all files go into."""


def program() -> str:
    """Return where a PowerShell is; skips the test where there is none."""
    found = shutil.which("pwsh") or shutil.which(str(SHARED / "tools" / "pwsh"))
    if found is None:
        pytest.skip("there is no PowerShell here (pwsh on the PATH)")
    return found


def commands(node: Node) -> Iterator[Node]:
    if node.type == "command":
        yield node
    for child in node.children:
        yield from commands(child)


@pytest.mark.parametrize("devices", [True, False])
@pytest.mark.parametrize("server", SERVERS)
def test_the_script_parses_and_only_reads(server: Server | None, devices: bool) -> None:
    script = collector(server, devices=devices)
    root = PARSER.parse(script.encode()).root_node
    assert not root.has_error
    found = [node.text.decode().split()[0] for node in commands(root)]  # type: ignore[union-attr]
    assert {name for name in found if not name.startswith("Get-")} <= ALLOWED
    # calls of methods that could do something, and operators that run what is in a variable
    assert set(re.findall(r"\[\w+\]::(\w+)", script)) <= {"Min"}
    assert set(re.findall(r"\.([A-Za-z]+)\(", script)) <= {"Split"}
    assert not re.search(r"(?m)^\s*[&.]\s|Invoke|\biex\b", script)
    assert script.isascii()
    for node in commands(root):
        text = node.text.decode().strip()  # type: ignore[union-attr]
        if text.startswith("New-Item"):
            assert text == "New-Item -ItemType Directory -Path $folder"
        if text.startswith(("Export-Clixml", "Compress-Archive")):
            assert "$folder" in text or "$file" in text


@pytest.mark.parametrize(
    ("server", "has", "lacks"),
    [
        (Server.ONLINE, {"Get-EXOCasMailbox", "Get-EXOMobileDeviceStatistics"}, {"Get-CASMailbox", "Get-ADUser"}),
        (Server.ON_PREMISES, {"Get-CASMailbox", "Get-ActiveSyncDevice", "Get-ADUser"}, {"Get-EXOCasMailbox"}),
        (
            None,
            {"Get-CASMailbox", "Get-EXOCasMailbox", "Get-ActiveSyncDevice", "Get-MobileDevice", "Get-ADUser"},
            set(),
        ),
    ],
)
def test_each_server_gets_the_cmdlets_it_has(server: Server | None, has: set[str], lacks: set[str]) -> None:
    words = set(re.findall(r"Get-\w+", collector(server)))
    assert has <= words
    assert not lacks & words


def test_without_devices_none_are_asked_for() -> None:
    assert not re.search(
        r"Get-\w*(?:MobileDevice|ActiveSyncDevice)\b(?!Mailbox)", collector(Server.ONLINE, devices=False)
    )


def test_only_columns_that_are_read_are_exported(knowledge: Knowledge) -> None:
    for kind, columns in (
        ("assignments", collecting.MAILBOX_COLUMNS),
        ("devices", collecting.DEVICE_COLUMNS),
        ("devices", collecting.STATISTICS_COLUMNS),
        ("accounts", collecting.ACCOUNT_COLUMNS),
    ):
        names = columns.split(",")
        places = knowledge.evidence[kind].columns(names).places
        assert {place for each in places.values() for place in each} == set(range(len(names)))


STUBS = (Path(__file__).parent / "stubs.ps1").read_text(encoding="utf-8")
WITHOUT_ONLINE = 'Remove-Item "function:Get-EXOCasMailbox", "function:Get-EXOMobileDeviceStatistics"\n'
OLD = """
function Get-ActiveSyncMailboxPolicy {
    [CmdletBinding()] param()
    [pscustomobject]@{ Name = 'P'; DevicePasswordEnabled = $true }
}
function Get-CASMailbox { [CmdletBinding()] param($ResultSize) throw 'not today' }
function Get-ActiveSyncDevice { [CmdletBinding()] param($ResultSize) }
"""
SCRIPTS = {
    "anywhere": STUBS + WITHOUT_ONLINE + collector(),
    "anywhere-online": STUBS + collector(),
    "online": STUBS + collector(Server.ONLINE),
    "on-premises": STUBS + WITHOUT_ONLINE + collector(Server.ON_PREMISES),
    "exchange-2010": OLD + collector(Server.ON_PREMISES),
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Run every script in a folder of its own, all in one process; return the folders and what was printed."""
    home = tmp_path_factory.mktemp("collected")
    run = ["$ErrorActionPreference = 'Continue'"]
    for name, script in SCRIPTS.items():
        (home / name).mkdir()
        (home / f"{name}.ps1").write_text(script, encoding="utf-8-sig")
        run.append(f"Set-Location '{home / name}'; & '{home / name}.ps1' *> '{home / name}.txt'")
    (home / "run.ps1").write_text("\n".join(run), encoding="utf-8-sig")
    command = [program(), "-NoProfile", "-NonInteractive", "-File", str(home / "run.ps1")]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    return {name: (home / name, (home / f"{name}.txt").read_text(encoding="utf-8")) for name in SCRIPTS}


@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "exchange-2010"])
def test_what_a_real_powershell_collects_is_read_in_one_go(
    name: str, collected: dict[str, tuple[Path, str]], knowledge: Knowledge, agents: Agents
) -> None:
    home, printed = collected[name]
    assert "policylint: 501 devices" in printed
    assert "no statistics of 1 of 501 devices" in printed
    assert "could not be exported" not in printed
    (packed,) = home.glob("*.zip")
    (folder,) = (path for path in home.iterdir() if path.is_dir())
    written = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"secret" not in written
    assert b"555 0100" not in written
    for path in (packed, folder):
        evidence = read_evidence([str(path)], knowledge, max_bytes=1 << 26)
        assert not [*evidence.errors, *evidence.notes]
        told = {"policies", "assignments", "devices"} | ({"accounts"} if name != "online" else set())
        assert evidence.kinds == told
        fleet = joined(evidence, knowledge, agents)
        assert [user.label for user in fleet.users] == [f"user{n}@contoso.example" for n in (1, 2, 3)]
        assert {device.id for device in fleet.devices} == {f"DEVICE{n}" for n in range(1, 502)}
        (silent,) = (device for device in fleet.devices if device.status is None)
        assert (silent.id, silent.synced, silent.state) == ("DEVICE2", False, "Allowed")
        assert {device.policy.name for device in fleet.devices if device.policy} == {"Default"}
        targets = (target for device in fleet.devices if device.os for target in device.identification.targets)
        assert {target.label for target in targets} == {"ios 18.0"}
        account = fleet.users[0].account
        assert (account is not None and account.protection == "protected") is (name != "online")


def test_what_fails_is_told_and_the_rest_is_exported(
    collected: dict[str, tuple[Path, str]], knowledge: Knowledge
) -> None:
    home, printed = collected["exchange-2010"]
    assert "mailboxes could not be exported: not today" in printed
    assert "no Get-ADUser here" in printed
    (packed,) = home.glob("*.zip")
    evidence = read_evidence([str(packed)], knowledge, max_bytes=1 << 26)
    assert (evidence.kinds, evidence.errors, evidence.notes) == ({"policies"}, [], [])
