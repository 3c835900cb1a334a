"""The door for other programs: what docs/python.md shows, and what a session makes of slips."""

import contextlib
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from formats import Formats
from policies import THREE, TWELVE, policy

import policylint
from policylint import Session, UsageError
from policylint.knowledge import Knowledge
from policylint.report.formats import FOR_PEOPLE, KINDS, rendered


def test_the_page_does_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    found = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", page, re.DOTALL)
    assert len(found) == page.count("```python")
    names: dict[str, object] = {}
    for program, shown in found:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(program, names)
        assert printed.getvalue() == shown


def test_the_page_names_all_that_is_public_and_every_method_it_names_is_there() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for name in policylint.__all__:
        assert f"`{name}`" in page
        assert getattr(policylint, name)
    for name in re.findall(r"^\| `(\w+)\(", page, re.MULTILINE):
        assert callable(getattr(Session, name))
    with pytest.raises(AttributeError, match="Sesion"):
        _ = policylint.Sesion


def test_to_import_the_package_loads_none_of_it() -> None:
    program = "import sys, policylint; print(*(name for name in sys.modules if name.startswith('policylint')))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["policylint"]


@pytest.fixture
def export(tmp_path: Path, formats: Formats) -> Path:
    path = tmp_path / "policies.xml"
    path.write_text(formats.clixml([policy(TWELVE, THREE, gate=False), policy(name="Other")]), encoding="utf-8")
    return path


def slip(ask: Callable[[], object]) -> str:
    with pytest.raises(UsageError) as caught:
        ask()
    assert str(caught.value) == caught.value.messages[0]
    assert all(message and "\n" not in message for message in caught.value.messages)
    return str(caught.value)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"devices": "nobody"}, "unknown device 'nobody'"),
        ({"server": "exchange-1"}, "exchange-1"),
        ({"profiles": ["x"]}, "'x'"),
        ({"rules": ["not-there"]}, "no such directory"),
        ({"max_size": 0}, "max_size"),
    ],
)
def test_a_parameter_that_makes_no_sense(options: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        Session(**options)  # type: ignore[arg-type]
    assert told in str(caught.value)
    assert caught.value.option == next(iter(options))


def test_what_cannot_be_read_is_told(knowledge: Knowledge, export: Path, tmp_path: Path) -> None:
    session = Session("wp7", knowledge=knowledge)
    gone = str(tmp_path / "gone.xml")
    report = session.check(export, gone)
    assert len(report.verdicts) == 2
    assert report.unread == [f"{gone}: no such file or directory"]
    assert session.fix(export, gone).unread == report.unread
    for ask in (
        lambda: session.merge(f"{export}#Other", gone),
        lambda: session.merge_users(gone, export),
        lambda: session.merge_users(export, gone),
        lambda: session.compare(export, gone),
    ):
        assert "no such file or directory" in slip(ask)
    assert "two accounts or more" in slip(lambda: session.merge(export))
    assert "unknown property" in slip(lambda: session.property("AllowCamra"))
    assert "--git nowhere" in slip(lambda: session.compare_with("nowhere"))


def test_without_devices_nothing_is_judged(knowledge: Knowledge, export: Path) -> None:
    session = Session((), knowledge=knowledge)
    preview = session.merge(f"{export}#Default", f"{export}#Other")
    assert preview.settings
    assert not preview.admissions
    assert not preview.setup.judges
    assert all(not verdicts.masks for verdicts in session.check(export).verdicts)


def test_notes_go_to_whom_they_were_promised(knowledge: Knowledge, export: Path) -> None:
    (export.parent / "readme.txt").write_text("nothing to see", encoding="utf-8")
    heard: list[str] = []
    Session("wp7", knowledge=knowledge, note=heard.append).check(export.parent)
    assert heard == [f"{export.parent}: 1 other file passed over, no policy inside"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_of_every_kind_has_its_writer(kind: str, knowledge: Knowledge, export: Path, tmp_path: Path) -> None:
    session = Session("wp7", knowledge=knowledge)
    users = tmp_path / "users.csv"
    users.write_text("user,account,policy\nann,work,Other\n", encoding="utf-8")
    one, other = f"{export}#Default", f"{export}#Other"
    made = {
        "chain": lambda: session.chain(ROOT / "examples" / "chain" / "mended.pem"),
        "check": lambda: session.check(export),
        "fleet": lambda: session.fleet(export),
        "matrix": lambda: session.check(export),
        "property": lambda: session.property("AllowCamera"),
        "merge": lambda: session.merge(one, other),
        "users": lambda: session.merge_users(users, export),
        "fix": lambda: session.fix(export).script("relax"),
        "diff": lambda: session.compare(export, export),
    }[kind]()
    assert kind in (made.kind, "matrix")
    for form in KINDS[kind].forms:
        assert "".join(rendered(made, form, kind=kind))
    assert {"text", "json"} <= set(KINDS[kind].forms)
    assert FOR_PEOPLE[0] == "text"
