"""Configuration files: what is found, what is refused and where, and the published schema."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from policylint.config.keys import KEYS, WAIVER_KEYS
from policylint.config.locating import nearest
from policylint.config.reading import ConfigError, read
from policylint.schemas.config import schema_text

WHOLE = """\
devices = ["wp7", "ios>=4"]
server = "online"
fail-on = "warning"
assume-gate = false
assume-complete = true
select = ["EAS1"]
ignore = ["AllowCamera"]
rules = ["our-rules"]
profiles = ["cis-exchange-2019"]
baseline = "known.json"

[severities]
EAS112 = "warning"

[[waivers]]
rule = "EAS101"
property = "AllowCamera"
policy = "Kiosk"
devices = ["wp7"]
reason = "phones are replaced by spring"
expires = 2027-03-31
"""


def write(directory: Path, text: str, name: str = "policylint.toml") -> Path:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_can_be_given(tmp_path: Path) -> None:
    config = read(write(tmp_path, WHOLE))
    assert set(config.values) == {key.name for key in KEYS}
    assert set(config.values["waivers"][0]) == {key.name for key in WAIVER_KEYS}
    assert config.values["rules"] == [str(tmp_path / "our-rules")]
    assert config.values["baseline"] == str(tmp_path / "known.json")
    assert config.line("waivers", 0, "expires") == 21


def test_the_same_in_a_table_of_pyproject(tmp_path: Path) -> None:
    text = WHOLE.replace("[severities]", "[tool.policylint.severities]").replace(
        "[[waivers]]", "[[tool.policylint.waivers]]"
    )
    config = read(write(tmp_path, "[project]\nname = 'x'\n\n[tool.policylint]\n" + text, "pyproject.toml"))
    assert config.values == read(write(tmp_path, WHOLE)).values
    assert config.line("waivers", 0) == 19


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\ndevies = []", 2, "unknown key 'devies'; did you mean devices?"),
        ("fail_on = 'error'", 1, "did you mean fail-on?"),
        ("devices = 'wp7'", 1, "devices takes a list of text, not 'wp7'"),
        ("devices = [7]", 1, "devices takes a list of text"),
        ("server = true", 1, "server takes text, not True"),
        ("assume-gate = 'no'", 1, "assume-gate takes true or false"),
        ("fail-on = 'fatal'", 1, "fail-on takes error or warning or note or never, not 'fatal'"),
        ("[severities]\n\nEAS101 = 'off'", 3, "EAS101 takes error or warning or note, not 'off'"),
        ("severities = ['EAS101']", 1, "severities takes a table of rules and severities"),
        ("waivers = 'all'", 1, "waivers takes a list of tables"),
        ("[[waivers]]\nrule = 'EAS101'\npolicy = 'P'", 1, "a waiver needs a reason"),
        ("[[waivers]]\nrule = 'EAS101'\npolicy = 'P'\nreason = ' '", 1, "a waiver needs a reason"),
        ("[[waivers]]\nreason = 'x'\n\n[[waivers]]\nreson = 'x'", 5, "did you mean reason?"),
        ("[[waivers]]\nreason = 'x'\nexpires = '2027-01-31'", 3, "expires takes a date such as 2027-01-31"),
        ("[[waivers]]\nreason = 'x'\nexpires = 2027-01-31T00:00:00", 3, "expires takes a date"),
        ("devices = [\n'wp7'", 2, "Unclosed array"),
        ("a = 1\na = 2", 2, "Cannot overwrite a value"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as told:
        read(path)
    message = str(told.value)
    assert message.startswith(f"{path}:{line}: ")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"devices = ['\xe9']"])
def test_what_is_not_utf_8_is_said_to_be(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "policylint.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match="not UTF-8"):
        read(path)


def test_a_directory_is_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read(tmp_path)


class TestNearest:
    def test_upward_and_the_nearest_wins(self, tmp_path: Path) -> None:
        deep = tmp_path / "a" / "b"
        deep.mkdir(parents=True)
        outer = write(tmp_path, "")
        assert nearest(deep) == outer
        inner = write(tmp_path / "a", "")
        assert nearest(deep) == inner

    def test_its_own_file_wins_over_pyproject(self, tmp_path: Path) -> None:
        project = write(tmp_path, "[tool.policylint]\n", "pyproject.toml")
        assert nearest(tmp_path) == project
        own = write(tmp_path, "")
        assert nearest(tmp_path) == own

    def test_a_pyproject_of_others_is_passed_over(self, tmp_path: Path) -> None:
        inner = tmp_path / "a"
        inner.mkdir()
        outer = write(tmp_path, "")
        write(inner, "[tool.ruff]\nexclude = ['policylint']\n", "pyproject.toml")
        assert nearest(inner) == outer
        write(inner, "broken = = 'policylint'", "pyproject.toml")
        assert nearest(inner) == outer

    @pytest.mark.parametrize(
        "text",
        [
            "[ tool . policylint ]\n",
            "[tool.'policylint']\n",
            "[[tool.policylint.waivers]]\n",
            "[tool]\npolicylint = {}\n",
            "tool.policylint.devices = []\n",
        ],
    )
    def test_however_the_table_is_written(self, tmp_path: Path, text: str) -> None:
        project = write(tmp_path, text, "pyproject.toml")
        assert nearest(tmp_path) == project

    def test_a_broken_pyproject_with_our_table_is_not_silence(self, tmp_path: Path) -> None:
        project = write(tmp_path, "[tool.policylint]\ndevices = [", "pyproject.toml")
        assert nearest(tmp_path) == project
        with pytest.raises(ConfigError):
            read(project)


class TestSchema:
    def test_it_takes_what_reading_takes(self) -> None:
        schema = json.loads(schema_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        data = json.loads(json.dumps(tomllib.loads(WHOLE), default=str))
        jsonschema.validate(data, schema, jsonschema.Draft202012Validator)

    @pytest.mark.parametrize(
        "text", ["devies = []", "fail-on = 'fatal'", "[severities]\nEAS101 = 'off'", "[[waivers]]\nrule = 'EAS101'"]
    )
    def test_it_refuses_what_reading_refuses(self, text: str) -> None:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tomllib.loads(text), json.loads(schema_text()), jsonschema.Draft202012Validator)
