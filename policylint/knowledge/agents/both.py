"""What a user agent and a DeviceType say together: the DeviceType counts where they disagree."""

from dataclasses import replace

from policylint.knowledge.agents.answer import Identification
from policylint.knowledge.families import Family, Target


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
