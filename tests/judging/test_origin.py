"""An export that says where it comes from: the server is proposed, once, and nothing is guessed."""

from pathlib import Path

import pytest
from formats import Formats
from policies import policy

from policylint.judging.origin import proposed
from policylint.knowledge import Knowledge
from policylint.session import Session

ONLINE = (
    "CN=Default,CN=Mobile Mailbox Policies,CN=Configuration,CN=contoso.onmicrosoft.com,CN=ConfigurationUnits,"
    "DC=EURPR01A001,DC=PROD,DC=OUTLOOK,DC=COM"
)
OWN = "CN=Default,CN=Mobile Mailbox Policies,CN=Contoso,CN=Microsoft Exchange,CN=Services,DC=contoso,DC=com"


@pytest.mark.parametrize(
    ("names", "is_online"),
    [
        ({"DistinguishedName": ONLINE}, True),
        ({"DistinguishedName": ONLINE.casefold()}, True),
        ({"OriginatingServer": "EURPR01A001.PROD.OUTLOOK.COM"}, True),
        ({"DistinguishedName": OWN}, False),
        ({"DistinguishedName": OWN.replace("contoso", "outlook")}, False),
        ({}, False),
    ],
)
def test_only_names_that_only_it_gives_say_so(
    names: dict[str, str], is_online: bool, tmp_path: Path, knowledge: Knowledge
) -> None:
    path = tmp_path / "p.xml"
    several = [policy(names, name=name, gate=True) for name in ("One", "Two")]
    path.write_text(Formats(knowledge.catalogue).clixml(several), encoding="utf-8")
    report = Session(knowledge=knowledge).check(path)
    told = list(proposed([each.policy for each in report.verdicts], knowledge.servers))
    assert told == ([f"{path} is from Exchange Online: --server online adds what it decides"] if is_online else [])
