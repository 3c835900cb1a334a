"""policylint diff as a user runs it: exit codes, streams, usage, and what decides what counts."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from formats import Formats
from policies import THREE, TWELVE, policy

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

OUTPUTS = ("text", "json", "markdown")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, formats: Formats) -> None:
    """A policy that Windows Phone 7 takes, the same in other forms, and one that it does not take."""
    good, bad = policy(TWELVE, gate=False), policy(TWELVE, THREE, gate=False)
    (tmp_path / "good.xml").write_text(formats.clixml([good]), encoding="utf-8")
    (tmp_path / "again.json").write_text(formats.json([good]), encoding="utf-16")
    (tmp_path / "bad.csv").write_text(formats.csv([bad]), encoding="utf-8", newline="")
    (tmp_path / "open.json").write_text(formats.json([policy(TWELVE, THREE, gate=True)]), encoding="utf-8")
    (tmp_path / "no-gate.json").write_text(formats.json([policy(TWELVE, THREE, gate=None)]), encoding="utf-8")
    for name, source in (("old", "good.xml"), ("new", "bad.csv")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.anything").write_bytes((tmp_path / source).read_bytes())
    (tmp_path / "new" / "README.md").write_text("# not an export\n")


def document(done: "subprocess.CompletedProcess[bytes]") -> Any:
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


class TestExitCodes:
    @pytest.mark.parametrize("output", OUTPUTS)
    def test_1_if_a_device_is_newly_refused(self, run: Run, output: str) -> None:
        done = run("diff", "good.xml", "bad.csv", "-d", "wp7", "-o", output)
        assert (done.returncode, done.stderr) == (1, b"")

    @pytest.mark.parametrize("output", OUTPUTS)
    def test_0_if_nothing_gets_worse(self, run: Run, output: str) -> None:
        for old, new in (("good.xml", "again.json"), ("bad.csv", "good.xml"), ("bad.csv", "bad.csv")):
            assert run("diff", old, new, "-d", "wp7", "-o", output, "--fail-on", "note").returncode == 0

    def test_what_is_not_enforced_is_a_warning(self, run: Run) -> None:
        asked = ("diff", "good.xml", "bad.csv", "-d", "tbsync")
        assert run(*asked).returncode == 0
        assert run(*asked, "--fail-on", "warning").returncode == 1
        assert run("diff", "good.xml", "bad.csv", "-d", "wp7", "--fail-on", "never").returncode == 0

    def test_severities_of_the_configuration_count(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "policylint.toml").write_text('[severities]\nsetting-blocks-sync = "warning"\n')
        asked = ("diff", "good.xml", "bad.csv", "-d", "wp7")
        assert run(*asked).returncode == 0
        assert run(*asked, "--fail-on", "warning").returncode == 1


class TestInputs:
    @pytest.mark.parametrize(("old", "new"), [("-", "bad.csv"), ("bad.csv", "-")])
    def test_one_side_may_come_from_a_pipe(self, run: Run, tmp_path: Path, old: str, new: str) -> None:
        found = document(run("diff", old, new, "-o", "json", stdin=(tmp_path / "good.xml").read_bytes()))
        assert found["summary"]["changed"] == 1
        assert found["old" if old == "-" else "new"]["name"] == "<stdin>"

    def test_directories_are_compared_file_by_file(self, run: Run) -> None:
        done = run("diff", "old", "new", "-d", "wp7", "-o", "json")
        found = document(done)
        assert [each["name"] for each in (found["old"], found["new"])] == ["old", "new"]
        assert found["policies"][0]["status"] == "changed"
        assert b"1 other file passed over" in done.stderr

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), "name two exports"),
            (("good.xml",), "name two exports"),
            (("good.xml", "bad.csv", "open.json"), "name two exports"),
            (("-", "-"), "once only"),
            (("good.xml", "missing.xml"), "missing.xml: no such file"),
            (("missing.xml", "good.xml"), "missing.xml: no such file"),
            (("good.xml", "new/README.md"), "README.md"),
            (("good.xml", "bad.csv", "-d", "wp77"), "wp7"),
            (("good.xml", "bad.csv", "--select", "EAS999"), "EAS999"),
            (("good.xml", "bad.csv", "--server", "onlin"), "online"),
            (("good.xml", "bad.csv", "--rules", "no-such"), "no such directory"),
            (("good.xml", "bad.csv", "--max-size", "0"), "--max-size"),
        ],
    )
    def test_2_and_nothing_is_compared(self, run: Run, arguments: tuple[str, ...], said: str) -> None:
        done = run("diff", *arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        assert said in done.stderr.decode()
        assert b"Traceback" not in done.stderr

    def test_a_damaged_file_is_no_removed_policy(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "new" / "broken.xml").write_bytes((tmp_path / "good.xml").read_bytes()[:2000])
        done = run("diff", "old", "new")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"broken.xml" in done.stderr

    def test_notes_go_to_stderr(self, run: Run, tmp_path: Path, formats: Formats) -> None:
        twice = formats.json([policy(TWELVE, name="P"), policy(name="P")])
        (tmp_path / "twice.json").write_text(twice, encoding="utf-8")
        done = run("diff", "twice.json", "good.xml")
        assert b"several policies of a side have one Guid" in done.stderr
        assert b"several policies" not in done.stdout


class TestWhatCounts:
    def test_select_and_ignore_drop_findings_and_no_change(self, run: Run) -> None:
        for options in (("--ignore", "EAS101"), ("--select", "EAS103")):
            found = document(run("diff", "good.xml", "bad.csv", "-d", "wp7", "-o", "json", *options))
            (entry,) = found["policies"]
            assert entry["impacts"] == []
            assert len(entry["changes"]) == len(THREE)
            assert [each["new"] for each in entry["verdicts"]] == ["refused"]
        assert run("diff", "good.xml", "bad.csv", "-d", "wp7", "--ignore", "EAS101").returncode == 0

    @pytest.mark.parametrize("output", OUTPUTS)
    def test_what_is_waived_is_told_and_does_not_count(self, run: Run, tmp_path: Path, output: str) -> None:
        """A change and the waiver that accepts it can be looked at together."""
        waivers = "".join(
            f'[[waivers]]\nproperty = "{key}"\npolicy = "Default"\nreason = "agreed on Monday"\n' for key in THREE
        )
        (tmp_path / "policylint.toml").write_text(waivers)
        done = run("diff", "good.xml", "bad.csv", "-d", "wp7", "-o", output)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"agreed on Monday" in done.stdout
        assert run("diff", "good.xml", "bad.csv", "-d", "wp7", "--no-config").returncode == 1

    def test_an_expired_waiver_accepts_nothing(self, run: Run, tmp_path: Path) -> None:
        waiver = '[[waivers]]\nrule = "EAS101"\npolicy = "Default"\nreason = "once"\nexpires = 2020-01-01\n'
        (tmp_path / "policylint.toml").write_text(waiver)
        assert run("diff", "good.xml", "bad.csv", "-d", "wp7").returncode == 1

    def test_a_gate_that_is_assumed_is_known_on_both_sides(self, run: Run) -> None:
        """Without it nobody knows whether the phones were let in before."""
        asked = ("diff", "no-gate.json", "open.json", "-d", "wp7", "-o", "json")
        found = document(run(*asked, "--assume-gate", "false"))
        assert found["summary"]["cured"] == len(THREE)
        kinds = {each["kind"]: each["known_before"] for each in document(run(*asked))["policies"][0]["impacts"]}
        assert kinds == {"newly-unenforced": False}

    def test_what_the_server_refuses_is_no_matter_of_the_change(self, run: Run) -> None:
        done = run("diff", "good.xml", "bad.csv", "-d", "wp7", "--server", "online", "-o", "json")
        found = document(done)
        assert done.returncode == 0
        assert found["server"] == "exchange-online"
        assert found["policies"][0]["impacts"] == found["policies"][0]["verdicts"] == []

    def test_the_devices_of_the_configuration_are_judged(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "policylint.toml").write_text('devices = ["windows-phone==7.5"]\nfail-on = "never"\n')
        done = run("diff", "good.xml", "bad.csv", "-o", "json")
        assert done.returncode == 0
        assert document(done)["targets"] == ["windows-phone 7.5"]


@pytest.mark.parametrize(("options", "coloured"), [((), False), (("--color", "always"), True)])
def test_colour(run: Run, options: tuple[str, ...], coloured: bool) -> None:
    assert (b"\x1b[" in run("diff", "good.xml", "bad.csv", *options).stdout) is coloured
