"""policylint fix as a user runs it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from formats import Formats
from policies import THREE, TWELVE, policy

from policylint.fixing.strategies import STRATEGIES

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def bad(tmp_path: Path, formats: Formats) -> str:
    made = [policy(TWELVE, THREE, gate=False), policy(TWELVE, gate=False, name="Windows Phone 7")]
    (tmp_path / "bad.xml").write_text(formats.clixml(made), encoding="utf-8")
    return "bad.xml"


def test_without_a_strategy_all_are_compared(run: Run, bad: str) -> None:
    done = run("fix", bad, "--device", "wp7")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert all(strategy in text for strategy in STRATEGIES)
    assert "Set-" not in text
    assert '"Windows Phone 7"' not in text


def test_what_if_is_on_unless_told_otherwise(run: Run, bad: str) -> None:
    for strategy in STRATEGIES:
        safe = run("fix", bad, "-d", "wp7", "--strategy", strategy).stdout.decode().splitlines()
        ready = run("fix", bad, "-d", "wp7", "--strategy", strategy, "--apply-ready").stdout.decode().splitlines()
        commands = [line for line in ready if line and not line.startswith("#")]
        assert commands
        assert [line for line in safe if line and not line.startswith("#")] == [f"{line} -WhatIf" for line in commands]


def test_exit_1_if_something_remains(run: Run, bad: str) -> None:
    done = run("fix", bad, "-d", "surface-hub,wp7", "--strategy", "relax", "--verify")
    assert done.returncode == 1
    text = done.stdout.decode()
    assert "NOT CURED" in text
    assert "--strategy separate" in text
    assert "# verified: 0 of " in text
    assert "# remains: " in text


def test_a_policy_without_a_name_is_out_of_reach(run: Run) -> None:
    nameless = b'{"AllowNonProvisionableDevices": false, "AllowCamera": false}'
    done = run("fix", "-", "-d", "wp7", "--strategy", "relax", "--verify", stdin=nameless)
    assert done.returncode == 1
    assert b"NOT CURED: the export does not say what the policy is called" in done.stdout
    assert b"Set-" not in done.stdout
    assert b"verified" not in done.stdout
    assert (
        b"New-MobileDeviceMailboxPolicy"
        in run("fix", "-", "-d", "wp7", "--strategy", "separate", stdin=nameless).stdout
    )


def test_nothing_to_change(run: Run, bad: str) -> None:
    done = run("fix", bad, "-d", "tbsync")
    assert done.returncode == 0
    # what stands all the same is told: it is no clean bill
    assert b"No value of the settings changes that" in done.stdout
    assert b"no value of a setting helps" in done.stderr
    # of what uses no mailbox policy there is nothing to tell
    done = run("fix", bad, "-d", "teams-rooms")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"nothing to change" in done.stderr


def test_slips(run: Run, bad: str) -> None:
    assert run("fix", bad, "-d", "wp7", "--verify").returncode == 2
    assert run("fix", bad, "-d", "wp7", "--strategy", "loosen").returncode == 2
    assert run("fix", bad, "-d", "wp77").returncode == 2
    done = run("fix", bad, "missing.xml", "-d", "wp7", "--strategy", "relax")
    assert done.returncode == 2
    assert b"Set-ActiveSyncMailboxPolicy" in done.stdout


def test_who_fetches_no_policy_is_told_to_enforce_none_of_it(run: Run, bad: str) -> None:
    text = run("fix", bad, "-d", "android-mail<2.2").stdout.decode()
    assert text.count("not enforced on these devices: the whole policy") == 4
    assert "so no setting helps: use --strategy separate or open-gate" in text
