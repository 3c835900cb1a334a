"""policylint rules experiment as a program: a phone is found out step by step, and nothing is lost on a mistake."""

import json
from pathlib import Path

import pytest

LABEL = "samsung-email 17"


def step(run, *arguments: str) -> dict:
    done = run("rules", "experiment", LABEL, "--state", "s.json", "-o", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_phone_is_found_out_and_what_was_learned_is_used(run, tmp_path: Path) -> None:
    only = ("--only", "AllowCamera", "--only", "AllowHTMLEmail", "--only", "AllowBluetooth")
    seen = step(run, *only)
    while not seen["done"]:
        answer = "refused" if "AllowCamera" in seen["settings"] else "took-all"
        seen = step(run, "--answer", answer)
    assert {each["property"]: each["support"] for each in seen["learned"]} == {
        "AllowHTMLEmail": "accepted",
        "AllowCamera": "blocks",
        "AllowBluetooth": "accepted",
    }
    assert (
        b"holds what was learned" in run("rules", "experiment", LABEL, "--state", "s.json", "--learn", "learned").stderr
    )
    policy = [{"Name": "x", "AllowNonProvisionableDevices": False, "AllowCamera": False}]
    (tmp_path / "p.json").write_text(json.dumps(policy), encoding="utf-8")
    checked = run("check", "p.json", "--device", LABEL, "--rules", "learned")
    assert checked.returncode == 1
    assert b"Observed on 1 device" in checked.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("experiment", LABEL), b"needs a release and a file"),
        (("experiment", LABEL, "--state", "new.json", "--answer", "refused"), b"begin without --answer"),
        (("experiment", "ios 27.0", "--state", "s.json"), b"an experiment with samsung-email 17"),
        (("experiment", "samsung-email", "--state", "s.json"), b"one release"),
        (("experiment", LABEL, "--state", "s.json", "--only", "AllowBrowser"), b"other settings"),
        (("experiment", LABEL, "--state", "s.json", "--only", "DevicePasswordExpiration"), b"never tried"),
        (("experiment", LABEL, "--state", "s.json", "--only", "Nonsense"), b"no setting"),
        (("experiment", LABEL, "--state", "s.json", "--learn", "d"), b"told apart"),
        (("experiment", LABEL, "--state", "bad.json"), b"damaged"),
        (("experiment", LABEL, "--state", "."), b"cannot be read"),
        (("check", "--state", "s.json"), b"go with experiment"),
    ],
)
def test_a_mistake_is_told_and_loses_nothing(run, tmp_path: Path, arguments: tuple[str, ...], complaint: bytes) -> None:
    step(run, "--only", "AllowCamera", "--only", "AllowHTMLEmail")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = run("rules", *arguments)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert b"Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_asking_again_prints_the_same_step(run) -> None:
    first = step(run)
    assert step(run) == first
