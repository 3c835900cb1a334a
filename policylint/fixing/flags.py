"""Properties that hang together: two names of one flag, and the switch that others wait behind."""

from policylint.knowledge.catalogue import Catalogue, Property
from policylint.policies.policy import Policy


def other_names(known: Property, catalogue: Catalogue) -> list[Property]:
    """List the properties that speak of the same flag under another name."""
    return [each for each in catalogue if known.key == each.same_flag_as or known.same_flag_as == each.key]


def behind(known: Property, policy: Policy, catalogue: Catalogue) -> list[Property]:
    """List the demands of a policy that count only while this property is on."""
    demanded = set(policy.demanded())
    return [
        each for each in catalogue if each.gate is not None and each.gate.property == known.key and each.key in demanded
    ]
