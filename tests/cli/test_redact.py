"""--redact: no name of a policy, an account, a user or a file is in any form of any report, and it still works."""

import json
from pathlib import Path

import pytest
from conftest import ROOT
from formats import Formats
from policies import THREE, TWELVE, policy

from policylint.knowledge import Knowledge
from policylint.redacted import RedactedSession
from policylint.report.formats import KINDS, rendered
from policylint.session import Session

SECRETS = ("Zebra", "quagga", "okapi", "Gnu-Account", "tapir@contoso.example", "dodo")


@pytest.fixture
def files(tmp_path: Path, formats: Formats) -> dict[str, str]:
    """Exports with a secret in every place that holds names; the policy of one differs from that of the other."""
    (tmp_path / "quagga").mkdir()
    identity = {
        "Guid": "5c2e0f2e-0000-4000-8000-000000000001",
        "Identity": "Zebra",
        "DistinguishedName": "CN=Zebra,CN=Mobile Mailbox Policies,CN=okapi,DC=contoso",
        "AdminDisplayName": "okapi",
        "OrganizationId": "okapi",
        "OriginatingServer": "okapi.contoso.example",
    }
    made = {}
    for name, settings in (("old", TWELVE), ("new", {**TWELVE, **THREE})):
        found = [
            policy(settings, identity, gate=False, name="Zebra"),
            policy({"MinDevicePasswordLength": "many"}, gate=True, name="Zebra"),
            policy(settings, gate=False, name="Zebra copy"),
        ]
        for form in ("json", "csv", "clixml"):
            path = tmp_path / "quagga" / f"dodo-{name}.{form}"
            path.write_text(getattr(formats, form)(found), encoding="utf-8")
            made[f"{name}.{form}"] = str(path)
    users = tmp_path / "quagga" / "users.csv"
    guid = identity["Guid"]
    rows = ("user,account,policy", f"tapir@contoso.example,Gnu-Account,{guid}", "tapir@contoso.example,b,Zebra copy")
    users.write_text("\n".join(rows), encoding="utf-8")
    return {**made, "users": str(users)}


@pytest.mark.parametrize("form", ["json", "csv", "clixml"])
def test_no_form_of_any_kind_names_anybody(files: dict[str, str], form: str, knowledge: Knowledge) -> None:
    session = RedactedSession(["wp7", "common"], knowledge=knowledge)
    old, new = files[f"old.{form}"], files[f"new.{form}"]
    guid = "5c2e0f2e-0000-4000-8000-000000000001"
    report = session.check(old, show_passed=True, show_unknown=True)
    accounts = [("Gnu-Account", f"{old}#{guid}"), ("Zebra account", f"{new}#Zebra copy")]
    made = {
        "check": report,
        "matrix": report,
        "merge": session.merge(named=accounts),
        "users": session.merge_users(files["users"], new),
        "diff": session.compare(old, new),
    }
    for kind, each in made.items():
        for name in KINDS[kind].forms:
            text = "".join(rendered(each, name, kind=kind))
            assert text
            found = [secret for secret in SECRETS if secret.casefold() in text.casefold()]
            assert not found, (kind, name)
            assert guid not in text


def test_answers_are_those_of_a_report_with_names(files: dict[str, str], knowledge: Knowledge) -> None:
    plain, covered = (
        json.loads("".join(rendered(kind("common", knowledge=knowledge).check(files["new.json"]), "json")))
        for kind in (Session, RedactedSession)
    )
    for found in (plain, covered):
        for row in (*found["findings"], *found["verdicts"]):
            for name in ("policy", "location", "message", "fix"):
                row.pop(name, None)
        found["inputs"] = []
    assert covered == plain


def test_stand_ins_are_the_same_in_every_run_and_apart(files: dict[str, str], knowledge: Knowledge) -> None:
    names = [
        [each.policy.name for each in RedactedSession("wp7", knowledge=knowledge).check(files[name]).verdicts]
        for name in ("old.json", "new.csv")
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == 2
    assert all(name.startswith("policy-") for name in names[0])


def test_waivers_and_choices_go_by_the_real_name(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    export = str(ROOT / "examples" / "contoso.clixml")
    (tmp_path / "policylint.toml").write_text(
        '[[waivers]]\nrule = "EAS101"\npolicy = "Default"\nreason = "until spring"\nexpires = 2099-01-01\n',
        encoding="utf-8",
    )
    done = run("check", export, "-d", "wp7", "--redact", "-o", "json")
    assert done.returncode == 0
    waived = [each for each in json.loads(done.stdout)["findings"] if each["waived"]]
    assert waived
    assert not [each for each in waived if each["policy"] == "Default"]
    chosen = run("check", export, "-d", "wp7", "--redact", "--policy", "Windows Phone 7", "-o", "json")
    assert len(json.loads(chosen.stdout)["verdicts"]) == 3
    assert b"Windows Phone 7" not in chosen.stdout.replace(b"Windows Phone 7 ", b"").replace(b"Windows Phone 7.", b"")


def test_what_a_policy_would_come_to_names_nobody_either(run) -> None:  # type: ignore[no-untyped-def]
    export = str(ROOT / "examples" / "contoso.clixml")
    done = run(
        "check", export, "-d", "wp7", "--redact", "--policy", "Default", "--set", "AllowCamera=true", "-o", "json"
    )
    assert done.returncode in (0, 1)
    assert b'"Default"' not in done.stdout
    assert b"contoso.clixml" not in done.stdout
