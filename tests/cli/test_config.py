"""The configuration of a run: what holds, what wins, and how a slip in it is told."""

import json
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from formats import Formats
from policies import THREE, TWELVE, policy

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def bad(tmp_path: Path, formats: Formats) -> str:
    """A policy that shuts Windows Phone 7 out."""
    (tmp_path / "bad.json").write_text(formats.json([policy(TWELVE, THREE, gate=False)]), encoding="utf-8")
    return "bad.json"


def configure(directory: Path, text: str) -> None:
    (directory / "policylint.toml").write_text(text, encoding="utf-8")


def targets(done: "subprocess.CompletedProcess[bytes]") -> list[str]:
    return list(json.loads(done.stdout)["targets"])


class TestPrecedence:
    def test_the_configuration_gives_the_defaults(self, run: Run, bad: str, tmp_path: Path) -> None:
        configure(tmp_path, 'devices = ["windows-phone==7.5"]\nfail-on = "never"\n')
        done = run("check", bad, "-o", "json")
        assert done.returncode == 0
        assert targets(done) == ["windows-phone 7.5"]

    def test_the_environment_wins_over_it(self, run: Run, bad: str, tmp_path: Path) -> None:
        configure(tmp_path, 'devices = ["windows-phone==7.5"]\n')
        assert targets(run("check", bad, "-o", "json", POLICYLINT_DEVICE="ios==4.0.1 ios==5")) == [
            "ios 4.0.1",
            "ios 5.0",
        ]

    def test_an_option_wins_over_both(self, run: Run, bad: str, tmp_path: Path) -> None:
        configure(tmp_path, 'devices = ["windows-phone==7.5"]\n')
        done = run("check", bad, "-o", "json", "--device", "ios==5", POLICYLINT_DEVICE="ios==4.0.1")
        assert targets(done) == ["ios 5.0"]

    def test_no_config_goes_by_none(self, run: Run, bad: str, tmp_path: Path) -> None:
        configure(tmp_path, "no TOML at all")
        assert run("check", bad, "-d", "wp7", "--no-config").returncode == 1
        assert run("check", bad, "-d", "wp7").returncode == 2
        assert b"exclude each other" in run("check", bad, "--no-config", "--config", "policylint.toml").stderr

    def test_config_names_another_file(self, run: Run, bad: str, tmp_path: Path) -> None:
        configure(tmp_path, "no TOML at all")
        (tmp_path / "other.toml").write_text('devices = ["windows-phone==7.5"]\n', encoding="utf-8")
        assert targets(run("check", bad, "-o", "json", "--config", "other.toml")) == ["windows-phone 7.5"]
        assert targets(run("check", bad, "-o", "json", POLICYLINT_CONFIG="other.toml")) == ["windows-phone 7.5"]

    def test_the_report_says_where_the_devices_were_chosen(self, run: Run, bad: str, tmp_path: Path) -> None:
        configure(tmp_path, '\ndevices = ["wp7"]\n')
        assert b"(policylint.toml:2, --device wp7)" in run("check", bad).stdout
        assert b"(POLICYLINT_DEVICE, --device wp7)" in run("check", bad, POLICYLINT_DEVICE="wp7").stdout

    @pytest.mark.parametrize("command", ["matrix", "merge"])
    def test_other_commands_that_judge_go_by_it(self, run: Run, bad: str, tmp_path: Path, command: str) -> None:
        configure(tmp_path, 'devices = ["windows-phone==7.5"]\nserver = "exchange-2010"\nassume-gate = true\n')
        (tmp_path / "other.json").write_bytes((tmp_path / bad).read_bytes())
        done = run(command, bad, "other.json", "-o", "json")
        assert done.returncode in (0, 1), done.stderr
        assert targets(done) == ["windows-phone 7.5"]

    def test_packs_count_from_the_file(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "deep").mkdir()
        configure(tmp_path / "deep", f"rules = [{json.dumps(str(ROOT / 'examples' / 'own-pack'))}]\n")
        done = run("explain", "HOUSE001", "--config", "deep/policylint.toml")
        assert done.returncode == 0
        configure(tmp_path / "deep", 'rules = ["packs/none"]\n')
        done = run("rules", "--config", "deep/policylint.toml")
        assert done.returncode == 2
        assert "deep/policylint.toml:1: --rules deep/packs/none: no such directory" in done.stderr.decode()


def test_a_baseline_goes_by_the_profiles_of_the_configuration(run: Run, bad: str, tmp_path: Path) -> None:
    configure(tmp_path, 'devices = ["wp7"]\nprofiles = ["cis-exchange-2019"]\nbaseline = "known.json"\n')
    assert run("baseline", "create", bad).returncode == 0
    created = (tmp_path / "known.json").read_text(encoding="utf-8")
    assert '"key": "cis-exchange-2019 ' in created
    assert json.loads(run("check", bad, "-o", "json").stdout)["summary"]["waived"] > 0
    assert run("check", bad, "--fail-on", "note").returncode == 0
    assert run("baseline", "prune", bad).returncode == 0
    assert (tmp_path / "known.json").read_text(encoding="utf-8") == created


def test_severities_move_the_line(run: Run, bad: str, tmp_path: Path) -> None:
    configure(tmp_path, '[severities]\nsetting-blocks-sync = "warning"\nEAS210 = "error"\n')
    report = json.loads(run("check", bad, "-d", "wp7", "-o", "json").stdout)
    by_rule = {finding["rule"]: finding["severity"] for finding in report["findings"]}
    assert by_rule["EAS101"] == "warning"
    assert by_rule["EAS210"] == "error"
    assert report["summary"]["errors"] == 1
    assert {row["verdict"] for row in report["verdicts"]} == {"refused"}


class TestSlips:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("devies = []", "policylint.toml:1: unknown key 'devies'; did you mean devices?"),
            ('devices = ["wp77"]', "policylint.toml:1: unknown device 'wp77'; did you mean wp7"),
            ('server = "onlin"', "policylint.toml:1: unknown server 'onlin'"),
            (
                'select = ["EAS999"]',
                "policylint.toml:1: 'EAS999' is no rule, no range of rules such as EAS1 and no property",
            ),
            ('ignore = ["AllowCamra"]', "no property; did you mean AllowCamera"),
            ('[severities]\n"setting-blocks-sinc" = "note"', "policylint.toml:2: unknown rule"),
            ('baseline = "none.json"', "--baseline none.json: no such file"),
            (
                '[[waivers]]\nrule = "EAS1010"\npolicy = "P"\nreason = "x"',
                "policylint.toml:2: unknown rule 'EAS1010'; did you mean EAS1",
            ),
            (
                '[[waivers]]\nproperty = "AllowCamra"\npolicy = "P"\nreason = "x"',
                "policylint.toml:2: unknown property 'AllowCamra'; did you mean AllowCamera",
            ),
            ('[[waivers]]\npolicy = "P"\nreason = "x"', "policylint.toml:1: a waiver needs a rule, a property or both"),
            ('[[waivers]]\nrule = "EAS101"\nreason = "x"', "policylint.toml:1: a waiver needs a policy"),
            (
                '[[waivers]]\nrule = "EAS101"\npolicy = "P"\nreason = "x"\ndevices = ["wp77"]',
                "policylint.toml:5: unknown device 'wp77'",
            ),
        ],
    )
    def test_one_line_exit_2_and_the_nearest_name(
        self, run: Run, bad: str, tmp_path: Path, text: str, said: str
    ) -> None:
        configure(tmp_path, text)
        done = run("check", bad)
        assert done.returncode == 2
        assert done.stdout == b""
        (line,) = done.stderr.decode().splitlines()
        assert said in line

    def test_the_same_by_option(self, run: Run, bad: str) -> None:
        done = run("check", bad, "--select", "setting-blocks-sinc")
        assert done.returncode == 2
        (line,) = done.stderr.decode().splitlines()
        assert "did you mean setting-blocks-sync" in line

    def test_by_variable(self, run: Run, bad: str) -> None:
        assert b"error: POLICYLINT_SERVER: unknown server" in run("check", bad, POLICYLINT_SERVER="onlin").stderr
        assert run("check", bad, POLICYLINT_FAIL_ON="fatal").returncode == 2


class TestShowConfig:
    def test_it_names_where_each_value_was_given(self, run: Run, tmp_path: Path) -> None:
        configure(
            tmp_path,
            'devices = ["wp7"]\nassume-gate = false\n\n[severities]\nEAS101 = "warning"\n\n'
            '[[waivers]]\nrule = "EAS101"\npolicy = "P"\nreason = "it\'s \\"so\\""\nexpires = 2027-03-31\n',
        )
        done = run("check", "--show-config", "--fail-on", "note", POLICYLINT_SERVER="online")
        assert done.returncode == 0
        lines = [line.split("  # ") for line in done.stdout.decode().splitlines() if "  # " in line]
        where = {line[0].split(" = ")[0].strip(): line[-1] for line in lines}
        assert where["devices"] == "policylint.toml:1"
        assert where["server"] == "POLICYLINT_SERVER"
        assert where["fail-on"] == "--fail-on"
        assert where["select"] == "default"
        assert where['"EAS101"'] == "policylint.toml:5"

    def test_what_it_prints_is_a_configuration(self, run: Run, tmp_path: Path) -> None:
        configure(
            tmp_path,
            'devices = ["wp7"]\nassume-gate = false\n\n[severities]\nEAS101 = "warning"\n\n'
            '[[waivers]]\nrule = "EAS101"\npolicy = "P"\nreason = "it\'s \\"so\\""\nexpires = 2027-03-31\n',
        )
        before = tomllib.loads((tmp_path / "policylint.toml").read_text(encoding="utf-8"))
        shown = run("check", "--show-config").stdout.decode()
        after = tomllib.loads(shown)
        assert {key: after[key] for key in before} == before
        configure(tmp_path, shown)
        assert run("check", "--show-config").returncode == 0

    def test_without_a_file_it_says_so(self, run: Run) -> None:
        assert run("check", "--show-config").stdout.decode().startswith("# there is no configuration file\n")
