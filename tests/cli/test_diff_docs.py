"""The snippets of docs/diff.md do what is said of them, in a real repository."""

import json
import re
import stat
from pathlib import Path

import pytest
from conftest import ROOT
from policies import THREE, TWELVE, policy
from repository import Repository

from policylint import values

GOOD, BAD = policy(TWELVE, gate=False), policy(TWELVE, THREE, gate=False)


@pytest.fixture
def snippets() -> list[str]:
    text = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def main(tmp_path: Path) -> Repository:
    """A repository whose branch main holds a policy that Windows Phone 7 takes."""
    made = Repository(tmp_path / "main", tmp_path / "home")
    made.git("checkout", "--quiet", "-b", "main")
    (made.folder / "policies").mkdir()
    write(made, GOOD)
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message", "Begin")
    return made


def write(repository: Repository, settings: dict[str, object]) -> None:
    plain = {key: values.to_json(value) for key, value in settings.items()}
    (repository.folder / "policies" / "contoso.json").write_text(json.dumps(plain), encoding="utf-8")


def test_the_job_comments_on_a_branch(main: Repository, tmp_path: Path, snippets: list[str]) -> None:
    job, _ = snippets
    clone = Repository(tmp_path / "clone", tmp_path / "home")
    clone.git("remote", "add", "origin", str(main.folder))
    clone.git("fetch", "--quiet", "origin")
    clone.git("checkout", "--quiet", "-b", "topic", "origin/main")
    for settings, code in ((GOOD, 0), (BAD, 1)):
        write(clone, settings)
        clone.git("commit", "--quiet", "--all", "--allow-empty", "--message", "Change")
        done = clone.run("sh", "-e", "-c", job)
        assert (done.returncode, done.stdout) == (code, "")
        comment = (clone.folder / "comment.md").read_text(encoding="utf-8")
        assert comment.startswith("<!-- policylint diff -->\n")
        assert ("newly refused" in comment) is bool(code)


def test_the_hook_stops_a_commit(main: Repository, snippets: list[str]) -> None:
    _, hook = snippets
    path = main.folder / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(hook, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    write(main, BAD)
    refused = main.run("git", "commit", "--quiet", "--all", "--message", "Break phones")
    assert refused.returncode == 1
    assert "accepted → refused" in refused.stdout
    write(main, GOOD | {"MinDevicePasswordLength": 8})
    assert main.run("git", "commit", "--quiet", "--all", "--message", "Ask for more").returncode == 0
