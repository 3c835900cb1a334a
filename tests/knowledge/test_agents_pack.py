"""What agents.toml and its tables may not say: each refusal names its file and its line."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

from policylint.knowledge import Knowledge, pack_directory
from policylint.knowledge.agents import load_agents
from policylint.knowledge.pack.reading import PackError

AGENT = """
[trust]
agent = "A claim."
type = "A claim."
both = "The type counts."
sources = ["ua-script"]

[[agents]]
pattern = '^Mail/(?P<ver>[0-9.]+)'
result = "family"
candidates = [{ family = "ios", versions = ">=4" }]
version = { group = "ver" }
shows = { ver = "version" }
examples = ["Mail/4.0"]
sources = ["ua-script"]

[[agents]]
pattern = '^Other'
result = "no-family"
examples = ["Other"]
sources = ["ua-script"]

[[types]]
values = ["Mail"]
result = "family"
candidates = [{ family = "ios" }]
sources = ["ua-script"]

[[types]]
prefixes = ["OTHER"]
result = "no-family"
examples = ["OTHER1"]
sources = ["ua-script"]
"""

TABLE = """
sources = ["appleua"]

[majors]
8 = 4

[builds.ios-build]
8A293 = "4.0"

[models.justworks]
iPod2C1 = "iPod touch 2"
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "agents.toml").write_text(AGENT, encoding="utf-8")
    (tmp_path / "builds.toml").write_text(TABLE, encoding="utf-8")
    return tmp_path


def refused(pack: Path, knowledge: Knowledge, old: str, new: str, message: str, line: str, name: str) -> None:
    path = pack / name
    text = path.read_text(encoding="utf-8").replace(old, new, 1)
    assert new in text
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_agents(knowledge, pack)
    assert re.search(message, str(caught.value)), caught.value
    number = int(str(caught.value).removeprefix(f"{path}:").split(":")[0])
    assert line in text.split("\n")[number - 1], caught.value


def test_the_pack_of_these_tests_is_valid(pack: Path, knowledge: Knowledge) -> None:
    assert load_agents(knowledge, pack).identify_agent("Mail/4.0").version == "4.0"


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("'^Other'", "'^Other('", "not a regular expression", "pattern = '^Other('"),
        ('examples = ["Other"]', 'examples = ["Othello"]', "does not match its own pattern", '["Othello"]'),
        ('examples = ["Mail/4.0"]', "examples = []", "at least 1 item", "examples = []"),
        ("'^Mail/(?P<ver>[0-9.]+)'", "'^Mail/(?P<ver>[0-9.]+)|^Other'", "'Other' is taken by the earlier", '["Other"]'),
        ('{ family = "ios", versions', '{ family = "mail", versions', "mail is no family", "candidates"),
        ('versions = ">=4"', 'versions = ">=400"', "holds for no release of ios", "candidates"),
        ('versions = ">=4"', 'versions = "4 or so"', "not a version requirement", "candidates"),
        ('result = "no-family"', 'result = "family"', "need candidates", 'result = "family"'),
        ('result = "no-family"', 'result = "perhaps"', "result", 'result = "perhaps"'),
        ('{ family = "ios", versions = ">=4" }', '{ family = "ios" }, { family = "nine" }', "one family", "candidates"),
        ('sources = ["ua-script"]\n\n[[types]]', 'sources = ["hearsay"]\n\n[[types]]', "'hearsay'", '["hearsay"]'),
        (
            'both = "The type counts."\nsources = ["ua-script"]',
            'both = "."\nsources = ["hearsay"]',
            "'hearsay'",
            "hearsay",
        ),
        ('{ group = "ver" }', '{ group = "version" }', "version is no named group", "version ="),
        ('{ ver = "version" }', '{ build = "build" }', "build is no named group", "shows"),
        ('{ group = "ver" }', '{ group = "ver", decode = "build-number" }', "needs a table", "version ="),
        ('{ group = "ver" }', '{ group = "ver", means = { 4 = "==400" } }', "no release of a candidate", "version ="),
        ('{ group = "ver" }', '{ group = "ver", unconfirmed = "old" }', "not a version requirement", "version ="),
        ('{ group = "ver" }', '{ group = "ver", table = "../x" }', "table", "version ="),
        ('prefixes = ["OTHER"]\n', "", "neither values nor prefixes", "[[types]]"),
        ('values = ["Mail"]', 'values = ["Mail", "MAIL"]', "described twice", "[[types]]"),
        ('examples = ["OTHER1"]', 'examples = ["Other"]', "not one of its own", '["Other"]'),
        ("shows = {", "show = {", "not permitted", "show ="),
    ],
)
def test_what_agents_may_not_say(pack: Path, knowledge: Knowledge, old: str, new: str, message: str, line: str) -> None:
    refused(pack, knowledge, old, new, message, line, "agents.toml")


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("8A293", "8A0293", "no build that a number could stand for", "8A0293"),
        ("8A293", "A8", "no build that a number could stand for", "A8"),
        ('"4.0"', '"four"', "not a version", "8A293"),
        ("[builds.ios-build]", "[builds.hearsay]", "'hearsay'", "[builds.hearsay]"),
        ("[models.justworks]", "[models.hearsay]", "'hearsay'", "[models.hearsay]"),
        ("[models.justworks]", '[builds.bd-iosmap]\n8A293 = "4.0"\n[models.justworks]', "already", '8A293 = "4.0"'),
        ('["appleua"]', '["hearsay"]', "'hearsay'", "hearsay"),
    ],
)
def test_what_a_table_may_not_say(
    pack: Path, knowledge: Knowledge, old: str, new: str, message: str, line: str
) -> None:
    path = pack / "agents.toml"
    rule = '{ group = "ver", decode = "build-number", table = "builds" }'
    path.write_text(AGENT.replace('{ group = "ver" }', rule), encoding="utf-8")
    refused(pack, knowledge, old, new, message, line, "builds.toml")


def test_a_pack_without_agents_says_so(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        load_agents(knowledge, tmp_path)


def test_the_example_of_the_guide_is_valid(tmp_path: Path, knowledge: Knowledge) -> None:
    for name in ("agents.toml", "apple-builds.toml"):
        shutil.copy(pack_directory() / name, tmp_path)
    guide = (ROOT / "docs" / "adding-an-agent.md").read_text(encoding="utf-8")
    entry = guide.split("```toml\n")[1].split("```")[0]
    path = tmp_path / "agents.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{entry}", encoding="utf-8")
    (text,) = tomllib.loads(entry)["agents"][0]["examples"]
    assert [target.label for target in load_agents(knowledge, tmp_path).identify_agent(text).targets] == [
        "windows-mail 8.1"
    ]
