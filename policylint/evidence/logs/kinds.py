"""What kind a line is: the first row of the table that holds.

| a line is | when |
| --- | --- |
| other block | status or error 112, 125, 126, 129, 140, 177 |
| client fault | status or error 165 |
| refresh, stale key | status or error 143; 144 |
| refusal | status or error 139, 141, 142, 145; or access `BlockedP`; or HTTP 449 of which nothing else is said |
| other block | another access than `Allowed…`; or HTTP 403 with a `Log=` and substatus 0 |
| success | a `Log=`, HTTP 200, no error, status none or 1 (Ping also 2, 7), no Provision or OPTIONS, not sent on |
| nothing | all else |
"""

from functools import lru_cache
from typing import Literal

from policylint.evidence.logs import protocol
from policylint.evidence.logs.tokens import Tokens

Kind = Literal["other-block", "client-fault", "refresh", "stale-key", "refusal", "success", "nothing"]
Reason = str
"""What made a line its kind: a code (`142`), an access (`As:BlockedP`), `HTTP 449`; empty for success and nothing."""

_BY_CODE: tuple[tuple[Kind, frozenset[int]], ...] = (
    ("other-block", protocol.OTHER_BLOCK),
    ("client-fault", protocol.CLIENT_FAULT),
    ("refresh", protocol.REFRESH),
    ("stale-key", protocol.STALE_KEY),
    ("refusal", protocol.REFUSAL),
)


@lru_cache(maxsize=4096)
def kind_of(command: str, logged: bool, http: int, substatus: int, said: Tokens) -> tuple[Kind, Reason]:
    """Judge a line.

    `http` and `substatus` are the answer of HTTP (-1 where they are not logged), `logged` whether there is a `Log=`.
    A substatus that is not logged counts as 0: with a `Log=` Exchange itself answered.
    """
    status, error, code, access, proxied = said[:5]
    for kind, listed in _BY_CODE:
        for number in (status, code):
            if number in listed:
                return kind, str(number)
    word = access.lower()
    if word == protocol.BLOCKED_BY_POLICY:
        return "refusal", f"As:{access}"
    if http == protocol.RETRY_AFTER_PROVISIONING and not error and status in protocol.GOOD:
        return "refusal", "HTTP 449"
    if word and not word.startswith(protocol.ALLOWED):
        return "other-block", f"As:{access}"
    if http == 403 and logged and substatus in (0, -1):
        return "other-block", "HTTP 403"
    # of a request that was sent on, only the second server knows
    known = not proxied or status is not None
    good = status in (protocol.GOOD_PING if command == "ping" else protocol.GOOD)
    if logged and http == 200 and good and known and not error and command not in protocol.NO_PROOF:
        return "success", ""
    return "nothing", ""
