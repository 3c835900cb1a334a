"""policylint devices --agent and --device-type."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT

from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve


def run(*arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "policylint", "devices", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
        check=False,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


def test_an_agent_is_told_with_its_release_reading_and_sources() -> None:
    printed = run("--agent", "Apple-iPhone3C1/801.293")
    assert printed.startswith("agent Apple-iPhone3C1/801.293: ios 4.0\n")
    for part in ("version 4.0", "build 8A293", "iPhone 4", "how sure", "[ua-script", '--device "ios 4.0"'):
        assert part in printed


@pytest.mark.parametrize("arguments", [("--device-type", "WP8"), ("--agent", "Android/0.3"), ("--agent", "Nine-X/1")])
def test_the_query_can_be_used(knowledge: Knowledge, arguments: tuple[str, ...]) -> None:
    query = re.search(r'--device "(.*)"', run(*arguments))
    assert query
    assert resolve([query[1]], knowledge)
    assert run(query[1])


def test_both_are_told_apart_and_together() -> None:
    printed = run("--agent", "MSFT-WP/10.0.10240", "--device-type", "WindowsMail")
    heads = [line for line in printed.splitlines() if not line.startswith(" ")]
    assert heads == [
        "agent MSFT-WP/10.0.10240: one of windows-phone 10; windows-mail 10",
        "DeviceType WindowsMail: one of windows-mail 8.0–10",
        "both MSFT-WP/10.0.10240 with WindowsMail: windows-mail 10",
    ]
    assert "Agent and DeviceType agree" in printed


def test_a_disagreement_is_said_and_the_type_counts() -> None:
    printed = run("--agent", "Apple-iPhone3C1/801.293", "--device-type", "webos")
    assert "Agent and DeviceType disagree. The DeviceType counts" in printed
    assert "both Apple-iPhone3C1/801.293 with webos: webos" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--agent", "nonsense"), "agent nonsense: unknown"),
        (("--device-type", "nonsense"), "DeviceType nonsense: unknown"),
        (("--agent", "-"), "a client this knowledge has no data for (undecided)"),
        (("--agent", "Apple-iPhone/702.67 (EAS Thunderbird Connector)"), "an imitation"),
        (("--agent", "Apple-iPhone/301.10900001"), "ios, older than any release known"),
        (("--agent", "x" * 5000), "longer than 1000 characters"),
    ],
)
def test_what_is_not_a_known_device_is_an_answer_too(arguments: tuple[str, ...], said: str) -> None:
    printed = run(*arguments)
    assert said in printed
    assert "--device " not in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--agent", ""), "--agent is empty"),
        (("--agent", "-", "--device-type", "  "), "--device-type is empty"),
        (("wp7", "--agent", "-"), "goes without"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(arguments: tuple[str, ...], said: str) -> None:
    (line,) = run(*arguments, code=2).splitlines()
    assert line.startswith("policylint: error: ")
    assert said in line


@pytest.mark.parametrize("text", ["\x1b[2J\x07", "Moto-\x1b]0;x\x07/1.0", "Nine-\u202e/a", "a\nagent: ios", "\ud800"])
def test_a_hostile_text_does_not_reach_the_terminal(text: str) -> None:
    if "\ud800" in text and sys.platform != "win32":
        text = text.replace("\ud800", "\udcff")  # how Python hands over a byte that is not UTF-8
    for option in ("--agent", "--device-type"):
        for line in run(option, text).splitlines():
            assert line.isprintable()
            assert not line.startswith("agent: ")
