"""The strategy `open-gate`: let devices in that cannot obey, and list what they will then not do."""

from policylint.fixing.plan import Change, Hindrance, Plan
from policylint.fixing.subject import REFUSALS, Subject
from policylint.judging.rulings import WEAKNESSES
from policylint.knowledge.catalogue import GATE

NAME = "open-gate"

_NOT_GATED = "these devices need this value whether the gate is open or not: use --strategy relax or separate"


def open_gate(subject: Subject) -> Plan:
    """Set AllowNonProvisionableDevices to True."""
    after = subject.judged({GATE: True})
    left = [finding for finding in after if finding.rule.outcome in REFUSALS]
    hindrances = tuple(Hindrance(finding, _NOT_GATED) for finding in left)
    cured = tuple(each for each in subject.refusals if each.wording not in {finding.wording for finding in left})
    if not cured:
        return Plan(NAME, subject, hindrances=hindrances)
    known = subject.knowledge.catalogue[GATE]
    stated = subject.policy.get(GATE)
    change = Change(known, stated.value if stated else False, stated is not None, True, cured)
    unenforced = tuple(finding for finding in after if finding.rule.outcome in WEAKNESSES)
    return Plan(NAME, subject, (change,), hindrances, unenforced=unenforced)
