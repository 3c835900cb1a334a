"""Which device a user agent, a DeviceType, a DeviceOS or a DeviceId tells of.

`load_agents(knowledge)` reads `agents.toml` and its tables, which few commands need: they have a compiled form of their
own.
"""

from policylint.knowledge.agents.answer import Identification, together
from policylint.knowledge.agents.files import load_agents
from policylint.knowledge.agents.lookup import LONGEST, Agents

__all__ = ["LONGEST", "Agents", "Identification", "load_agents", "together"]
