"""The table of what is judged, as pure functions: a chain and its walk to faults. What concerns devices is apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from policylint.certificates.model import Certificate, Chain
from policylint.certificates.names import covers
from policylint.certificates.walk import Walk
from policylint.judging.findings import Reason
from policylint.writing.style import and_more

_WEAK_SIGNATURES = ("md2", "md4", "md5", "sha1")
_LEAST_RSA_BITS = 2048
_MANY = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What a chain is judged for: an instant in UTC, days that count as soon, and what phones trust if known."""

    at: datetime
    days: int = 30
    trusted: Chain | None = None

    @property
    def roots(self) -> tuple[Certificate, ...]:
        """The certificates that phones trust."""
        return self.trusted.certificates if self.trusted else ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to tell of a certificate: the outcome that reports it, and what completes its message.

    `mask` holds the targets that it concerns, `reasons` what is known of them, and `evidence` how well the fault itself
    is known where that is not certain. Where it concerns none by name it is true whatever the device. `key` tells
    faults apart that have the outcome and the certificate in common.
    """

    outcome: str
    certificate: Certificate
    detail: str = ""
    mask: int = 0
    reasons: tuple[Reason, ...] = ()
    evidence: str | None = None
    key: str = ""


def completeness(chain: Chain, walk: Walk, question: Question) -> bool | None:
    """Tell whether phones are shown a whole chain; None where the issuer of its end is taken for a root."""
    if not walk.is_open:
        return True
    leaf_only = len(walk.path) == 1
    gap = any(each not in walk.path for each in chain.certificates)
    return False if question.trusted is not None or leaf_only or gap else None


def judge(chain: Chain, walk: Walk, question: Question) -> Iterator[Fault]:
    """Yield the faults of a chain, in the order of the table; those that depend on a device are in `devices`."""
    yield from _whole(chain, walk, question)
    yield from _order(chain, walk)
    yield from _validity(walk, question)
    yield from _name(chain, walk)
    if walk.leaf.is_self_issued:
        yield Fault("certificate-self-signed", walk.leaf)
    yield from _weak(walk)
    if question.trusted and walk.end.is_self_issued and len(walk.path) > 1 and walk.end not in question.roots:
        yield Fault("root-unknown", walk.end)


def _whole(chain: Chain, walk: Walk, question: Question) -> Iterator[Fault]:
    complete = completeness(chain, walk, question)
    if complete is False:
        yield Fault("chain-incomplete", walk.end, _missing(chain, walk, question))
    elif complete is None:
        yield Fault("chain-taken-for-complete", walk.end, _short(walk.end.issuer))


def _missing(chain: Chain, walk: Walk, question: Question) -> str:
    """Say what is missing, how that shows, and where it could be had."""
    if any(each not in walk.path for each in chain.certificates):
        how = ", and what else was sent is not connected without it"
    elif len(walk.path) == 1:
        how = ": nothing but the server's own certificate was"
    else:
        how = ", and it is none of those in --roots"
    if walk.namesakes:
        how += "; one of that name is there, but its key does not verify the signature"
    where = next(iter(walk.end.addresses), None)
    return f'"{_short(walk.end.issuer)}" was not sent{how}' + (f" (to be had at {_short(where)})" if where else "")


def _order(chain: Chain, walk: Walk) -> Iterator[Fault]:
    served = dict.fromkeys(chain.certificates)
    positions = [chain.certificates.index(each) for each in walk.path if each in served]
    late = next((index for index in range(1, len(positions)) if positions[index] < positions[index - 1]), None)
    if chain.is_ordered and late is not None:
        yield Fault("chain-order", walk.path[late], f'"{_short(walk.path[late - 1].subject)}"')
    if walk.end.is_self_issued and walk.end is not walk.leaf and walk.end in served:
        yield Fault("chain-root-sent", walk.end)
    if not walk.is_open:
        for each in walk.strangers:
            yield Fault("chain-stranger", each, "is no part of a way from the server's own certificate to a root")
    for each in served:
        times = chain.certificates.count(each)
        if times > 1:
            yield Fault("chain-stranger", each, f"was sent {'twice' if times == 2 else f'{times} times'}", key="copies")


def _validity(walk: Walk, question: Question) -> Iterator[Fault]:
    for each in walk.path:
        if question.at < each.not_before:
            yield Fault("certificate-expired", each, f"is not valid before {_instant(each.not_before)}")
        elif question.at > each.not_after:
            yield Fault("certificate-expired", each, f"expired on {_instant(each.not_after)}")
        if question.at <= each.not_after <= question.at + timedelta(days=question.days):
            left = (each.not_after - question.at).days
            when = "in less than a day" if left < 1 else f"in {left} day{'s' if left > 1 else ''}"
            yield Fault("certificate-expires", each, f"{_instant(each.not_after)}, {when}")


def _name(chain: Chain, walk: Walk) -> Iterator[Fault]:
    if chain.host is None or covers(walk.leaf, chain.host):
        return
    names: Sequence[str] = walk.leaf.names
    called = ""
    if not names:
        names, called = walk.leaf.common_names, " by its common name, as it has no alternative names"
    held = and_more([_short(name) for name in names], _MANY)
    yield Fault("certificate-name", walk.leaf, f"{_short(chain.host)}, but for {held or 'no host at all'}{called}")


def _weak(walk: Walk) -> Iterator[Fault]:
    for each in walk.path:
        if each.is_self_issued:
            continue
        if each.signature in _WEAK_SIGNATURES:
            yield Fault("certificate-weak", each, f"is signed with {hash_name(each.signature)}", key="signature")
        if each.key == "rsa" and each.bits is not None and each.bits < _LEAST_RSA_BITS:
            yield Fault("certificate-weak", each, f"has an RSA key of {each.bits} bits", key="key")


def hash_name(name: str) -> str:
    """Write the name of a hash as people do."""
    return name.upper().replace("SHA", "SHA-", 1) if name.startswith("sha") else name.upper()


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:197]}…"
