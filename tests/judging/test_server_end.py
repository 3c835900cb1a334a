"""What the server end decides, whatever a policy says."""

from collections.abc import Callable

import pytest
from formats import Formats
from policies import THREE, TWELVE, UNTOUCHED, policy

from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.knowledge.query import QueryError, find_server


@pytest.fixture(scope="session")
def judge(judged: Callable[..., Report], knowledge: Knowledge) -> Callable[..., Report]:
    """Judge typed settings for a query behind a server."""
    formats = Formats(knowledge.catalogue)

    def run(settings: list[dict[str, object]], device: str, server: str) -> Report:
        return judged(formats.json(settings), device, server=server)

    return run


def named(report: Report, rule: str) -> list[list[str]]:
    return [[each.label for each in finding.targets] for finding in report.findings if finding.rule.name == rule]


def test_exchange_online_says_once_who_cannot_connect_and_since_when(judge: Callable[..., Report]) -> None:
    report = judge([policy(TWELVE, THREE, gate=False), policy(THREE, gate=True, name="Other")], "wp8", "online")
    (finding,) = report.findings[:1]
    assert named(report, "cannot-connect") == [["windows-phone 8.0"]]
    assert "2026-03-01" in finding.message
    for verdicts in report.verdicts:
        assert list(verdicts.masks) == ["cannot-connect"]


def test_device_findings_behind_it_step_back(judge: Callable[..., Report]) -> None:
    report = judge([policy(TWELVE, THREE, gate=False)], "wp8,tbsync>=5", "exchange-online")
    spoken_of = {each.label for finding in report.findings for each in finding.targets if finding.rule.id != "EAS114"}
    assert "windows-phone 8.0" not in spoken_of
    assert "tbsync 5.3.4" in spoken_of


def test_clients_that_use_no_eas_there_are_not_concerned(judge: Callable[..., Report]) -> None:
    report = judge([UNTOUCHED], "outlook-mobile,macos-mail,surface-hub>1703", "online")
    assert named(report, "cannot-connect") == named(report, "server-end-unknown") == []


def test_a_version_that_nobody_knows_is_told_as_unknown(judge: Callable[..., Report]) -> None:
    report = judge([UNTOUCHED], "nine", "online")
    assert named(report, "server-end-unknown") == [["nine 2026"]]
    assert list(report.verdicts[0].masks) == ["accepted"]


def test_a_statement_of_support_is_no_block(judge: Callable[..., Report]) -> None:
    report = judge([UNTOUCHED], "wp7,wp8", "2016")
    assert named(report, "server-unsupported") == [["windows-phone 7.0", "windows-phone 7.5", "windows-phone 7.8"]]
    assert report.counts()["error"] == 0


@pytest.mark.parametrize(("server", "answer"), [("exchange-2013", "status 139"), ("exchange-2010", "HTTP 449")])
def test_a_refusal_says_what_the_phone_gets_from_that_server(
    judge: Callable[..., Report], server: str, answer: str
) -> None:
    report = judge([policy(THREE, gate=False)], "wp7", server)
    (finding,) = [each for each in report.findings if each.name == "RequireDeviceEncryption" and each.targets]
    assert answer in (finding.ruling.answer or "")


def test_properties_that_a_server_lacks_are_noted(judge: Callable[..., Report]) -> None:
    report = judge([UNTOUCHED], "wp7", "exchange-2010")
    lacking = {finding.name for finding in report.findings if finding.rule.name == "property-not-on-server"}
    assert lacking == {"AllowApplePushNotifications", "MobileOTAUpdateMode"}
    assert not named(judge([UNTOUCHED], "wp7", "exchange-2013"), "property-not-on-server")


def test_an_unknown_server_is_refused_with_those_there_are(knowledge: Knowledge) -> None:
    with pytest.raises(QueryError, match=r"exchange-2010, exchange-2013, .*exchange-online"):
        find_server("exchange-2003", knowledge)


@pytest.mark.parametrize(
    "server", ["exchange-2010", "exchange-2013", "exchange-2016", "exchange-2019", "exchange-se", "se", "Online"]
)
def test_every_server_is_found_by_id_and_alias(knowledge: Knowledge, server: str) -> None:
    assert find_server(server, knowledge)
