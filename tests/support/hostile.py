"""Hostile names, and pages that have a name in every place where an export or a caller can put one."""

from pathlib import Path

from formats import Formats
from policies import THREE, TWELVE, policy

from policylint.knowledge import load
from policylint.report.formats import rendered
from policylint.session import Session

KNOWLEDGE = load()
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!--",
    "]]>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe\u2066",
    "javascript:alert(1)",
    "&lt;b&gt;&amp;",
    "#policy=x&target=y",
    "x" * 10_000,
    "<details open ontoggle=alert(1)>",
]


def pages(name: str, folder: Path, formats: Formats) -> dict[str, str]:
    """Make a page of every kind with a name in all places where an export or a caller can put one."""
    folder.mkdir()
    settings_of = {**TWELVE, **THREE, "UnapprovedInROMApplicationList": ["calc.exe", f"{name}.exe"]}
    one, other = folder / "one.json", folder / "other.json"
    one.write_text(
        formats.json([policy(settings_of, gate=False, name=f"{name} 1"), policy(TWELVE, gate=True, name=f"{name} 2")]),
        encoding="utf-8",
    )
    other.write_text(formats.json([policy({"AllowCamera": False}, gate=False, name=f"{name} 1")]), encoding="utf-8")
    session = Session(["wp7", "common"], knowledge=KNOWLEDGE, chosen_by=name)
    report = session.check(one)
    single = folder / "single.json"
    single.write_text(formats.json([policy(settings_of, gate=False, name=f"{name} 1")]), encoding="utf-8")
    accounts = [(f"{name} a", str(single)), (f"{name} b", str(other))]
    reports = {
        "check": report,
        "matrix": report,
        "merge": session.merge(named=accounts),
        "diff": session.compare(one, other),
    }
    return {kind: "".join(rendered(made, "html", kind=kind)) for kind, made in reports.items()}
