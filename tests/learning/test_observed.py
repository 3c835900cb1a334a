"""Observed packs: what is written is what is read, within its bounds, and never against what is documented."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.knowledge import load
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Family, Target
from policylint.knowledge.observed import bounds
from policylint.knowledge.pack.link_observed import lay_observed
from policylint.knowledge.pack.lint import lint
from policylint.knowledge.pack.reading import PackError, read_pack, refuse
from policylint.learning.observed import FILE, Learned, learn, observed_text, written
from policylint.session import Session

KNOWLEDGE = load()
DEVICE = [known for known in KNOWLEDGE.catalogue.properties if known.kind == "device"]
PLACES = [(target, known) for target in KNOWLEDGE.targets for known in DEVICE]


def tried(known: Property) -> list[Any]:
    """Values that ask something, one at each end where there is an order."""
    if known.type == "bool":
        found = [known.written(True), known.written(False)]
    elif known.members:
        found = [known.written(member) for member in known.members]
    elif known.type.endswith("timespan"):
        found = [known.written(text) for text in ("00:05:00", "00:15:00", "1.00:00:00")]
    elif known.type.endswith("list"):
        found = [("a.exe",), ("a.exe", "b.exe")]
    else:
        found = [known.written(number) for number in (2, 4, 8)]
    return [value for value in found if not known.is_neutral(value)]


def observation(target: Target, known: Property, value: Any, *, taken: bool) -> Learned | None:
    found = learn(known, value, target.cell(known.key), taken=taken)
    if found is None:
        return None
    support, within = found
    return Learned(target.family.id, f"=={target.version}", known.key, support, within, 71, 2, "2026-11-26")


def write(folder: Path, *learned: Learned) -> None:
    (folder / FILE).write_text(observed_text(learned, "Our devices"), encoding="utf-8")


def laid(folder: Path) -> dict[str, Target]:
    """The targets of all families, by label, once the pack of a folder is laid over them; without loading it all."""
    entries = json.loads(json.dumps([family.entry for family in KNOWLEDGE.families.values()]))
    known = {each.key: each for each in KNOWLEDGE.catalogue.properties}
    lay_observed(read_pack(folder, whole=False), entries, known, refuse)
    return {target.label: target for entry in entries for target in Family(entry).targets}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(range(len(PLACES))), st.integers(0, 2), st.booleans()), max_size=25))
def test_what_is_learned_is_read_back_within_its_bounds(tmp_path: Path, chosen: list[tuple[int, int, bool]]):
    wanted: dict[tuple[str, str], tuple[Target, Property, Any, bool, Learned]] = {}
    for place, number, taken in chosen:
        target, known = PLACES[place]
        values = tried(known)
        if values:
            value = values[number % len(values)]
            each = observation(target, known, value, taken=taken)
            if each is not None:
                wanted.setdefault((target.label, known.key), (target, known, value, taken, each))
    write(tmp_path, *(each for *_, each in wanted.values()))
    targets = laid(tmp_path)
    for target, known, value, taken, each in wanted.values():
        before, after = target.cell(known.key), targets[target.label].cell(known.key)
        seen = after.at(known, value)
        assert (seen.support, seen.evidence) == (each.support, "observed")
        assert (seen.support == "blocks") is not taken
        assert after.support == before.support  # outside the bounds nothing is said
        for other in tried(known):
            if not each.within.holds(known, other):
                assert after.at(known, other) is after
    untouched = [place for place in PLACES if (place[0].label, place[1].key) not in wanted]
    assert not any(targets[target.label].cell(known.key).observed for target, known in untouched)


@pytest.mark.parametrize("taken", [True, False])
def test_a_documented_cell_is_never_overridden(tmp_path: Path, taken: bool):
    documented = [
        (target, known)
        for target, known in PLACES
        if target.cell(known.key).evidence == "documented" and tried(known)
        if target.cell(known.key).support != "unmet"
    ]
    assert documented
    support = "accepted" if taken else "blocks"
    write(
        tmp_path,
        *(
            Learned(target.family.id, f"=={target.version}", known.key, support, within, 5, 1, "2026-11-26")
            for target, known in documented[::7]
            for within in [bounds(known, written(tried(known)[0]), taken=taken)]
        ),
    )
    targets = laid(tmp_path)
    for target, known in documented[::7]:
        cell = targets[target.label].cell(known.key)
        assert not cell.observed
        assert cell.at(known, tried(known)[0]) is cell


def test_the_order_of_what_was_learned_changes_nothing():
    nine = KNOWLEDGE.families["nine"].targets[0]
    each = [observation(nine, known, tried(known)[0], taken=bool(number % 2)) for number, known in enumerate(DEVICE)]
    learned = [one for one in each if one]
    assert observed_text(learned, "s") == observed_text([*reversed(learned), *learned], "s")


@pytest.mark.parametrize(
    ("key", "taken", "value", "inside", "outside"),
    [
        ("MinDevicePasswordLength", True, 6, [4, 6], [7, 12]),
        ("MinDevicePasswordLength", False, 6, [6, 12], [4, 5]),
        ("MaxInactivityTimeDeviceLock", True, "00:15:00", ["00:15:00", "01:00:00"], ["00:05:00", "Unlimited"]),
        ("MaxInactivityTimeDeviceLock", False, "00:15:00", ["00:05:00"], ["00:16:00"]),
        ("AllowCamera", True, False, [False], [True]),
        ("AllowBluetooth", True, "HandsfreeOnly", ["HandsfreeOnly"], ["Disable"]),
        ("AllowBluetooth", False, "HandsfreeOnly", ["HandsfreeOnly", "Disable"], ["Allow"]),
        ("MaxEmailAgeFilter", True, "OneWeek", ["OneWeek", "OneMonth"], ["OneDay", "All"]),
    ],
)
def test_a_value_speaks_of_looser_ones_taken_and_of_stricter_ones_refused(
    key: str, taken: bool, value: Any, inside: list[Any], outside: list[Any]
):
    known = KNOWLEDGE.catalogue[key]
    found = learn(known, known.written(value), KNOWLEDGE.families["nine"].targets[0].cell(key), taken=taken)
    assert found is not None
    assert all(found[1].holds(known, known.written(each)) for each in inside)
    assert not any(found[1].holds(known, known.written(each)) for each in outside)


def test_check_goes_by_what_was_observed(tmp_path: Path):
    nine = KNOWLEDGE.families["nine"].targets[0]
    html = KNOWLEDGE.catalogue["AllowHTMLEmail"]
    length = KNOWLEDGE.catalogue["MinDevicePasswordLength"]
    pack = tmp_path / "pack"
    pack.mkdir()
    write(
        pack,
        *filter(None, [observation(nine, html, False, taken=False), observation(nine, length, 6, taken=True)]),
    )
    assert not lint(pack)
    knowledge = load(own=[pack])
    export = [{"Name": "x", "AllowNonProvisionableDevices": False, "PasswordEnabled": True, "MinPasswordLength": 6}]
    path = tmp_path / "policies.json"
    for more, outcome in (({}, set()), ({"AllowHTMLEmail": False}, {"setting-blocks-sync"})):
        path.write_text(json.dumps([{**export[0], **more}]), encoding="utf-8")
        report = Session("nine", knowledge=knowledge).check(path)
        assert {each.rule.name for each in report.findings if each.ruling.evidence == "observed"} == outcome
    (finding,) = [each for each in report.findings if each.rule.name == "setting-blocks-sync"]
    assert "71 devices" in finding.ruling.reasons[0].note
    assert [source.title for source in finding.ruling.sources] == ["Our devices"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('family = "nine"', 'family = "ten"'), "3: ten is no family"),
        (('property = "AllowCamera"', 'property = "Camera"'), "5: Camera is no setting"),
        (('versions = "==2026"', 'versions = "==1"'), "4: ==1 holds for no release"),
        (("equals = [false]", 'equals = ["maybe"]'), "7: this does not fit AllowCamera"),
        (("within = { equals = [false] }", "within = {}"), "7: an observation holds for some values"),
        (("within = { equals = [false] }", "within = { min = 1 }"), "7: 1 is no size of AllowCamera"),
        (("devices = 3", "devices = 0"), "8: observed.0.devices"),
        (('support = "blocks"', 'support = "enforced"'), "6: observed.0.support"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], complaint: str):
    text = (
        'source = "ours"\n[[observed]]\nfamily = "nine"\nversions = "==2026"\nproperty = "AllowCamera"\n'
        'support = "blocks"\nwithin = { equals = [false] }\ndevices = 3\npolicies = 1\nas_of = 2026-11-26\n'
    )
    (tmp_path / FILE).write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(PackError, match=r"observed\.toml:" + complaint):
        laid(tmp_path)


def test_values_are_written_as_a_pack_reads_them():
    for known in DEVICE:
        for value in tried(known):
            assert known.written(written(value)) == value


def test_what_was_seen_here_shows_wherever_a_cell_is_shown(tmp_path: Path) -> None:
    def output(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "policylint", *arguments, "--rules", str(tmp_path)],
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        return " ".join(done.stdout.split())

    camera = Learned("nine", "==2026", "AllowCamera", "accepted", bounds_of("AllowCamera", False), 71, 2, "2026-11-26")
    write(tmp_path, camera)
    (tmp_path / "p.json").write_text(
        '{"Name": "P", "AllowNonProvisionableDevices": false, "AllowCamera": false}', encoding="utf-8"
    )
    checked = output("check", str(tmp_path / "p.json"), "-d", "nine", "--show-passed")
    assert "AllowCamera False: accepted on nine 2026 (observed on 71 devices here)" in checked
    assert "Seen here: accepted False on 71 devices" in output("matrix", "-p", "AllowCamera", "-d", "nine")
    assert "nine 2026 (seen here: accepted False on 71 devices)" in output("explain", "AllowCamera")
    assert "nine 2026: unknown. Seen here: accepted False on 71 devices." in output("explain", "AllowCamera", "--full")
    assert "Seen here: accepted False on 71 devices." in output("explain", "nine")
    assert re.search(r"known observed .*nine 0 0 43 0% 1 ", output("rules", "coverage"))


def bounds_of(key: str, value: Any) -> Any:
    known = KNOWLEDGE.catalogue[key]
    return bounds(known, written(known.written(value)), taken=True)
