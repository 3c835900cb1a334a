"""What is said of evidence that is not there."""

from collections.abc import Callable

import pytest
from inventories import POLICIES, device, mailboxes

from policylint.evidence.missing import missing
from policylint.evidence.reading import Evidence
from policylint.knowledge import Knowledge

Read = Callable[..., Evidence]
LOG = "#Fields: date time cs-uri-stem\n"


def test_each_kind_that_is_missing_is_said_once_with_its_command(read: Read, knowledge: Knowledge) -> None:
    told = list(missing(read({"p.csv": POLICIES}), knowledge.evidence, "on-premises"))
    assert [line.partition(":")[0] for line in told] == ["no accounts", "no assignments", "no devices", "no logs"]
    commands = ("Get-ADUser", "Get-CASMailbox", "Get-MobileDevice ", "W3SVC1")
    assert all(command in line for line, command in zip(told, commands, strict=True))


@pytest.mark.parametrize(("server", "command"), [("online", "Get-EXOCasMailbox"), ("exchange-2010", "Get-CASMailbox")])
def test_the_commands_are_those_of_the_server(read: Read, knowledge: Knowledge, server: str, command: str) -> None:
    told = list(missing(read({"d.csv": device("User", "Nia"), "l.log": LOG}), knowledge.evidence, server))
    assert told[0].startswith("no policies: nothing can be predicted; export again with: Get-")
    assert any(command in line for line in told)
    assert any("no DevicePolicyApplicationStatus" in line for line in told)
    assert any("Get-ADUser" in line for line in told) is (server != "online")


def test_where_all_is_there_nothing_is_said(read: Read, knowledge: Knowledge) -> None:
    files = {
        "p.csv": POLICIES,
        "m.csv": mailboxes("Name", ("Nia", "Default", "True")),
        "d.csv": device("User DevicePolicyApplicationStatus", "Nia", "AppliedInFull"),
        "a.csv": "Name,adminCount\nNia,1\n",
        "l.log": LOG,
    }
    assert not list(missing(read(files), knowledge.evidence))
