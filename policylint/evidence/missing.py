"""Evidence that is not there: what that costs, and the command that exports it."""

from collections.abc import Iterator

from policylint.evidence.reading import ACCOUNTS, DEVICES, LOGS, POLICIES, Evidence
from policylint.exports.reader import EXPORT_AGAIN
from policylint.knowledge.evidence import EvidenceKinds

ONLINE = "online"


def missing(evidence: Evidence, kinds: EvidenceKinds, server: str | None = None) -> Iterator[str]:
    """Say once of each kind of evidence that is not there which answers it costs, and how to get it.

    `server` names the commands: `online`, `on-premises` or `exchange-2010`. Exchange Online has no directory to ask and
    no logs to give.
    """
    found = evidence.kinds
    if POLICIES not in found:
        yield f"no policies: nothing can be predicted; {EXPORT_AGAIN}"
    for kind in kinds.values():
        if kind.kind not in found and not (kind.kind == ACCOUNTS and server == ONLINE):
            yield f"no {kind.kind}: {kind.costs}; export them with: {kind.command(server)}"
    if DEVICES in found and not any("status" in row.table.asked for row in evidence.devices):
        command = kinds[DEVICES].command(server)
        cost = "whether devices took their policy is not known"
        yield f"no DevicePolicyApplicationStatus: {cost}; export it with: {command}"
    if not evidence.logs and server != ONLINE:
        yield (
            f"no {LOGS}: when and how often devices were refused is not known; "
            "they are on the servers, in inetpub\\logs\\LogFiles\\W3SVC1 and W3SVC2"
        )
