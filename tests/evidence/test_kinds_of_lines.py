"""Each row of the table of lines, in the form of each generation of servers."""

import pytest
from iis import ERRORS, FORMS, by_the_block, by_the_line, headed, line, log_value

from policylint.evidence.logs.lines import Line, fields, read_line

TIME = "2022-07-20 06:51:02"
CODES = {
    112: "other-block",
    125: "other-block",
    126: "other-block",
    129: "other-block",
    140: "other-block",
    177: "other-block",
    165: "client-fault",
    143: "refresh",
    144: "stale-key",
    139: "refusal",
    141: "refusal",
    142: "refusal",
    145: "refusal",
}
every_form = pytest.mark.parametrize("form", FORMS)


def kind(form: str, **said: object) -> str:
    return read(form, **said).kind


def read(form: str, **said: object) -> Line:
    """Read a line by itself, and make sure that reading it in a block, and again, comes to the same."""
    text, columns = line(form, TIME, **said), str(said.get("fields", FORMS[form].fields))
    found = read_line(fields(tuple(columns.split())), text.encode())
    assert isinstance(found, Line), found
    log = headed(form, [text, text, text.replace(TIME, "2022-07-21 05:00:00")], columns)
    assert by_the_block(log) == by_the_line(log)
    return found


@every_form
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("said", ["status", "error", "both"])
@pytest.mark.parametrize("http", [200, 403, 449, 500])
def test_a_code_counts_by_number_and_by_name(form: str, code: int, said: str, http: int) -> None:
    status = code if said != "error" else None
    error = ERRORS[code] if said != "status" else ""
    found = read(form, status=status, error=error, http=http)
    assert (found.kind, found.reason) == (CODES[code], str(code))


@every_form
def test_the_first_row_that_holds_decides(form: str) -> None:
    assert kind(form, status=142, error="RemoteWipeRequested") == "other-block"
    assert kind(form, status=142, error="DeviceInformationRequired") == "client-fault"
    assert kind(form, status=142, error="PolicyRefresh") == "refresh"
    assert kind(form, status=143, error="InvalidPolicyKey") == "refresh"
    assert kind(form, status=144, access="BlockedP") == "stale-key"
    assert kind(form, status=126, access="BlockedP", http=449) == "other-block"
    assert kind(form, access="BlockedP", http=403) == "refusal"


@every_form
def test_access_blocked_by_policy_is_a_refusal_and_another_access_another_block(form: str) -> None:
    assert kind(form, access="BlockedP") == "refusal"
    assert kind(form, status=1, access="BlockedP") == "refusal"
    for access in ("BlockedG", "QuarantinedG", "DeviceDiscoveryG", "AwaitingG"):
        found = read(form, status=1, access=access)
        assert (found.kind, found.reason) == ("other-block", f"As:{access}")
    assert kind(form, status=1, access="AllowedG") == "success"
    assert kind(form, status=1, access="AllowedI") == "success"


@every_form
def test_a_bare_449_is_a_refusal(form: str) -> None:
    assert kind(form, http=449) == "refusal"
    assert kind(form, http=449, log=None) == "refusal"
    assert kind(form, http=449, status=1) == "refusal"
    assert kind(form, http=449, error="AirSyncPermanentException") == "nothing"
    assert kind(form, http=449, status=110) == "nothing"


@every_form
def test_a_403_is_another_block_where_exchange_gave_it(form: str) -> None:
    assert kind(form, http=403) == "other-block"
    assert kind(form, http=403, error="AirSyncPermanentException") == "other-block"
    assert kind(form, http=403, log=None) == "nothing"
    assert kind(form, http=403, substatus=4) == "nothing"
    assert kind(form, http=403, fields="date time cs-uri-stem cs-uri-query sc-status") == "other-block"


@every_form
def test_success(form: str) -> None:
    assert kind(form) == "success"
    assert kind(form, status=1) == "success"
    assert kind(form, command="FolderSync") == "success"
    assert kind(form, command="", method="POST") == "success"
    assert kind(form, command="Ping") == "success"
    assert kind(form, command="Ping", status=2) == "success"
    assert kind(form, command="ping", status=7) == "success"


@every_form
@pytest.mark.parametrize(
    "said",
    [
        {"log": None},
        {"status": 2},
        {"status": 3, "command": "Ping"},
        {"status": 3, "command": "Ping", "error": "PingCollisionDetected"},
        {"error": "TooManyJobsQueued"},
        {"error": "SomethingElse", "status": 1},
        {"command": "Provision"},
        {"command": "Provision", "status": 1},
        {"command": "", "method": "OPTIONS"},
        {"command": "Options"},
        {"extra": "_PrxTo:cas2"},
        {"http": 401},
        {"http": 401, "log": None},
        {"http": 409},
        {"http": 500},
        {"http": 503, "error": "TooManyJobsQueued"},
        {"http": 507},
    ],
    ids=str,
)
def test_nothing(form: str, said: dict[str, object]) -> None:
    assert kind(form, **said) == "nothing"


@every_form
def test_a_request_sent_on_counts_where_it_has_a_status(form: str) -> None:
    assert kind(form, extra="_PrxTo:cas2", status=1) == "success"
    assert kind(form, extra="_PrxTo:cas2", status=142) == "refusal"
    assert kind(form, extra="_PrxFrom:cas1") == "success"


def test_only_whole_tokens_are_read() -> None:
    """Statuses stand in keys, ids, times and escaped text all over a line."""
    assert (
        kind("2016", log="Sk:142_Sst142_Ssnf142_SC2:142_S142x_XS142_Cpo142%5FS142_Er:Error:PolicyRefresh") == "success"
    )
    assert kind("2016", log="TmTr:H%5FError:PolicyRefresh%5FAs:BlockedP_ErrorDeviceNotProvisioned") == "success"
    assert kind("2010", log="V2TCoSSC:0A0C0D0FS:1A0C0D0SP:1C2I105992S142R") == "success"


def test_an_error_may_have_text_behind_its_name() -> None:
    assert kind("2010", error="UserPrincipalCouldNotBeFound%3a+no+such+user", http=500) == "other-block"
    assert kind("2010", error="AirSyncPermanentException%3a+PolicyRefresh", http=500) == "nothing"
    assert kind("2010", error="devicenotprovisioned") == "refusal"
    assert kind("2010", error="%3f") == "nothing"


def test_the_first_of_a_key_counts_and_first_tokens_are_read() -> None:
    assert kind("2016", log="SC1:142_SC1:1") == "refusal"
    assert kind("2010", log="S:142") == "refusal"
    assert kind("2016", log="As:BlockedP_As:AllowedG") == "refusal"
    assert kind("2016", log="As:AllowedG_As:BlockedP") == "success"
    assert kind("2016", log="Error:PolicyRefresh") == "refresh"
    assert kind("2016", log="PrxTo:cas2") == "nothing"
    assert kind("2016", log="") == kind("2016", log=log_value("2016")) == "success"


@pytest.mark.parametrize(
    "more", ["&CorrelationID=<empty>;&log=S142_", "&LOG=S142_", "&Log=S142_&cafeReqId=1;", "&Log=S142_&Log=S1_"]
)
def test_a_log_stands_anywhere_in_a_query_and_in_any_case(more: str) -> None:
    query = "User=lee&DeviceId=DEV1&DeviceType=iPad&Cmd=Ping"
    assert kind("2016", query=query + more, log=None) == "refusal"
    assert kind("2010", query=query + more, log=None) == "refusal"


def test_what_a_line_says_of_its_device() -> None:
    found = read("2013", device="DEV9", kind="Android", agent="Android/4.1.2-EAS-1.3+x")
    assert (found.request.device, found.request.type, found.request.agent) == (
        "DEV9",
        "Android",
        "Android/4.1.2-EAS-1.3 x",
    )
    assert found.tokens.system == "Android 4.1.2"
    assert found.time == 1658299862
