"""The hook of .pre-commit-hooks.yaml, run by pre-commit itself when somebody commits."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from formats import Formats
from no_network import NO_NETWORK
from policies import THREE, TWELVE, UNTOUCHED, policy
from repository import Repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
(HOOK,) = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def set_up(repository: Repository, source: dict[str, Any]) -> None:
    config = {"repos": [source]}
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    repository.git("add", ".pre-commit-config.yaml")
    repository.run(sys.executable, "-m", "pre_commit", "install", check=True)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository whose hook is ours, run by the policylint of the test environment: no network is needed."""
    made = Repository(tmp_path / "work", tmp_path / "home")
    local = {**HOOK, "language": "system", "args": ["--device", "wp7"]}
    set_up(made, {"repo": "local", "hooks": [local]})
    return made


@pytest.fixture
def bad(formats: Formats) -> str:
    """A policy that shuts Windows Phone 7 out."""
    return formats.clixml([policy(TWELVE, THREE, gate=False)])


@pytest.fixture
def good(formats: Formats) -> str:
    return formats.clixml([UNTOUCHED])


def test_a_bad_policy_stops_the_commit_and_says_why(repository: Repository, bad: str) -> None:
    done = repository.commit(**{"bad.xml": bad})
    assert done.returncode == 1
    assert "policylint...............................................................Failed" in done.stdout
    assert re.search(r"^error  RequireDeviceEncryption True$", done.stdout, re.MULTILINE)
    assert "fix: Set-ActiveSyncMailboxPolicy 'Default' -RequireDeviceEncryption $false" in done.stdout
    assert repository.run("git", "rev-parse", "--verify", "--quiet", "HEAD").returncode == 1


def test_a_good_policy_is_committed(repository: Repository, good: str) -> None:
    done = repository.commit(**{"good.xml": good})
    assert (done.returncode, "Passed" in done.stdout) == (0, True)


def test_a_change_of_no_export_does_not_start_it(repository: Repository) -> None:
    done = repository.commit(**{"README.md": "# Policies\n"})
    assert (done.returncode, "(no files to check)Skipped" in done.stdout) == (0, True)


def test_a_name_with_spaces_and_utf_16(repository: Repository, bad: str, good: str) -> None:
    assert repository.commit(**{"the good one.clixml": good.encode("utf-16")}).returncode == 0
    done = repository.commit(**{"the bad one.XML": bad.encode("utf-16")})
    assert done.returncode == 1
    assert "the bad one.XML:" in done.stdout


def test_files_of_another_kind_pass(repository: Repository) -> None:
    others = {"package.json": '{"name": "web"}', "tsconfig.json": "{ // mine\n}", "notes.txt": "AllowCamera: why?"}
    done = repository.commit(**others)
    assert (done.returncode, "Passed" in done.stdout) == (0, True)


def test_a_damaged_export_stops_the_commit(repository: Repository, good: str) -> None:
    done = repository.commit(**{"cut.xml": good[:3000]})
    assert done.returncode == 1
    assert "exit code: 2" in done.stdout
    assert re.search(r"^policylint: error: cut\.xml:\d+:\d+: the file ends in the middle", done.stdout, re.MULTILINE)


def test_one_run_sees_all_policies_of_a_commit(repository: Repository, formats: Formats) -> None:
    hurting = formats.json([policy(THREE, gate=False)])
    done = repository.commit(**{f"{number}.json": hurting for number in range(40)})
    assert done.stdout.count("40 policies × 3 targets") == 1


# --- the definition


def test_pre_commit_takes_the_manifest() -> None:
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)], check=True)


@pytest.mark.parametrize(
    "name", ["a.xml", "A.XML", "policies.clixml", "deep/in a/folder.CSV", "p.json", "pasted.txt", "v1.2.xml"]
)
def test_the_pattern_takes(name: str) -> None:
    assert re.search(HOOK["files"], name)


@pytest.mark.parametrize(
    "name", ["README.md", "xml", "axml", "a.xml.bak", "a.xmlx", "json.py", "a.jsonl", "xml/a.py", "a.html", "a.yaml"]
)
def test_the_pattern_leaves(name: str) -> None:
    assert not re.search(HOOK["files"], name)


def test_pre_commit_installs_it_from_a_clone(tmp_path: Path, bad: str, good: str) -> None:
    """The way users take, with a repository made of this source tree. It needs a package index."""
    source = Repository(tmp_path / "source", tmp_path / "home")
    source.git(f"--work-tree={ROOT}", "add", "--all")
    source.git("commit", "--quiet", "--message", "All")
    rev = source.run("git", "rev-parse", "HEAD", check=True).stdout.strip()
    repository = Repository(tmp_path / "work", tmp_path / "home")
    hook = {"id": HOOK["id"], "args": ["--device", "wp7"]}
    set_up(repository, {"repo": str(source.folder), "rev": rev, "hooks": [hook]})
    repository.environment["PIP_RETRIES"] = "1"
    installed = repository.run(sys.executable, "-m", "pre_commit", "install-hooks")
    if installed.returncode and (lack := NO_NETWORK.search(installed.stdout)):
        pytest.skip(f"pre-commit cannot install without a package index: {lack[0]}")
    assert installed.returncode == 0, installed.stdout
    assert repository.commit(**{"bad.xml": bad}).returncode == 1
    repository.git("rm", "--quiet", "--force", "bad.xml")
    assert repository.commit(**{"good.xml": good}).returncode == 0
