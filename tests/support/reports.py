"""Reports that the tests of the formats share."""

from pathlib import Path

from formats import Formats
from policies import THREE, TWELVE, Settings, policy, shortened
from stamps import undated_session

from policylint.exports.reader import read_document
from policylint.judging.findings import Waived
from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.policies.files import Input, Inputs
from policylint.policies.policy import Policy
from policylint.policies.reading import PolicyReader
from policylint.report.formats import KINDS, rendered
from policylint.writing.style import Look, Style

LOOKS = {
    "colour": ("text", Look(Style(True))),
    "lines": ("text", Look(group="line")),
    "statistics": ("text", Look(statistics=True)),
}

RENDERERS = (*(form for form in KINDS["check"].forms if form != "html"), *LOOKS)


def written(report: Report, renderer: str) -> str:
    """Write a report in a form, or as text with another look."""
    return "".join(rendered(report, *LOOKS.get(renderer, (renderer,))))


Export = tuple[str, str, list[Settings]]

EXPORTS: dict[str, Export] = {
    "refused": (
        "clixml",
        "alder1",
        [
            policy(TWELVE, THREE, {"DevicePasswordHistory": 51}, gate=False),
            policy(TWELVE, {"IsDefaultPolicy": False}, gate=False, name="As listed"),
            policy(TWELVE, {"AllowStorageCard": True, "IsDefaultPolicy": False}, gate=True, name="Open"),
        ],
    ),
    "some": (
        "json",
        "birch,cedar",
        [policy(TWELVE, THREE, {"DevicePasswordHistory": 8, "AllowBluetooth": "Disable"}, gate=False, name="Fabrikam")],
    ),
    "cut": ("csv", "all", [{"Name": "Cut", "RequireDeviceEncryption": True, "AllowCamera": False, "Colour": "red"}]),
    "pasted": ("listing", "phone", [policy(TWELVE, {"DevicePasswordEnabled": False}, gate=True, name="Größe 7")]),
}
"""Each run of one export: its format, the devices, the policies in it."""

RUNS = (*EXPORTS, "hostile")

HOSTILE_NAME = "=1+1 | `x`\n::error::<b>@all</b> [a](http://b.example) {0} %0A ]]> \"'\u202e\x1b[31m\ufffe"
HOSTILE_PATH = "exports/größe, 50% [x]: a.json"


def report_on(run: str, small: Knowledge) -> Report:
    """Judge one of the `RUNS` by the small pack."""
    if run == "hostile":
        return hostile_report(small)
    path, export = exported(run, small)
    return _report(small, export, path, EXPORTS[run][1])


def exported(run: str, small: Knowledge) -> tuple[str, str]:
    """Write the export of a run: its path and its text."""
    form, _, policies = EXPORTS[run]
    export = Formats(small.catalogue).all([shortened(each, small.catalogue) for each in policies])[form]
    return f"exports/{run}.{form}", export


def read(run: str, small: Knowledge) -> tuple[Input, list[Policy]]:
    """Read the export of a run."""
    path, export = exported(run, small)
    document = read_document(export.encode(), path)
    policies = PolicyReader(small.catalogue).policies(document)
    return Input(path, document.format, len(policies)), policies


def documented(knowledge: Knowledge) -> Report:
    """Judge the example of the README by the shipped pack; the working directory has to be the root."""
    path = "examples/contoso.clixml"
    return _report(knowledge, Path(path).read_text(encoding="utf-8"), path, "wp7")


def _report(knowledge: Knowledge, export: str, path: str, device: str, **options: bool) -> Report:
    document = read_document(export.encode(), path)
    policies = PolicyReader(knowledge.catalogue).policies(document)
    inputs = Inputs(policies, [Input(path, document.format, len(policies))])
    return undated_session(knowledge, device).judge(inputs, **options)


def hostile_report(small: Knowledge, name: str = HOSTILE_NAME, path: str = HOSTILE_PATH) -> Report:
    """Judge policies of which one wants to break out of the report.

    Two of its findings do not count, the demands that devices meet are listed, and one policy has no findings.
    """
    apps = {"UnapprovedInROMApplicationList": ["@everyone", "www.b.example", "=cmd|' /C calc'!A0"]}
    hostile = {**policy(TWELVE, THREE, apps, gate=False, name=name), "Guid": "11111111-1111-1111-1111-111111111111"}
    calm = {"Name": "Calm", "AllowNonProvisionableDevices": True, "AllowCamera": True}
    export = Formats(small.catalogue).json([shortened(hostile, small.catalogue), calm])
    report = _report(small, export, path, "alder1", show_passed=True)
    first, second = [finding for finding in report.findings if finding.rule.severity == "error"][:2]
    first.waived = Waived("waiver", "gone by spring | ask @boss, see https://b.example/1", "2027-03-31")
    second.waived = Waived("baseline")
    return report
