"""policylint diff --git in real repositories."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from formats import Formats
from policies import THREE, TWELVE, policy
from repository import Repository

GOOD = policy(TWELVE, gate=False) | {"Guid": "1"}
BAD = policy(TWELVE, THREE, gate=False) | {"Guid": "1"}
OTHER = policy(name="Other") | {"Guid": "2"}


class Project(Repository):
    """A repository of exports."""

    def __init__(self, folder: Path, formats: Formats) -> None:
        super().__init__(folder, folder.parent)
        self.environment["PYTHONPATH"] = str(ROOT)
        self._formats = formats

    def write(self, name: str, *policies: dict[str, Any]) -> None:
        """Write an export."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._formats.json(policies), encoding="utf-8")

    def commit_all(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change")

    def diff(self, *arguments: str, within: str = ".") -> "tuple[int, str]":
        """Compare, and return the exit code and what is printed."""
        program = (
            "import os, sys; os.chdir(sys.argv.pop(1)); sys.argv[0] = 'p'; "
            "from policylint.cli import main; sys.exit(main())"
        )
        done = self.run(sys.executable, "-c", program, within, "diff", *arguments)
        return done.returncode, done.stdout

    def compared(self, *arguments: str, within: str = ".") -> dict[str, Any]:
        """Compare as JSON; notes, which come first, are left out."""
        code, printed = self.diff("-d", "wp7", "-o", "json", *arguments, within=within)
        assert code in (0, 1), printed
        found: dict[str, Any] = json.loads(printed[printed.index("{\n") :])
        return found


@pytest.fixture
def project(tmp_path: Path, formats: Formats) -> Project:
    """A repository with a policy that Windows Phone 7 takes, in its first commit."""
    made = Project(tmp_path / "project", formats)
    made.write("policies/contoso.json", GOOD)
    made.commit_all()
    return made


def told(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["status"], each["policy"]) for each in found["policies"]]


class TestSides:
    def test_the_working_tree_with_a_revision(self, project: Project) -> None:
        project.write("policies/contoso.json", BAD)
        code, printed = project.diff("--git", "HEAD", "policies/", "-d", "wp7")
        assert code == 1
        assert "policies/contoso.json:" in printed
        assert "HEAD → working tree: 1 of 1 policy changed" in printed

    def test_two_revisions(self, project: Project) -> None:
        project.write("policies/contoso.json", BAD)
        project.commit_all()
        project.write("policies/contoso.json", OTHER)
        for text, sides in (("HEAD~1..HEAD", ("HEAD~1", "HEAD")), ("HEAD~1..", ("HEAD~1", "HEAD"))):
            found = project.compared("--git", text)
            assert (found["old"]["name"], found["new"]["name"]) == sides
            assert told(found) == [("changed", "Default")]
            assert found["policies"][0]["new"]["path"] == "HEAD:policies/contoso.json"
        assert project.compared("--git", "HEAD..HEAD~1")["summary"]["cured"] == len(THREE)

    def test_a_branch_since_it_left_another(self, project: Project) -> None:
        project.git("branch", "topic")
        project.write("policies/contoso.json", BAD)
        project.commit_all()
        project.git("checkout", "--quiet", "topic")
        project.write("policies/other.json", OTHER)
        project.commit_all()
        # what went on elsewhere in the meantime is no change of this branch
        for text in ("@{-1}...topic", "@{-1}..."):
            assert told(project.compared("--git", text)) == [("added", "Other")]
        assert told(project.compared("--git", "@{-1}..topic")) == [("changed", "Default"), ("added", "Other")]

    def test_nothing_has_changed(self, project: Project) -> None:
        code, printed = project.diff("--git", "HEAD")
        assert code == 0
        assert "HEAD → working tree: 0 of 1 policy changed" in printed


class TestFiles:
    def test_new_deleted_and_renamed_ones(self, project: Project) -> None:
        project.write("policies/gone.json", OTHER)
        project.commit_all()
        (project.folder / "policies" / "gone.json").unlink()
        (project.folder / "policies" / "contoso.json").rename(project.folder / "policies" / "moved.json")
        project.write("policies/new.json", policy(name="New") | {"Guid": "3"})
        found = project.compared("--git", "HEAD", "policies")
        assert told(found) == [("added", "New"), ("removed", "Other")]
        assert found["summary"]["unchanged"] == 1

    def test_a_file_that_is_named_may_be_new_or_gone(self, project: Project) -> None:
        project.write("new.json", OTHER)
        (project.folder / "policies" / "contoso.json").unlink()
        assert told(project.compared("--git", "HEAD", "new.json")) == [("added", "Other")]
        assert told(project.compared("--git", "HEAD", "policies/contoso.json")) == [("removed", "Default")]
        assert told(project.compared("--git", "HEAD", "policies")) == [("removed", "Default")]

    @pytest.mark.parametrize(
        "name",
        [
            "with space.json",
            'it\'s "quoted".json',
            "日本語 é.json",
            "tab\tand\nbreak.json",
            "*.json",
            ":(top)x",
            "-x.json",
        ],
    )
    def test_any_name(self, project: Project, name: str) -> None:
        folder = f"deep {name}"
        project.write(f"{folder}/{name}", OTHER)
        project.commit_all()
        project.write(f"{folder}/{name}", {**OTHER, "AllowCamera": False})
        for path in (folder, f"{folder}/{name}"):
            assert told(project.compared("--git", "HEAD", path)) == [("changed", "Other")]
        assert told(project.compared("--git", "HEAD", "--", name, within=folder)) == [("changed", "Other")]

    def test_within_a_directory(self, project: Project) -> None:
        project.write("elsewhere/other.json", OTHER)
        project.commit_all()
        project.write("elsewhere/other.json", {**OTHER, "AllowCamera": False})
        project.write("policies/contoso.json", BAD)
        for path in (".", "contoso.json", "../policies", str(project.folder / "policies")):
            assert told(project.compared("--git", "HEAD", path, within="policies")) == [("changed", "Default")]
        assert told(project.compared("--git", "HEAD", within="policies")) == [("changed", "Default")]
        assert told(project.compared("--git", "HEAD", "../elsewhere", within="policies")) == [("changed", "Other")]
        assert len(told(project.compared("--git", "HEAD", "..", within="policies"))) == 2

    def test_what_is_no_export_is_passed_over(self, project: Project) -> None:
        project.write(".hidden/policy.json", OTHER)
        (project.folder / "README.md").write_text("# Policies\n")
        (project.folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
        project.commit_all()
        project.write("policies/contoso.json", BAD)
        code, printed = project.diff("--git", "HEAD", "-d", "wp7", ".", "README.md")
        assert code == 1
        assert "README.md" in printed
        assert told(project.compared("--git", "HEAD")) == [("changed", "Default")]

    def test_links_inside_the_repository_are_followed(self, project: Project) -> None:
        os.symlink("../policies/contoso.json", project.folder / "policies" / "link.json")
        os.symlink("nowhere.json", project.folder / "policies" / "dangling.json")
        os.symlink("loop.json", project.folder / "policies" / "loop.json")
        os.symlink("/etc/passwd", project.folder / "policies" / "outside.json")
        project.commit_all()
        for revision in ("HEAD", "HEAD..HEAD"):
            assert project.compared("--git", revision)["summary"]["unchanged"] == 2

    def test_other_repositories_inside_are_left_alone(self, project: Project, formats: Formats) -> None:
        inner = Project(project.folder / "inner", formats)
        inner.write("policy.json", OTHER)
        inner.commit_all()
        project.git("-c", "advice.addEmbeddedRepo=false", "add", "inner")
        project.commit_all()
        assert project.compared("--git", "HEAD..HEAD")["summary"]["unchanged"] == 1

    def test_one_that_was_damaged_does_not_hide_its_repair(self, project: Project) -> None:
        good = project.folder / "policies" / "contoso.json"
        whole = good.read_bytes()
        good.write_bytes(whole[:200])
        project.commit_all()
        good.write_bytes(whole)
        code, printed = project.diff("--git", "HEAD", "-d", "wp7")
        assert code == 0
        assert "note: HEAD:policies/contoso.json" in printed
        assert "it is taken as not there" in printed
        assert "added" in printed

    def test_one_that_is_damaged_now_is_an_error(self, project: Project) -> None:
        good = project.folder / "policies" / "contoso.json"
        good.write_bytes(good.read_bytes()[:200])
        code, printed = project.diff("--git", "HEAD")
        assert code == 2
        (line,) = printed.splitlines()
        assert "error: policies/contoso.json" in line

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("page.html", "<html><tr><th>Name</th><th>AllowCamera</th></tr><tr><td>A</td><td>False</td></tr></html>"),
            ("dump.ldf", "dn: CN=A\nmsExchMobileFlags: 3\n"),
            ("deploy.ps1", "Set-MobileDeviceMailboxPolicy -AllowCamera:\n"),
        ],
    )
    def test_one_that_names_a_policy_and_cannot_be_read_is_an_error(
        self, project: Project, name: str, text: str
    ) -> None:
        (project.folder / "policies" / name).write_text(text)
        code, printed = project.diff("--git", "HEAD")
        assert (code, f"error: policies/{name}:" in printed) == (2, True)

    def test_one_over_the_cap_is_not_read(self, project: Project) -> None:
        large = project.folder / "policies" / "large.json"
        large.write_bytes(b'[{"AllowCamera": true}' + b" " * (1 << 20) + b"]")
        project.commit_all()
        large.unlink()
        code, printed = project.diff("--git", "HEAD", "--max-size", "1")
        assert "HEAD:policies/large.json: the file is larger" in printed
        assert project.diff("--git", "HEAD", "--max-size", "2")[0] == 0
        assert code == 0


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--git", "no-such"), "--git no-such: unknown revision 'no-such'"),
            (("--git", "HEAD~9"), "unknown revision 'HEAD~9'"),
            (("--git", "HEAD..no-such"), "unknown revision 'no-such'"),
            (("--git", ""), "unknown revision ''"),
            (("--git=--help",), "unknown revision '--help'"),
            (("--git=--output=x..HEAD",), "unknown revision '--output=x'"),
            (("--git=HEAD..--output=x",), "unknown revision '--output=x'"),
            (("--git", "HEAD:policies"), "unknown revision 'HEAD:policies'"),
            (
                ("--git", "HEAD", "missing"),
                "missing: no such file or directory, neither at HEAD nor in the working tree",
            ),
            (("--git", "HEAD", ".."), ".. is outside the repository"),
            (("--git", "HEAD", "-"), "has no history"),
            (("--git", "HEAD", "README.md"), "no exported policy"),
        ],
    )
    def test_2_with_one_line(self, project: Project, arguments: tuple[str, ...], said: str) -> None:
        (project.folder / "README.md").write_text("# Policies\n")
        code, printed = project.diff(*arguments)
        *_, line = printed.splitlines()
        assert code == 2
        assert said in line
        assert line.startswith("policylint: error: ")
        assert not (project.folder / "x").exists()

    def test_outside_a_repository(self, project: Project, tmp_path: Path) -> None:
        project.environment["GIT_CEILING_DIRECTORIES"] = str(tmp_path)
        code, printed = project.diff("--git", "HEAD", within="..")
        assert code == 2
        (line,) = printed.splitlines()
        assert "not a git repository" in line

    def test_without_git(self, project: Project) -> None:
        project.environment["PATH"] = ""
        code, printed = project.diff("--git", "HEAD")
        assert code == 2
        (line,) = printed.splitlines()
        assert "the git program cannot be run" in line

    def test_in_a_shallow_clone(self, project: Project, tmp_path: Path) -> None:
        project.commit_all()
        project.git("clone", "--quiet", "--depth", "1", f"file://{project.folder}", str(tmp_path / "clone"))
        code, printed = project.diff("--git", "HEAD~1", within=str(tmp_path / "clone"))
        assert code == 2
        assert "this clone is shallow" in printed

    def test_where_the_repository_is_damaged(self, project: Project) -> None:
        objects = project.folder / ".git" / "objects"
        name = project.run("git", "rev-parse", "HEAD:policies/contoso.json", check=True).stdout.strip()
        (objects / name[:2] / name[2:]).unlink()
        code, printed = project.diff("--git", "HEAD")
        assert (code, printed) == (2, f"policylint: error: --git HEAD: the repository lacks the object {name}\n")

    def test_without_a_commit(self, tmp_path: Path, formats: Formats) -> None:
        empty = Project(tmp_path / "empty", formats)
        empty.write("policy.json", GOOD)
        code, printed = empty.diff("--git", "HEAD")
        assert (code, "unknown revision 'HEAD'" in printed) == (2, True)


def test_nothing_that_a_repository_configures_is_run(project: Project) -> None:
    """Filters and text converters are programs of its author's choice."""
    marker = project.folder.parent / "was-run"
    (project.folder / ".gitattributes").write_text("*.json filter=evil diff=evil\n")
    project.write("policies/other.json", OTHER)
    project.commit_all()
    for name in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.fsmonitor", "core.pager"):
        project.git("config", name, f"touch {marker}")
    project.write("policies/contoso.json", BAD)
    assert project.diff("--git", "HEAD", "-d", "wp7")[0] == 1
    assert not marker.exists()
