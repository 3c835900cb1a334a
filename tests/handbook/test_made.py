"""One verb makes everything that is made, and tells what of it is out of date."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from policylint.handbook.__main__ import main
from policylint.handbook.made import ForeignFileError, differences, everything, put_right
from policylint.handbook.page import MARK
from policylint.knowledge import Knowledge

HOW = "run `python -m policylint.handbook` and commit what it makes"


def test_everything_that_is_made_is_up_to_date(knowledge: Knowledge) -> None:
    old = [path.relative_to(ROOT).as_posix() for path in differences(everything(knowledge), ROOT)]
    assert not old, f"{', '.join(old)}: {HOW}"


def test_nothing_else_lies_between_the_schemas(knowledge: Knowledge) -> None:
    lying = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "schema").iterdir()}
    assert lying == {place for place in everything(knowledge) if place.startswith("docs/schema/")}


def test_it_is_made_out_of_nothing_and_then_up_to_date(
    knowledge: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check"], tmp_path) == 1
    assert "docs/man/policylint.1: out of date" in capsys.readouterr().out.splitlines()
    assert not list(tmp_path.iterdir())
    assert main([], tmp_path) == 0
    made = capsys.readouterr().out.splitlines()
    assert {f"{place}: made" for place in everything(knowledge)} == set(made)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert path.read_bytes() == (ROOT / path.relative_to(tmp_path)).read_bytes()
    assert main(["--check"], tmp_path) == 0
    assert capsys.readouterr().out == ""
    assert "usage" in str(main(["--chek"], tmp_path))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_makes_the_same_on_each_run_and_wherever_it_is_run(tmp_path: Path, seed: str) -> None:
    command = [sys.executable, "-m", "policylint.handbook", "--check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def written(pages: dict[str, str], root: Path) -> list[str]:
    put_right(differences({f"docs/reference/{place}": text for place, text in pages.items()}, root))
    folder = root / "docs" / "reference"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


def test_pages_that_no_longer_belong_are_removed_and_others_kept(tmp_path: Path) -> None:
    assert written({"a/old.md": f"old\n{MARK}\n"}, tmp_path) == ["a/old.md"]
    (tmp_path / "docs" / "reference" / "mine.md").write_text("by hand\n", encoding="utf-8")
    assert written({"a/new.md": f"new\n{MARK}\n"}, tmp_path) == ["a/new.md", "mine.md"]


def test_a_page_never_replaces_what_somebody_wrote(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "reference" / "README.md"
    path.parent.mkdir(parents=True)
    path.write_text("by hand\n", encoding="utf-8")
    with pytest.raises(ForeignFileError, match=r"README\.md"):
        written({"README.md": f"made\n{MARK}\n"}, tmp_path)
    assert path.read_text(encoding="utf-8") == "by hand\n"
