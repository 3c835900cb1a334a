"""policylint rules check, test and coverage; --rules and --server."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from policylint.knowledge import Knowledge, pack_directory
from policylint.knowledge.pack.lint import lint

Output = Callable[..., str]
OWN = "examples/own-pack"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / OWN, tmp_path / "pack")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_pack_is_in_order() -> None:
    assert [str(error) for error in lint(pack_directory())] == []


def test_a_pack_in_order_is_told(output: Output) -> None:
    assert output("rules", "check", OWN) == "the pack is in order\n"


def test_everything_wrong_is_told_at_once_with_file_and_line(output: Output, own: Path) -> None:
    edit(own / "devices" / "scanner.toml", '"RequireDeviceEncryption"', '"RequireDeviceEncryptoin"')
    edit(own / "checks" / "HOUSE001-short-password.toml", "below = 8", 'below = "eight"')
    edit(own / "sources.toml", "[house-standard]", '[nobody]\ntitle = "Never named"\n\n[house-standard]')
    printed = output("rules", "check", str(own), code=1)
    assert "scanner.toml:41: RequireDeviceEncryptoin is no property" in printed
    assert "HOUSE001-short-password.toml:18: this does not fit MinDevicePasswordLength" in printed
    assert "sources.toml:5: no statement names the source 'nobody'" in printed
    assert printed.endswith("3 errors\n")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Six characters"', 'title = "Six characters"\ndevice = "scaner"', "unknown device 'scaner'"),
        ('title = "Six characters"', 'title = "Six characters"\nserver = "exchange-2003"', "unknown server"),
    ],
)
def test_examples_may_not_ask_for_what_does_not_exist(
    output: Output, own: Path, old: str, new: str, message: str
) -> None:
    edit(own / "checks" / "HOUSE001-short-password.toml", old, new)
    assert message in output("rules", "check", str(own), code=1)


def test_examples_are_run(output: Output, own: Path) -> None:
    assert output("rules", "test", str(own)) == "3 examples, 0 failed\n"
    edit(own / "checks" / "HOUSE001-short-password.toml", "MinDevicePasswordLength = 6", "MinDevicePasswordLength = 9")
    printed = output("rules", "test", str(own), code=1)
    assert "HOUSE001 house-short-password, 'Six characters': it finds nothing" in printed
    assert printed.endswith("3 examples, 1 failed\n")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('settings = { AllowCamera = false }\nconfig = "devies = 1"', "unknown key 'devies'"),
        ('export = "{broken"', "the JSON is damaged here"),
    ],
)
def test_an_example_that_cannot_be_judged_is_told_and_no_crash(
    output: Output, own: Path, broken: str, said: str
) -> None:
    (rule,) = (own / "checks").iterdir()
    rule.write_text(f'{rule.read_text("utf-8")}\n[[examples]]\ntitle = "Broken"\n{broken}\n', encoding="utf-8")
    printed = output("rules", "test", str(own), code=1)
    assert "'Broken': it cannot be judged: " in printed
    assert said in printed
    assert "Traceback" not in printed


def test_the_shipped_examples_pass(output: Output) -> None:
    assert output("rules", "test").endswith(" 0 failed\n")


def test_coverage_counts_every_cell_of_every_family(output: Output, knowledge: Knowledge) -> None:
    rows = {line.split()[0]: line.split()[1:] for line in output("rules", "coverage").splitlines()[1:]}
    assert list(rows) == list(knowledge.families)
    settings = sum(known.kind == "device" for known in knowledge.catalogue.properties)
    for name, family in knowledge.families.items():
        provisioned = sum(target.provisioning.ability != "none" for target in family.targets)
        assert sum(map(int, rows[name][:3])) == provisioned * settings


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rules", "check", "nowhere"), "no such directory"),
        (("rules", "EAS101", OWN), "goes with check or test"),
        (("check", "examples/contoso.clixml", "--rules", "nowhere"), "no such directory"),
        (("check", "examples/contoso.clixml", "--rules", "docs"), "holds no pack"),
        (("check", "examples/contoso.clixml", "--server", "2003"), "unknown server"),
    ],
)
def test_usage_errors_are_one_line(output: Output, arguments: tuple[str, ...], message: str) -> None:
    printed = output(*arguments, code=2)
    assert message in printed
    assert printed.count("\n") == 1


def test_an_own_pack_takes_part_in_a_check(output: Output) -> None:
    printed = output("check", "examples/contoso.clixml", "--rules", OWN, "--device", "scanner", code=1)
    assert "HOUSE001 MinDevicePasswordLength is 6" in printed
    assert "refused on house-scanner 1.0, 1.4" in printed


def test_replacing_something_is_noted(output: Output, own: Path) -> None:
    edit(own / "devices" / "scanner.toml", 'family = "house-scanner"', 'family = "nine"')
    printed = output("check", "examples/contoso.clixml", "--rules", str(own), "--device", "nine", code=1)
    assert "scanner.toml replaces the family nine" in printed


def test_the_server_end_is_told_once(output: Output) -> None:
    printed = output("check", "examples/contoso.clixml", "--server", "online", "--device", "wp8", code=1)
    assert printed.count("EAS114") == 1
    assert printed.count("  cannot-connect ") == 1
    assert "Basic authentication is off" in printed
