"""What the documents show is what the program does."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

from policylint.knowledge import compile_pack

DOCUMENTS = [ROOT / "README.md", ROOT / "rules" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str, path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


SESSIONS = [
    (path, session)
    for path in DOCUMENTS
    for block in blocks("console", path)
    for session in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)
    if session
]


@pytest.mark.parametrize(("path", "block"), SESSIONS, ids=lambda value: getattr(value, "name", ""))
def test_a_quoted_session_prints_what_it_says(path: Path, block: str) -> None:
    command, *quoted = block.splitlines()
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "policylint"
    done = subprocess.run(
        [sys.executable, "-m", "policylint", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
        check=False,
    )
    printed = done.stdout.splitlines()
    position = 0
    for part in "\n".join(quoted).split("…\n") if "…" in quoted else ["\n".join(quoted)]:
        wanted = [line for line in part.splitlines() if line != "…"]
        if wanted:
            starts = [
                start for start in range(position, len(printed)) if printed[start : start + len(wanted)] == wanted
            ]
            assert starts, f"{path.name} quotes what is not printed:\n" + "\n".join(wanted)
            position = starts[0] + len(wanted)


def test_there_are_quoted_sessions() -> None:
    assert SESSIONS


@pytest.mark.parametrize("example", sorted((ROOT / "examples").iterdir()), ids=lambda path: path.name)
def test_every_example_is_quoted_in_a_document(example: Path) -> None:
    assert any(f"examples/{example.name}" in path.read_text(encoding="utf-8") for path in DOCUMENTS)


def test_ci_runs_the_test_line_of_the_readme() -> None:
    (line,) = [line for block in blocks("sh", ROOT / "README.md") for line in block.splitlines() if "pytest" in line]
    assert line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_example_device_of_the_guide_is_valid(tmp_path: Path) -> None:
    device = next(block for block in blocks("toml", ROOT / "rules" / "README.md") if "example-mail" in block)
    (tmp_path / "devices").mkdir()
    (tmp_path / "checks").mkdir()
    (tmp_path / "devices" / "example.toml").write_text(device, encoding="utf-8")
    for name in ("pack.toml", "properties.toml"):
        (tmp_path / name).write_bytes((ROOT / "rules" / name).read_bytes())
    sources = (ROOT / "rules" / "sources.toml").read_text(encoding="utf-8")
    (tmp_path / "sources.toml").write_text(sources + '\n[example-manual]\ntitle = "A manual"\n', encoding="utf-8")
    (family,) = compile_pack(tmp_path)["families"]
    assert family["family"] == "example-mail"


def test_the_example_rule_of_the_guide_is_the_shipped_one() -> None:
    rule = tomllib.loads(next(block for block in blocks("toml", ROOT / "rules" / "README.md") if "EAS204" in block))
    shipped = tomllib.loads((ROOT / "rules" / "checks" / "EAS204-named-default.toml").read_text(encoding="utf-8"))
    assert rule["id"] == shipped["id"]
    assert rule["message"] == shipped["message"]
    assert rule["examples"][0] == shipped["examples"][0]
