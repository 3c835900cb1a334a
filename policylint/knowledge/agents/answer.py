"""What can be said of a text that a client sent."""

from dataclasses import dataclass, replace
from typing import Literal

from policylint.knowledge.families import Family, Target

Kind = Literal["family", "candidates", "imitation", "no-family", "unknown"]


@dataclass(frozen=True, slots=True)
class Identification:
    """The device behind a text, as far as it can be told.

    `kind` is `family` (one client line), `candidates` (several possibilities, none of them preferred), `imitation`
    (known to pose as something else), `no-family` (a client the knowledge has no data for; `client` names it where it
    has a name) or `unknown`. `targets` are the releases it may be: none if the version is older than all releases
    known. `version` is the version as it was read, often finer than any release; `shown` are other readings, each with
    its label. `remarks` are sentences on how this was come by, `trust` is one on how far such texts can be believed at
    all. `platform` is a tag that agents may confirm. Sources are ids of the pack's sources.
    """

    asked: str
    kind: Kind
    families: tuple[Family, ...] = ()
    targets: tuple[Target, ...] = ()
    version: str | None = None
    shown: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    trust: str | None = None
    client: str | None = None
    platform: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def sure(self) -> tuple[str, ...]:
        """How far the answer can be believed, and why, in sentences."""
        open_ = "it cannot be told which of these releases it is" if len(self.targets) > 1 else None
        return (*self.remarks, *(each for each in (open_, self.trust) if each))


def together(agent: Identification, device_type: Identification, precedence: str) -> Identification:
    """Join the answers on a user agent and on a DeviceType of the same device.

    The first sentence of `sure` says how they stand to each other; `precedence` follows it where they disagree.
    """
    if agent.kind == "imitation":
        return _settled(agent, agent, device_type, "the agent is a known imitation, whatever the DeviceType says")
    if agent.kind == device_type.kind == "unknown":
        return _settled(agent, agent, device_type, "neither is known")
    if device_type.kind == "unknown":
        return _settled(agent, agent, device_type, "the DeviceType is unknown: the agent is all there is")
    if not agent.families:
        return _settled(device_type, agent, device_type, "the agent names no family: the DeviceType is all there is")
    families, targets = _common(agent, device_type)
    # a version older than all releases leaves no target; the families can agree all the same
    if not targets and (agent.targets or not families):
        return _settled(device_type, agent, device_type, f"agent and DeviceType disagree. {precedence}")
    settled = len(families) == 1 and len(agent.families) > 1
    joined = replace(agent, kind="family" if settled else agent.kind, families=families, targets=targets)
    return _settled(joined, agent, device_type, "agent and DeviceType agree")


def _common(agent: Identification, device_type: Identification) -> tuple[tuple[Family, ...], tuple[Target, ...]]:
    """Return the families and the releases that both allow."""
    platform = device_type.platform
    families = tuple(
        each for each in agent.families if (platform in each.tags if platform else each in device_type.families)
    )
    targets = tuple(
        each for each in agent.targets if (platform in each.family.tags if platform else each in device_type.targets)
    )
    return tuple(each for each in families if not targets or any(t.family is each for t in targets)), targets


def _settled(by: Identification, agent: Identification, device_type: Identification, why: str) -> Identification:
    return replace(
        by,
        asked=f"{agent.asked} with {device_type.asked}",
        remarks=(why, *(remark for remark in by.remarks if by.kind != "unknown")),
        sources=tuple(dict.fromkeys((*agent.sources, *device_type.sources))),
    )
