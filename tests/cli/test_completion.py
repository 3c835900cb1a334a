"""Completion: the script of each shell, and the answers by the protocol that the script speaks."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import tree_sitter_powershell
from conftest import ROOT
from tree_sitter import Language, Parser

from policylint.acceptance.selection import selectors
from policylint.cli import completion
from policylint.cli.completion import Shell, script
from policylint.knowledge import Knowledge
from policylint.knowledge.query import find_profile, find_server, resolve
from policylint.pages import explain, explain_rule

SCRIPTS = Path(sys.executable).parent
LINES = {
    "a command": (["policylint", "mat"], ["matrix"]),
    "an option": (["policylint", "check", "a.xml", "--skip"], ["--skip-non-exports"]),
    "a device": (["policylint", "check", "--device", "windows-p"], ["windows-phone"]),
    "the next of two devices": (["policylint", "devices", "wp7,windows-p"], ["wp7,windows-phone"]),
    "a server": (["policylint", "check", "--server", "exchange-2"],
                 ["exchange-2010", "exchange-2013", "exchange-2016", "exchange-2019"]),
    "a rule": (["policylint", "explain", "EAS101"], ["EAS101"]),
    "a property": (["policylint", "matrix", "--property", "AllowCam"], ["AllowCamera"]),
    "a form": (["policylint", "check", "--output", "ju"], ["junit"]),
    "what is selected": (["policylint", "check", "--ignore", "AllowCam"], ["AllowCamera"]),
    "a command of a command": (["policylint", "baseline", "pr"], ["prune"]),
    "a word of its own": (["policylint", "rules", "cov"], ["coverage"]),
    "one of few": (["policylint", "check", "--fail-on", "n"], ["note", "never"]),
    "a shell": (["policylint", "--show-completion", "po"], ["powershell"]),
    "nothing": (["policylint", "check", "no-such-"], []),
}  # fmt: skip


def ask(shell: str, asked: dict[str, str]) -> str:
    environment = {key: value for key, value in os.environ.items() if "COMPLETE" not in key}
    done = subprocess.run(
        [SCRIPTS / "policylint"],
        env={**environment, "_POLICYLINT_COMPLETE": f"complete_{shell}", "PYTHONIOENCODING": "utf-8", **asked},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert all(name in script(Shell(shell)) for name in ("_POLICYLINT_COMPLETE", *asked))
    return done.stdout


def in_bash(words: list[str]) -> list[str]:
    """Let bash itself call the function that its script defines, as it does when Tab is pressed."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    line = " ".join(map(shlex.quote, words))
    program = (
        'eval "$(policylint --show-completion bash)"; complete -p policylint >&2\n'
        f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}\n"
        "_policylint_completion policylint\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    path = os.pathsep.join([str(SCRIPTS), os.environ["PATH"]])
    done = subprocess.run(
        [bash, "--norc", "-c", program],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "complete -o default -F _policylint_completion policylint\n"
    return done.stdout.split()


def in_zsh(words: list[str]) -> list[str]:
    answer = ask("zsh", {"_TYPER_COMPLETE_ARGS": " ".join(words)})
    if answer == "_files\n":
        return []
    assert re.fullmatch(r"_arguments '\*: :\(\(.*\)\)'\n", answer, re.DOTALL)
    return re.findall(r'^(?:_arguments .\*: :\(\()?"([^"]*)"', answer, re.MULTILINE)


def in_fish(words: list[str]) -> list[str]:
    line = {"_TYPER_COMPLETE_ARGS": " ".join(words)}
    answer = ask("fish", {**line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"})
    return [row.split("\t")[0] for row in answer.splitlines() if row]


def in_powershell(words: list[str]) -> list[str]:
    line = {"_TYPER_COMPLETE_ARGS": " ".join(words), "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]}
    rows = [row.split(":::") for row in ask("powershell", line).splitlines() if row]
    assert all(len(row) == 2 and row[1] for row in rows), "PowerShell refuses a result without a description"
    return [value for value, _ in rows]


@pytest.mark.parametrize("kind", LINES)
@pytest.mark.parametrize("complete", [in_bash, in_zsh, in_fish, in_powershell])
def test_a_line_is_completed(complete: Callable[[list[str]], list[str]], kind: str) -> None:
    words, wanted = LINES[kind]
    assert complete(words) == wanted


@pytest.mark.parametrize("shell", Shell)
def test_the_script_of_a_shell_is_printed_wherever_one_is(shell: Shell) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "policylint", "--show-completion", shell], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{script(shell)}\n"
    assert done.stderr == ""


def test_an_unknown_shell_gets_the_names_of_the_known_ones() -> None:
    command = [sys.executable, "-m", "policylint", "--show-completion", "ksh"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert all(f"'{shell}'" in done.stderr for shell in Shell)


def test_the_script_for_powershell_is_powershell() -> None:
    tree = Parser(Language(tree_sitter_powershell.language())).parse(script(Shell.POWERSHELL).encode())
    assert not tree.root_node.has_error


def test_completing_loads_no_more_than_it_needs() -> None:
    program = (
        "import sys; sys.argv = ['policylint']\n"
        "from policylint.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*[name for name, module in sys.modules.items() if module], file=sys.stderr)\n"
    )
    asked = {"_POLICYLINT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "policylint check --dev"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"--device"' in done.stdout
    assert "ios>=4.0.1,<5" in done.stdout
    assert not {"rich", "pydantic", "lxml", "policylint.knowledge"} & set(done.stderr.split())


# --- what is offered is taken


def test_every_device_that_is_offered_is_a_query(knowledge: Knowledge) -> None:
    offered = completion.device_queries("")
    assert set(knowledge.families) <= {name for name, _ in offered}
    for name, about in offered:
        assert resolve([name], knowledge)
        assert about


def test_every_server_that_is_offered_is_known(knowledge: Knowledge) -> None:
    assert {find_server(name, knowledge).id for name, _ in completion.servers()} == {
        server.id for server in knowledge.servers
    }


def test_every_subject_that_is_offered_is_explained(knowledge: Knowledge) -> None:
    offered = [name for name, _ in completion.subjects()]
    assert len(offered) == len(set(offered))
    for name in offered:
        assert any(explain(name, knowledge))


def test_every_profile_that_is_offered_is_known(knowledge: Knowledge) -> None:
    offered = [find_profile(name, knowledge) for name, _ in completion.profiles()]
    assert offered == list(knowledge.profiles)


def test_every_selector_that_is_offered_selects(knowledge: Knowledge) -> None:
    assert selectors([name for name, _ in completion.selectors("")], knowledge)


def test_every_rule_and_profile_that_is_offered_has_a_page(knowledge: Knowledge) -> None:
    offered = {name for name, _ in completion.rules_or_work()} - {"check", "test", "coverage"}
    assert len(offered) == 2 * len(knowledge.rulebook.rules) + len(knowledge.profiles)
    for name in offered:
        assert any(explain_rule(name, knowledge))
