"""The bands of a policy say of every release what the engine says of it, whether it is of the run or not."""

from pathlib import Path

from formats import Formats
from generated import policies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.html.timeline import bands
from policylint.html.words import GRADE
from policylint.judging.cells import CLOSED
from policylint.judging.demands import demands_of
from policylint.knowledge import load
from policylint.session import Session

KNOWLEDGE = load()
FEW = ["windows-phone==7.0", "ios==27.0", "windows-mobile==6.0", "symbian-mfe", "samsung-email==17", "webos==1.0"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(found=policies(gate=False) | policies(), whole=st.booleans())
def test_a_band_says_what_the_engine_says(
    found: dict[str, object], whole: bool, tmp_path: Path, formats: Formats
) -> None:
    path = tmp_path / "export.json"
    path.write_text(formats.json([found]), encoding="utf-8")
    few = Session(FEW, knowledge=KNOWLEDGE, assume_complete=whole)
    (verdicts,) = few.check(path).verdicts
    asked = [(setting, gate) for setting, gate in demands_of(verdicts.policy) if gate != CLOSED]
    everyone = Session("all", knowledge=KNOWLEDGE, assume_complete=whole)
    (all_of_them,) = everyone.check(path).verdicts
    graded = {
        target.label: GRADE[verdict]
        for target, verdict in zip(everyone.targets.targets, all_of_them.by_target(everyone.targets), strict=True)
    }
    for band in bands(verdicts, asked, few.targets):
        family = KNOWLEDGE.families[band.family]
        told = []
        for part in band.stretches:
            count = round(part.width * len(family.targets) / 100)
            told += [part.grade] * count
        assert told == [graded[target.label] for target in family.targets], band.family
