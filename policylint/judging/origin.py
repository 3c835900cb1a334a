"""Which server policies come from, where their names say so plainly."""

from collections.abc import Iterable, Iterator

from policylint.knowledge.servers import Server
from policylint.policies.policy import Policy

_NAMES = ("DistinguishedName", "OrganizationId", "OriginatingServer")
"""The properties that hold names of the directory."""


def proposed(policies: Iterable[Policy], servers: Iterable[Server]) -> Iterator[str]:
    """Yield a note for each server that left its mark in some file: `--server` would add what it decides."""
    marked = [server for server in servers if server.marks]
    told: set[str] = set()
    files: set[int] = set()
    for policy in policies:
        if id(policy.document) in files:  # policies of one file come from one place
            continue
        files.add(id(policy.document))
        names = [str(value) for key in _NAMES if (value := policy.value(key))]
        for server in marked:
            if server.id not in told and any(map(server.left_its_mark, names)):
                told.add(server.id)
                yield f"{policy.document.path} is from {server.name}: --server {server.aliases[0]} adds what it decides"
