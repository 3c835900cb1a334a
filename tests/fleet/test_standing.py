"""Every row of the tables of observation and standing."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from fleets import SEEN, csv_of, device, whole_policy
from iis import IIS7, log_value

from policylint.evidence.policy_names import NamedPolicy
from policylint.fleet.observing import Observation
from policylint.fleet.predicting import Answer
from policylint.fleet.standing import standing
from policylint.judging.report import ACCESS
from policylint.knowledge import Knowledge
from policylint.knowledge.families import Target

Fleet = Callable[..., dict[str, Any]]
REFUSED = ("refused", "refused-on-some")
OTHERS = ("maybe", "let-in", "cannot-connect", "not-applicable")


def seen(word: str, *, stale: bool = False) -> Observation:
    return Observation(word, None, None, NamedPolicy("Default"), stale, stale)  # type: ignore[arg-type]


@pytest.fixture
def answer(knowledge: Knowledge) -> Callable[..., Answer]:
    def make(access: str, met: int = 0, partly: int = 0, unmet: int = 0, unknown: int = 0, **more: Any) -> Answer:
        target = more.get("target") or knowledge.families["ios"].targets[-1]
        return Answer(target, access, "unknown", met, partly, unmet, unknown, more.get("gate", False))

    return make


def of(observation: Observation, *answers: Answer, others: bool = False) -> str:
    return standing(observation, answers, [others] * len(answers))


DEMANDS = list(itertools.product((0, 1), repeat=3))


@pytest.mark.parametrize("access", ACCESS)
@pytest.mark.parametrize("word", SEEN)
def test_each_row(word: str, access: str, answer: Callable[..., Answer]) -> None:
    for partly, unmet, unknown in DEMANDS:
        for others in (False, True):
            found = of(seen(word), answer(access, 1, partly, unmet, unknown), others=others)
            weak = partly or unmet
            match word:
                case "external":
                    expected = "external"
                case "silent":
                    expected = "latent" if access in REFUSED else "unseen"
                case "refused" if access in REFUSED:
                    expected = "confirmed"
                case "refused":
                    expected = "others-took-it" if others else "learned" if access == "maybe" else "contradicted"
                case _ if access == "refused":
                    expected = "contradicted"
                case "took-all" if access == "maybe" or unknown:
                    expected = "learned"
                case "took-all":
                    expected = "claims-more" if weak else "confirmed"
                case "took-part" if weak:
                    expected = "confirmed"
                case "took-part":
                    expected = "learned" if access == "maybe" or unknown else "contradicted"
                case _:
                    expected = found  # by the target: see below
            assert found == expected, (partly, unmet, unknown, others)
            assert of(seen(word, stale=True), answer(access, 1, partly, unmet, unknown), others=others) == "stale"


def test_took_nothing_goes_by_what_the_client_does_when_asked(
    answer: Callable[..., Answer], knowledge: Knowledge
) -> None:
    def with_ability(ability: str, gate_open: str) -> Target:
        return next(
            target
            for target in knowledge.targets
            if (target.provisioning.ability, target.provisioning.gate_open) == (ability, gate_open)
        )

    none, whole = with_ability("none", "no-policy"), with_ability("all-or-nothing", "no-policy")
    unknown, partial = with_ability("unknown", "unknown"), with_ability("partial-answer", "enforces-what-it-can")
    nothing = seen("took-nothing")
    assert of(nothing, answer("let-in", target=none, gate=True)) == "confirmed"
    assert of(nothing, answer("refused", target=none)) == "contradicted"
    assert of(nothing, answer("let-in", target=whole, gate=True)) == "confirmed"
    assert of(nothing, answer("let-in", target=whole, gate=False)) == "contradicted"
    assert of(nothing, answer("let-in", target=whole, gate=None)) == "contradicted"
    assert of(nothing, answer("let-in", target=unknown, gate=True)) == "learned"
    assert of(nothing, answer("maybe", target=unknown)) == "learned"
    assert of(nothing, answer("let-in", target=partial, gate=True)) == "contradicted"


def test_several_releases_have_what_they_share_else_what_is_to_be_learned(answer: Callable[..., Answer]) -> None:
    took = seen("took-all")
    assert of(took, answer("let-in", 1), answer("maybe", 1)) == "learned"
    assert of(took, answer("let-in", 1), answer("let-in", 1, partly=1)) == "unseen"
    assert of(took, answer("refused"), answer("refused")) == "contradicted"
    assert of(took) == "unseen"
    assert of(seen("external")) == "external"


@pytest.mark.parametrize("word", SEEN)
def test_what_an_inventory_shows_is_seen(word: str, fleet: Fleet) -> None:
    rows = [device("ABC", "ios 26.0", "Nia Okafor", word)]
    (found,) = fleet({"devices.csv": csv_of(rows)})["devices"]
    assert found["seen"] == word


@pytest.mark.parametrize(
    ("columns", "word"),
    [
        ({"DeviceAccessStateReason": "Individual"}, "took-all"),
        ({"DeviceAccessState": "Quarantined"}, "took-all"),
        ({}, "refused"),
        ({"DevicePolicyApplicationStatus": "ExternallyManaged"}, "refused"),
        ({"DeviceAccessState": "BLOCKED", "DeviceAccessStateReason": "policy"}, "refused"),
    ],
)
def test_the_first_that_holds_is_seen(columns: dict[str, str], word: str, fleet: Fleet) -> None:
    both = {
        "DeviceAccessState": "Blocked",
        "DeviceAccessStateReason": "Policy",
        "DevicePolicyApplicationStatus": "AppliedInFull",
    }
    rows = [device("ABC", "ios 26.0", "Nia Okafor", **{**both, **columns})]
    (found,) = fleet({"devices.csv": csv_of(rows)})["devices"]
    assert found["seen"] == word


def refused_hours(*hours: int) -> str:
    """A log in which one device is refused at these hours of a day."""
    said = log_value("2010", 142, "DeviceNotProvisioned", "BlockedP")
    lines = [
        f"2026-11-02 {hour:02}:10:00 10.0.0.11 POST /Microsoft-Server-ActiveSync/default.eas "
        f"Cmd=Sync&User=nia&DeviceId=ABC&DeviceType=iPhone&Log={said} 443 CONTOSO\\nia 192.0.2.7 "
        "Apple-iPhone15C2/2301.341 200 0 0 12"
        for hour in hours
    ]
    return "\n".join([f"#Fields: {IIS7}", *lines, ""])


def test_logs_that_are_broken_by_policy_are_a_refusal(fleet: Fleet) -> None:
    inventory = csv_of([device("ABC", "ios 26.0", "nia", "took-all")])
    (two,) = fleet({"devices.csv": inventory, "u_ex.log": refused_hours(7, 8)})["devices"]
    assert (two["seen"], two["history"]) == ("took-all", "unknown")
    (three,) = fleet({"devices.csv": inventory, "u_ex.log": refused_hours(7, 8, 9)})["devices"]
    assert (three["seen"], three["history"]) == ("refused", "broken-by-policy")
    (lower,) = fleet({"devices.csv": inventory, "u_ex.log": refused_hours(7, 8)}, refused_hours=2)["devices"]
    assert lower["seen"] == "refused"


@pytest.mark.parametrize(
    ("applied", "updated", "stale"),
    [
        ("Closed", "2026-02-01T00:00:00Z", False),
        ("Closed", "2025-12-01T00:00:00Z", True),
        ("Closed", "", False),
        ("", "2025-12-01T00:00:00Z", True),
        ("Open", "2026-02-01T00:00:00Z", True),
        ("closed", "2026-02-01T00:00:00Z", False),
        ("CN=Closed,CN=Mobile Mailbox Policies,CN=Contoso,DC=contoso,DC=example", "", False),
    ],
)
def test_an_observation_of_another_policy_or_before_its_change_is_stale(
    applied: str, updated: str, stale: bool, fleet: Fleet, knowledge: Knowledge
) -> None:
    policies = [whole_policy(knowledge, name, gate=name == "Open") for name in ("Closed", "Open")]
    files = {
        "policies.json": json.dumps(policies),
        "mailboxes.csv": "PrimarySmtpAddress,ActiveSyncMailboxPolicy\nnia@contoso.example,Closed\n",
        "devices.csv": csv_of([device("ABC", "ios 26.0", "nia@contoso.example", "took-all", applied, updated)]),
    }
    made = fleet(files)
    (found,) = made["devices"]
    assert found["policy"] == "Closed"
    assert (found["standing"] == "stale") is stale
    assert any("LastPolicyUpdateTime" in note for note in made["notes"]) is (updated == "")


def test_enough_others_that_took_it_leave_the_person_or_the_hardware(fleet: Fleet, knowledge: Knowledge) -> None:
    policies = json.dumps([whole_policy(knowledge, "Closed", gate=False, default=True, AllowCamera=False)])
    rows = [device(f"A{n}", "ios 26.0", f"User {n}", "took-all") for n in range(3)]
    rows.append(device("B", "ios 26.0", "User 9", "refused"))
    made = fleet({"policies.json": policies, "devices.csv": csv_of(rows)})
    assert [row["standing"] for row in made["devices"] if row["device"] == "B"] == ["others-took-it"]
    assert "EAS604" in {finding["rule"] for finding in made["findings"]}
    made = fleet({"policies.json": policies, "devices.csv": csv_of(rows)}, enough=4)
    assert "others-took-it" not in {row["standing"] for row in made["devices"]}
