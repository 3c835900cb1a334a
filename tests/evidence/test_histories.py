"""Each row of the table of histories, as reading whole logs gives it, in the form of each generation of servers."""

from pathlib import Path

import pytest
from iis import FORMS, at, headed, history_of, line, read, rows_of

from policylint.evidence.logs import histories, missing_days

DAY = "2022-07-20 "
REFUSED = {"status": 142, "error": "DeviceNotProvisioned", "access": "BlockedP"}
REFRESH = {"status": 143, "error": "PolicyRefresh", "access": "AllowedG"}
STALE = {"status": 144, "error": "InvalidPolicyKey"}
BLOCKED = {"status": 126, "error": "UserDisabledForSync"}
FAULT = {"status": 165, "error": "DeviceInformationRequired"}
GOOD = {"status": 1, "access": "AllowedG"}
TOMORROW = [("2022-07-21 23:59:59", {"log": None, "device": "OTHER", "user": "lee"})]

HISTORIES = {
    "a fault since": (
        "client-fault",
        [("06:00:00", GOOD), ("07:00:00", FAULT), *((f"{h:02}:00:00", REFUSED) for h in (8, 9, 10))],
    ),
    "a fault and no success": ("client-fault", [("07:00:00", FAULT)]),
    "a fault before": ("syncing", [("07:00:00", FAULT), ("08:00:00", GOOD)]),
    "a fault in the second of the success": ("syncing", [("07:00:00", FAULT), ("07:00:00", GOOD)]),
    "three refused hours": ("broken-by-policy", [("07:10:00", REFUSED), ("08:10:00", REFUSED), ("09:10:00", REFUSED)]),
    "three refused hours since": (
        "broken-by-policy",
        [("07:00:00", GOOD), ("08:00:00", REFUSED), ("09:00:00", REFUSED), ("10:00:00", REFUSED)],
    ),
    "one of three in the hour of the success": (
        "syncing",
        [("08:00:00", GOOD), ("08:59:59", REFUSED), ("09:00:00", REFUSED), ("10:00:00", REFUSED)],
    ),
    "many refusals in two hours": (
        "unknown",
        [(f"07:{m:02}:00", REFUSED) for m in range(60)] + [("08:00:00", REFUSED)],
    ),
    "refused, with other blocks": (
        "broken-by-policy",
        [
            ("07:10:00", REFUSED),
            ("08:10:00", REFUSED),
            ("09:10:00", REFUSED),
            ("09:11:00", BLOCKED),
            ("09:12:00", REFRESH),
        ],
    ),
    "refreshes in three hours": ("refresh-dead", [("07:00:00", REFRESH), ("08:00:00", REFRESH), ("09:00:00", REFRESH)]),
    "refreshes in two hours, just now": ("unknown", [("07:00:00", REFRESH), ("08:00:00", REFRESH)]),
    "a refresh, then a day of silence": ("refresh-dead", [("06:00:00", GOOD), ("07:00:00", REFRESH), *TOMORROW]),
    "a refresh, a second short of a day": (
        "syncing",
        [("06:00:00", GOOD), ("23:59:59", REFRESH), ("2022-07-21 23:59:58", {"device": "OTHER", "user": "lee"})],
    ),
    "a refresh, then a success": (
        "syncing",
        [("06:00:00", GOOD), ("07:00:00", REFRESH), ("07:00:01", GOOD), *TOMORROW],
    ),
    "a dead refresh and a block": ("refresh-dead", [("06:30:00", BLOCKED), ("07:00:00", REFRESH), *TOMORROW]),
    "a block since": ("blocked-otherwise", [("06:00:00", GOOD), ("07:00:00", BLOCKED)]),
    "a block and a refusal, given up": ("blocked-otherwise", [("07:00:00", BLOCKED), ("07:01:00", REFUSED), *TOMORROW]),
    "a block before": ("syncing", [("06:00:00", BLOCKED), ("07:00:00", GOOD)]),
    "a refusal, then a day of silence": ("gave-up", [("07:00:00", REFUSED), *TOMORROW]),
    "a stale key, then a day of silence": ("gave-up", [("06:00:00", GOOD), ("07:00:00", STALE), *TOMORROW]),
    "a stale key, asked again": (
        "unknown",
        [("07:00:00", REFUSED), ("2022-07-21 07:00:00", STALE), *TOMORROW],
    ),
    "a refusal, just now": ("unknown", [("07:00:00", REFUSED)]),
    "a stale key, then a success": ("syncing", [("06:00:00", STALE), ("07:00:00", GOOD)]),
    "refused, then in": ("onboarding", [("06:00:00", REFUSED), ("06:00:08", GOOD)]),
    "refused for hours, then in": (
        "onboarding",
        [*((f"{h:02}:00:00", REFUSED) for h in range(5, 12)), ("12:00:00", GOOD)],
    ),
    "in, refused, and in again": ("syncing", [("05:00:00", GOOD), ("06:00:00", REFUSED), ("07:00:00", GOOD)]),
    "refused in the second of the first success": ("syncing", [("06:00:00", REFUSED), ("06:00:00", GOOD)]),
    "only good": ("syncing", [("06:00:00", GOOD)]),
    "only the front end": ("unknown", [("06:00:00", {"log": None})]),
    "only provisioning": ("unknown", [("06:00:00", {"command": "Provision", "status": 1})]),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", HISTORIES)
def test_histories(form: str, case: str, tmp_path: Path) -> None:
    expected, told = HISTORIES[case]
    lines = [line(form, time if len(time) > 8 else DAY + time, **said) for time, said in told]
    assert history_of(read(headed(form, lines), folder=tmp_path)) == expected
    assert history_of(read(headed(form, lines[::-1]), folder=tmp_path)) == expected


def edit(devices: int, others: int, hour: int = 9, **said: object) -> str:
    """Let devices meet a stale key and come back, beside others that had no such line that day."""
    lines = []
    for number in range(devices + others):
        who = {"device": f"DEV{number}", "user": f"user{number}"}
        lines.append(line("2013", f"{DAY}07:00:00", **who, **GOOD))
        if number < devices:
            lines.append(line("2013", f"{DAY}{hour:02}:30:00", **who, **{**STALE, **said}))
            lines.append(line("2013", f"{DAY}{hour:02}:31:00", **who, **GOOD))
    return headed("2013", lines)


@pytest.mark.parametrize(
    ("devices", "others", "expected"),
    [(5, 0, "policy-edit"), (5, 20, "policy-edit"), (5, 21, "syncing"), (4, 0, "syncing"), (20, 80, "policy-edit")],
)
def test_an_edit_hour_needs_five_devices_and_a_fifth_of_the_day(
    devices: int, others: int, expected: str, tmp_path: Path
) -> None:
    logs = read(edit(devices, others), folder=tmp_path)
    assert history_of(logs, "DEV1") == expected
    assert others == 0 or history_of(logs, f"DEV{devices}") == "syncing"


def test_an_edit_counts_where_the_device_came_back(tmp_path: Path) -> None:
    again = [line("2013", f"{DAY}10:00:00", device="DEV1", user="user1", **REFUSED)]
    logs = read(edit(5, 0), headed("2013", again), folder=tmp_path)
    assert history_of(logs, "DEV1") == "syncing"
    assert history_of(logs, "DEV2") == "policy-edit"
    assert history_of(read(edit(5, 0, **REFUSED), folder=tmp_path), "DEV2") == "policy-edit"


def test_an_edit_is_counted_by_devices_and_not_by_their_users(tmp_path: Path) -> None:
    lines = []
    for user in ("a", "b", "c", "d", "e"):
        lines += [line("2013", f"{DAY}09:00:00", user=user, **STALE), line("2013", f"{DAY}09:01:00", user=user, **GOOD)]
    logs = read(headed("2013", lines), folder=tmp_path)
    assert {row.history for row in rows_of(logs)} == {"syncing"}


def test_how_many_hours_is_a_choice(tmp_path: Path) -> None:
    lines = [line("2019", f"{DAY}{hour:02}:00:00", **REFUSED) for hour in (5, 6)]
    logs = read(headed("2019", lines), folder=tmp_path)
    assert history_of(logs, refused_hours=2) == "broken-by-policy"
    assert history_of(logs, refused_hours=3) == "unknown"


def test_a_row_tells_when_and_why_and_what_the_device_is(tmp_path: Path) -> None:
    lines = [
        line("2013", f"{DAY}05:00:00", agent="Android/4.1.2-EAS-1.3", kind="Android", **REFUSED),
        line("2013", f"{DAY}06:00:00", agent="Android/4.2-EAS-1.3", kind="Android", **GOOD),
        line(
            "2013", f"{DAY}07:00:00", agent="Android/4.2-EAS-1.3", kind="Android", error="UserPrincipalCouldNotBeFound"
        ),
    ]
    (row,) = rows_of(read(headed("2013", lines), folder=tmp_path))
    state = row.state
    assert (state.first, state.last) == (at(DAY + "05:00:00"), at(DAY + "07:00:00"))
    assert state.reasons == {"142": at(DAY + "05:00:00"), "125": at(DAY + "07:00:00")}
    assert state.agents == {"Android/4.1.2-EAS-1.3": state.first, "Android/4.2-EAS-1.3": state.last}
    assert state.types == {"Android": state.last}
    assert state.systems == {"Android 4.1.2": state.last}
    assert (state.first_refusal, state.first_success) == (at(DAY + "05:00:00"), at(DAY + "06:00:00"))


def test_days_without_logs_are_told(tmp_path: Path) -> None:
    lines = [line("2010", f"2022-07-{day} 05:00:00") for day in (20, 21, 24)]
    logs = read(headed("2010", lines), folder=tmp_path)
    assert [day - at("2022-07-01") // 86_400 + 1 for day in missing_days(logs.reading)] == [22, 23]
    assert missing_days(read(folder=tmp_path).reading) == []
    assert histories(read(folder=tmp_path).reading) == []
