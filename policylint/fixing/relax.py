"""The strategy `relax`: set just what offends to the loosest value that the devices take."""

from policylint.fixing.candidates import behind, other_names
from policylint.fixing.plan import Change, Hindrance, Plan
from policylint.fixing.subject import Subject
from policylint.judging.findings import Finding
from policylint.knowledge.catalogue import Property
from policylint.values import Value

NAME = "relax"


def relax(subject: Subject) -> Plan:
    """Loosen the offending settings. Where the devices cannot all be served that way, nothing is changed at all."""
    values: dict[str, Value] = {}
    because: dict[str, list[Finding]] = {}
    hindrances: list[Hindrance] = []
    while True:
        # what is set may offend another device, or leave the same flag set under its other name
        found = [(finding, *_wanted(finding)) for finding in subject.judged(values) if _is_ours(finding)]
        for finding, known, value in found:
            reason = _conflict(subject, finding, known, value, values)
            if reason:
                hindrances.append(Hindrance(finding, reason))
            for each in [known, *_also_demanded(subject, known)]:
                values[each.key] = value if each is known else _nothing(each)
                because.setdefault(each.key, []).append(finding)
        if hindrances:
            return Plan(NAME, subject, hindrances=tuple(hindrances))
        if not found:
            break
    beyond = tuple(Hindrance(finding, _ONLY_THE_GATE) for finding in subject.refusals if not _is_ours(finding))
    changes = tuple(_change(subject, key, value, because[key]) for key, value in values.items())
    return Plan(NAME, subject, changes, beyond, dropped=tuple(change for change in changes if change.loosens))


_ONLY_THE_GATE = "these devices provision no policy at all, so no setting helps: use --strategy separate or open-gate"


def _is_ours(finding: Finding) -> bool:
    return finding.rule.outcome in ("blocks", "blocks-some", "must-be")


def _wanted(finding: Finding) -> tuple[Property, Value]:
    assert finding.ruling.wanted is not None
    return finding.ruling.wanted


def _conflict(
    subject: Subject, finding: Finding, known: Property, value: Value, values: dict[str, Value]
) -> str | None:
    """Say why a value cannot be given to all devices alike."""
    apart = "give these devices a policy of their own (--strategy separate)"
    if known.key in values and values[known.key] != value:
        return f"other devices asked for need another value of {finding.name}: {apart}"
    lost = behind(known, subject.policy, subject.knowledge.catalogue)
    if known.is_neutral(value) and any(each.gate and value != each.gate.equals for each in lost):
        names = ", ".join(subject.policy.spell(each) for each in lost)
        return f"it would take {names} with it, on every device of these users: {apart}"
    return None


def _also_demanded(subject: Subject, known: Property) -> list[Property]:
    demanded = subject.policy.demanded()
    return [each for each in other_names(known, subject.knowledge.catalogue) if each.key in demanded]


def _nothing(known: Property) -> Value:
    return known.neutral[0] if known.neutral else None


def _change(subject: Subject, key: str, value: Value, findings: list[Finding]) -> Change:
    known = subject.knowledge.catalogue[key]
    setting = subject.policy.get(key)
    return Change(known, setting.value if setting else None, setting is not None, value, tuple(findings))
