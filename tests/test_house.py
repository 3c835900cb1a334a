"""The rules of the house: who leans on whom, what the engine may know, what start-up may load, what a file weighs."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from policylint.knowledge import Knowledge

SOURCES = sorted((ROOT / "policylint").rglob("*.py"))

LAYERS: list[set[str]] = [
    {"usage", "writing", "exports"},
    {"values"},
    {"knowledge"},
    {"policies", "pages"},
    {"judging", "strictness"},
    {"report", "learning"},
    {"acceptance", "fixing", "matrix", "merging", "certificates", "evidence"},
    {"config", "comparing", "fleet"},
    {"html"},
    {"schemas"},
    {"session"},
    {"redacted"},
    {"examples"},
    {"powershell"},
    {"cli"},
    {"handbook"},
    {"site"},
]
"""The rooms from the ground up. A room leans on those below it only."""

LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
DOORS = {"policylint", "policylint.__main__"}
"""The package itself, which offers the session, and what runs the program."""


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in SOURCES}


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else name


def imports(name: str) -> set[str]:
    """Everything that a module imports anywhere in it, by its full name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = {f"{node.module}.{each.name}" for each in node.names}
            found |= {each if each in MODULES else node.module for each in full}
    return found


IMPORTS = {name: imports(name) for name in MODULES}


def test_every_room_leans_on_those_below_it_only() -> None:
    arrows = {
        (name, other)
        for name in MODULES.keys() - DOORS
        for other in IMPORTS[name] & MODULES.keys() - DOORS
        if room(name) != room(other)
    }
    assert len({(room(one), room(other)) for one, other in arrows}) > len(LEVEL)
    assert [arrow for arrow in sorted(arrows) if LEVEL[room(arrow[1])] >= LEVEL[room(arrow[0])]] == []


def test_readers_of_bytes_do_not_say_how_to_export() -> None:
    for name in ("policylint.exports.decode", "policylint.exports.error"):
        code = re.sub(r'""".*?"""', "", MODULES[name].read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search("Export-|Get-|export again", code)


def test_judging_opens_no_file_and_asks_no_clock() -> None:
    outside = {"os", "io", "time", "pathlib", "subprocess", "socket"}
    for name in MODULES:
        if room(name) != "judging":
            continue
        assert not {each.split(".")[0] for each in IMPORTS[name]} & outside, name
        for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert called not in {"open", "now", "today", "utcnow", "read_text", "read_bytes", "input"}, name


def test_only_who_checks_and_publishes_shapes_needs_pydantic_and_only_who_reads_toml_reads_toml() -> None:
    for name, found in IMPORTS.items():
        tops = {each.split(".")[0] for each in found}
        if "pydantic" in tops:
            assert name.startswith(("policylint.knowledge.pack", "policylint.schemas", "policylint.handbook")), name
        if "tomllib" in tops:
            pack = name.startswith("policylint.knowledge.pack")
            assert pack or room(name) == "config" or name == "policylint.knowledge.toml_lines", name


SHARED = {
    *(f"policylint.report.{name}" for name in ("words", "objects", "formats", "statistics")),
    *(f"policylint.merging.{name}" for name in ("merge", "merged_policy", "model")),
}
"""What of the folder of the report is for all who write one, and what of the merge for all who need a merged set."""


def test_no_writer_of_one_report_takes_from_the_folder_of_another() -> None:
    folders = {"report", "matrix", "merging", "comparing", "fixing", "certificates", "fleet"}
    taken = {
        (name, other)
        for name in MODULES
        if room(name) in folders
        for other in IMPORTS[name] & MODULES.keys()
        if room(other) in folders - {room(name)} and other not in SHARED
    }
    assert taken == set()


def test_no_command_takes_from_another() -> None:
    commands = {name for name in MODULES if name.startswith("policylint.cli.commands.")}
    assert {name: found & commands for name, found in IMPORTS.items() if name in commands and found & commands} == {}


def test_the_engine_knows_no_device(knowledge: Knowledge) -> None:
    """Family names may stand in help texts and docstrings as examples of queries, and nowhere else."""
    code = {
        path: re.sub(r'""".*?"""|#.*|help="[^"]*"', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for path in SOURCES
    }
    for family in knowledge.families:
        users = [path.name for path, text in code.items() if re.search(rf"\b{re.escape(family)}\b(?!\.)", text)]
        examples = {"query.py", "help.py"}  # messages and help show what a query looks like
        assert set(users) <= examples, f"{family} in {users}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_outgrows_a_reader(path: "object") -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300  # type: ignore[attr-defined]


def test_a_plain_run_loads_nothing_heavy() -> None:
    """Start-up is what a hook's user feels; see docs/performance.md."""
    program = (
        "import sys; sys.argv = ['policylint', 'check', 'examples/columns-cut.csv', '--device', 'wp7']\n"
        "from policylint.cli import main\n"
        "try: sys.exit(main())\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    heavy = {"pydantic", "rich", "tomllib", "packaging.specifiers", "importlib.metadata", "asyncio", "hashlib"}
    assert not heavy & loaded
