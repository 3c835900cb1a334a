"""Pages of every kind, made of the examples."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from formats import Formats

from policylint.knowledge import Knowledge
from policylint.report.formats import rendered
from policylint.session import Session

EXAMPLES = ROOT / "examples"
KINDS = ("check", "matrix", "property", "merge", "users", "diff", "fleet")

Pages = Callable[..., str]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page of each kind, by its name."""
    from policylint.knowledge import load

    session = Session(["wp7", "common"], knowledge=load())
    contoso, fabrikam = str(EXAMPLES / "contoso.clixml"), str(EXAMPLES / "fabrikam.json")
    report = session.check(contoso, EXAMPLES / "exchange-online" / "policies.json")
    reports = {
        "check": report,
        "matrix": report,
        "property": session.property("AllowCamera"),
        "merge": session.merge(f"{contoso}#Default", fabrikam),
        "users": session.merge_users(EXAMPLES / "users.csv", contoso, fabrikam),
        "diff": session.compare(contoso, EXAMPLES / "proposal.json"),
        "fleet": Session("all", knowledge=session.knowledge).fleet(EXAMPLES / "fleet"),
    }
    return {kind: "".join(rendered(reports[kind], "html", kind=kind)) for kind in KINDS}


@pytest.fixture
def checked(knowledge: Knowledge, tmp_path: Path, formats: Formats) -> Pages:
    """Return the page of a check of some policies."""

    def page(*policies: dict[str, object], devices: str | list[str] = "common", form: str = "html") -> str:
        path = tmp_path / "export.json"
        path.write_text(formats.json(list(policies)), encoding="utf-8")
        return "".join(rendered(Session(devices, knowledge=knowledge).check(path), form))

    return page
