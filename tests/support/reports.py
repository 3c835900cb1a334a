"""Reports that the tests of the formats share."""

from collections.abc import Callable

from formats import Formats
from policies import THREE, TWELVE, policy

from policylint.exports.reader import read_document
from policylint.judging.engine import Engine
from policylint.judging.findings import Waived
from policylint.judging.report import Input, Report
from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve
from policylint.policies.files import read_inputs
from policylint.policies.policy import PolicyReader
from policylint.report import concise, csv, github, gitlab, json, junit, markdown, sarif, text
from policylint.writing.style import Style

RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: "".join(text.render(report, Style(False))),
    "colour": lambda report: "".join(text.render(report, Style(True))),
    "statistics": lambda report: "".join(text.render_statistics(report, Style(False))),
    "concise": lambda report: "".join(concise.render(report, Style(False))),
    "json": lambda report: "".join(json.render(report)),
    "sarif": lambda report: "".join(sarif.render(report)),
    "github": lambda report: "".join(github.render(report)),
    "gitlab": lambda report: "".join(gitlab.render(report)),
    "junit": lambda report: "".join(junit.render(report)),
    "markdown": lambda report: "".join(markdown.render(report)),
    "csv": lambda report: "".join(csv.render(report)),
}

EXAMPLES = {
    "contoso": ("examples/contoso.clixml", "wp7"),
    "fabrikam": ("examples/fabrikam.json", "android-mail>=2,<3,ios>=3.1,<4.1,surface-hub"),
    "columns-cut": ("examples/columns-cut.csv", "windows-phone"),
    "pasted": ("examples/pasted.txt", "microsoft"),
}

RUNS = (*EXAMPLES, "hostile")

HOSTILE_NAME = "=1+1 | `x`\n::error::<b>@all</b> [a](http://b.example) {0} %0A ]]> \"'\u202e\x1b[31m\ufffe"
HOSTILE_PATH = "exports/größe, 50% [x]: a.json"


def report_on(run: str, knowledge: Knowledge) -> Report:
    """Judge one of the `RUNS`; the working directory has to be the root of the repository."""
    if run == "hostile":
        return hostile_report(knowledge)
    path, device = EXAMPLES[run]
    inputs = read_inputs([path], knowledge.catalogue, max_bytes=1 << 20)
    engine = Engine(knowledge, resolve([device], knowledge))
    return Report(
        program="0",
        knowledge="0",
        as_of="2026-11-22",
        targets=engine.targets,
        chosen_by=f"--device {device}",
        inputs=inputs.summary,
        verdicts=engine.judge(inputs.policies),
        sources=knowledge.sources,
    )


def hostile_report(knowledge: Knowledge, name: str = HOSTILE_NAME, path: str = HOSTILE_PATH) -> Report:
    """Judge policies of which one wants to break out of the report.

    Two of its findings do not count, the demands that devices meet are listed, and one policy has no findings.
    """
    apps = {"UnapprovedInROMApplicationList": ["@everyone", "www.b.example", "=cmd|' /C calc'!A0"]}
    export = Formats(knowledge.catalogue).json(
        [
            {**policy(TWELVE, THREE, apps, gate=False, name=name), "Guid": "11111111-1111-1111-1111-111111111111"},
            {"Name": "Calm", "AllowNonProvisionableDevices": True, "AllowCamera": True},
        ]
    )
    document = read_document(export.encode(), path)
    policies = PolicyReader(knowledge.catalogue).policies(document)
    engine = Engine(knowledge, resolve(["wp7"], knowledge), show_passed=True)
    report = Report(
        program="0",
        knowledge="0",
        as_of="2026-11-22",
        targets=engine.targets,
        chosen_by="--device wp7",
        inputs=[Input(path, document.format, len(policies))],
        verdicts=engine.judge(policies),
        sources=knowledge.sources,
    )
    first, second = [finding for finding in report.findings if finding.rule.severity == "error"][:2]
    first.waived = Waived("waiver", "gone by spring | ask @boss, see https://b.example/1", "2027-03-31")
    second.waived = Waived("baseline")
    return report
