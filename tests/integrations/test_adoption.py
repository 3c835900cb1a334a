"""The way of adoption, whole: a repository begins with a broken policy, and ends with a waiver that has run out."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from formats import Formats
from policies import THREE, TWELVE, policy
from repository import Repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

CONFIGURATION = 'devices = ["wp7"]\nbaseline = "policylint-baseline.json"\n'
WAIVER = """
[[waivers]]
rule = "setting-blocks-sync"
property = "AllowWiFi"
policy = "Default"
reason = "The scanners of the warehouse need it, agreed with the site"
expires = {day}
"""


def policylint(repository: Repository, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return repository.run(sys.executable, "-m", "policylint", *arguments)


def test_from_a_broken_policy_to_a_waiver_that_has_run_out(tmp_path: Path, formats: Formats) -> None:
    repository = Repository(tmp_path / "work", tmp_path / "home")
    hooks = {"repos": [{"repo": "local", "hooks": [{**HOOK, "language": "system"}]}]}
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(hooks), encoding="utf-8")
    (repository.folder / "policylint.toml").write_text('devices = ["wp7"]\n', encoding="utf-8")
    repository.git("add", ".")
    repository.run(sys.executable, "-m", "pre_commit", "install", check=True)

    broken = formats.clixml([policy(TWELVE, THREE, gate=False)])
    done = repository.commit(**{"policies.xml": broken})
    assert done.returncode == 1, "a broken policy stops the commit"
    assert "RequireDeviceEncryption" in done.stdout

    done = policylint(repository, "baseline", "create", "policies.xml")
    assert done.returncode == 0, done.stderr
    done = repository.commit(**{"policies.xml": broken, "policylint.toml": CONFIGURATION})
    assert done.returncode == 0, f"what is in the baseline does not stop it: {done.stdout}"

    newly = formats.json([policy(TWELVE, THREE, {"AllowWiFi": False}, gate=False)])
    done = repository.commit(**{"policies.json": newly, "policies.xml": ""})
    assert done.returncode == 1, "another setting in another format, after a new export, does"
    assert "AllowWiFi" in done.stdout
    assert "1 error," in done.stdout

    done = repository.commit(**{"policylint.toml": CONFIGURATION + WAIVER.format(day="2999-12-31")})
    assert done.returncode == 0, f"a waiver with a reason lets it pass: {done.stdout}"
    report = policylint(repository, "check", "policies.json", "--group", "line").stdout
    assert "= waived until 2999-12-31: The scanners of the warehouse need it, agreed with the site" in report

    # the day goes by
    expired = CONFIGURATION + WAIVER.format(day="2013-03-31")
    touched = newly.replace("\n", "\r\n")
    done = repository.commit(**{"policies.json": touched, "policylint.toml": expired})
    assert done.returncode == 1, "and when its last day is over, the next commit of the policy stops"
    assert "1 error, 1 warning," in done.stdout
    assert "EAS012" in done.stdout
