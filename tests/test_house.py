"""The rules of the house: what the engine may know, what start-up may load, what a file may weigh."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT

from policylint.knowledge import Knowledge

SOURCES = sorted((ROOT / "policylint").rglob("*.py"))


def test_the_engine_knows_no_device(knowledge: Knowledge) -> None:
    """Family names may stand in help texts and docstrings as examples of queries, and nowhere else."""
    code = {
        path: re.sub(r'""".*?"""|#.*|help="[^"]*"', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for path in SOURCES
    }
    for family in knowledge.families:
        users = [path.name for path, text in code.items() if re.search(rf"\b{re.escape(family)}\b(?!\.)", text)]
        examples = {"query.py"}  # its error messages show what a query looks like
        assert set(users) <= examples, f"{family} in {users}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_outgrows_a_reader(path: "object") -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300  # type: ignore[attr-defined]


def test_a_plain_run_loads_nothing_heavy() -> None:
    """Start-up is what a hook's user feels; see docs/performance.md."""
    program = (
        "import sys; sys.argv = ['policylint', 'check', 'examples/columns-cut.csv', '--device', 'wp7']\n"
        "from policylint.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    heavy = {"pydantic", "rich", "tomllib", "packaging.specifiers", "importlib.metadata", "asyncio", "hashlib"}
    assert not heavy & loaded
