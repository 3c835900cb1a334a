"""Which device a user agent, a DeviceType, a DeviceOS or a DeviceId tells of.

`load_agents(knowledge)` reads `agents.toml` and its tables, which no other command needs: they are not in the compiled
form of the pack.
"""

from policylint.knowledge.agents.answer import Identification, together
from policylint.knowledge.agents.files import load_agents
from policylint.knowledge.agents.lookup import LONGEST, Agents

__all__ = ["LONGEST", "Agents", "Identification", "load_agents", "together"]
