"""What ties devices to servers, row by row, and which servers they pile up on."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from iis import FORMS, file_at, headed, line, read

from policylint.evidence.logs import Affinity, affinity, read_logs

TIME = "2022-07-20 06:51:02"
FRONT = FORMS["2010"].stem
Told = Iterable[tuple[str, str, int]]


def tied(told: Told, folder: Path, **said: object) -> Affinity:
    """Read lines of (address, server, number of the device); each device has a user of its own."""
    lines = [
        line(
            "2016",
            TIME,
            **{
                "client": f"203.0.113.{client}",
                "server": f"192.0.2.{server}",
                "device": f"D{device}",
                "user": f"user{device}",
                "stem": FRONT,
                "log": None,
                **said,
            },
        )
        for client, server, device in told
    ]
    return affinity(read(headed("2016", lines), folder=folder).reading)


def spread(devices: int, lines: int = 1) -> list[tuple[str, str, int]]:
    """Let every address go to a server of its own, and every device through the address of its number."""
    return [(str(number % 2), str(number % 2), number) for number in range(devices)] * lines


def test_source_ip(tmp_path: Path) -> None:
    assert tied(spread(10), tmp_path).tied == "source-ip"
    stray = [("0", "1", 0)]
    assert tied(spread(10, 2) + stray, tmp_path).tied == "source-ip"
    assert tied(spread(10, 2) + stray * 2, tmp_path).tied != "source-ip"


def test_user(tmp_path: Path) -> None:
    by_user = [("1", str(number % 2), number) for number in range(6)]
    assert tied(by_user * 4, tmp_path).tied == "user"
    assert tied(by_user * 20 + [("2", "0", 1)] * 6, tmp_path).tied == "user"
    assert tied(by_user * 20 + [("2", "0", 1)] * 7, tmp_path).tied == "none"


def test_none(tmp_path: Path) -> None:
    assert tied([("1", str(n % 2), n // 2) for n in range(12)], tmp_path).tied == "none"


def test_unknown(tmp_path: Path) -> None:
    assert tied([("1", "1", number) for number in range(9)], tmp_path).tied == "unknown"
    assert tied(spread(8), tmp_path).tied == "unknown"
    assert tied(spread(10), tmp_path, client="-").tied == "unknown"
    assert tied(spread(10), tmp_path, client="x.x.x.x").tied == "unknown"
    assert tied(spread(10), tmp_path, server="-").tied == "unknown"
    assert tied([], tmp_path) == Affinity("unknown", (), 0)


def test_an_address_needs_five_devices_and_only_such_count_for_addresses(tmp_path: Path) -> None:
    five = [("1", "1", number) for number in range(5)]
    lonely = [("2", str(number % 2), 9) for number in range(40)]
    assert tied(five + lonely, tmp_path).tied == "source-ip"
    assert tied(five[1:] + lonely, tmp_path).tied == "unknown"


def test_front_ends_decide_where_there_are_any(tmp_path: Path) -> None:
    """A back end sees the front end as its client, and so does the second server of a request that is sent on."""
    back = [line("2016", TIME, device=f"D{n}", client="192.0.2.69", server=f"192.0.2.{n % 2}") for n in range(12)]
    front = [
        line("2016", TIME, stem=FRONT, log=None, device=f"D{n}", client=f"203.0.113.{n % 2}", server=f"192.0.2.{n % 2}")
        for n in range(12)
    ]
    second = [text.replace("/Proxy/default.eas", "/default.eas") for text in back]
    assert affinity(read(headed("2016", back), folder=tmp_path).reading).tied != "source-ip"
    for others in (back, second):
        found = affinity(read(headed("2016", front + others), folder=tmp_path).reading)
        assert (found.tied, found.devices) == ("source-ip", 12)


def test_probes_have_no_place(tmp_path: Path) -> None:
    lines = [
        line("2010", TIME, client="203.0.113.9", server=f"192.0.2.{n % 2}", user="HealthMailbox1") for n in range(50)
    ]
    good = [
        line("2010", TIME, client=f"203.0.113.{n % 2}", server=f"192.0.2.{n % 2}", device=f"D{n}") for n in range(10)
    ]
    assert affinity(read(headed("2010", lines + good), folder=tmp_path).reading).tied == "source-ip"


def test_servers_and_their_shares(tmp_path: Path) -> None:
    told = [("1", "1", number) for number in range(9)] + [("2", "2", number) for number in (9, 10, 11)]
    found = tied(told, tmp_path)
    assert [tuple(server) for server in found.servers] == [("192.0.2.1", 9, 0.75), ("192.0.2.2", 3, 0.25)]
    assert found.devices == 12
    assert [server.server for server in found.piled] == ["192.0.2.1"]


@pytest.mark.parametrize(("here", "there", "piled"), [(9, 3, 1), (15, 5, 1), (8, 3, 0), (6, 6, 0)])
def test_devices_pile_up_from_one_and_a_half_of_the_fair_share(
    here: int, there: int, piled: int, tmp_path: Path
) -> None:
    told = [("1", "1", number) for number in range(here)] + [("2", "2", here + number) for number in range(there)]
    assert len(tied(told, tmp_path).piled) == piled


def test_nothing_piles_up_where_addresses_do_not_tie(tmp_path: Path) -> None:
    told = [(str(number % 3), "1", number) for number in range(18)] + [("1", "2", number) for number in range(18, 24)]
    found = tied(told * 3, tmp_path)
    assert found.tied == "user"
    assert found.piled == ()


def test_folders_stand_for_servers_where_no_column_does(tmp_path: Path) -> None:
    fields = FORMS["2010"].fields.replace(" s-ip", "")
    sources = []
    for server in ("CAS1", "CAS2"):
        folder = tmp_path / server / "W3SVC1"
        folder.mkdir(parents=True)
        lines = [
            line("2010", TIME, fields=fields, device=f"{server}{n}", client=f"203.0.113.{server[-1]}") for n in range(6)
        ]
        (folder / "u_ex220720.log").write_text(headed("2010", lines, fields=fields))
        sources.append(file_at(folder / "u_ex220720.log"))
    found = affinity(read_logs(sources, jobs=1).reading)
    assert found.tied == "source-ip"
    assert [server.server for server in found.servers] == [str(tmp_path / "CAS1"), str(tmp_path / "CAS2")]
