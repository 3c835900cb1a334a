"""The strategy `separate`: a policy of their own for the users of these devices, as strict as the devices can be."""

from policylint.fixing.candidates import looser
from policylint.fixing.plan import Change, Hindrance, Plan
from policylint.fixing.subject import REFUSALS, Subject
from policylint.judging.findings import Finding
from policylint.judging.rulings import WEAKNESSES
from policylint.knowledge.catalogue import GATE, Property
from policylint.policies.changing import fresh
from policylint.policies.policy import Policy
from policylint.values import Value

NAME = "separate"

_APART = "these devices need different values, so that no policy serves them all: ask for them one by one"
_EMPTY = (
    "these devices are not known to meet a single demand of the policy, so that one of their own would ask nothing: "
    "use --strategy relax or open-gate, or keep these devices out"
)
_NOT_MET = (*REFUSALS, *WEAKNESSES, "unknown", "beyond-limits")


def separate(subject: Subject) -> Plan:
    """Make a policy of the demands that every target is known to meet, each as strict as all of them meet it."""
    name = subject.new_name
    keeper = _Keeper(subject, name)
    values = keeper.settle()
    because = keeper.because
    catalogue, policy = subject.knowledge.catalogue, subject.policy
    if not keeper.asks_something and not policy.hidden:
        return Plan(NAME, subject, hindrances=tuple(Hindrance(finding, _EMPTY) for finding in subject.refusals))
    changes, dropped = [], []
    for key, value in values.items():
        known, setting = catalogue[key], policy.get(key)
        found = tuple(because.get(key, ()))
        change = Change(known, setting.value if setting else None, setting is not None, value, found)
        needed = any(finding.rule.outcome == "must-be" for finding in found)
        if needed or not _goes_without_saying(known, value):
            changes.append(change)
        if change.loosens:
            dropped.append(change)
    return Plan(
        NAME,
        subject,
        tuple(changes),
        tuple(keeper.hindrances),
        tuple(dropped),
        tuple(finding for finding in keeper.found if finding.rule.outcome in WEAKNESSES),
        name,
    )


def _goes_without_saying(known: Property, value: Value) -> bool:
    """Tell whether a new policy asks nothing here by itself, as all sources say that name a default."""
    return known.is_neutral(value) and bool(known.defaults) and all(map(known.is_neutral, known.defaults))


class _Keeper:
    """Loosens a copy of the demands until no target has anything against what is left."""

    def __init__(self, subject: Subject, name: str):
        self._subject = subject
        self._name = name
        self._catalogue = subject.knowledge.catalogue
        self._values: dict[str, Value] = {GATE: False, **self._needs(), **self._demands()}
        self._needed: dict[str, Value] = {}
        self._hidden = set(subject.policy.hidden)
        self.because: dict[str, list[Finding]] = {}
        self.hindrances: list[Hindrance] = []
        self.found: list[Finding] = []

    def settle(self) -> dict[str, Value]:
        """Return the values of the new policy by key.

        Afterwards `because` has the findings that made them differ from those of the old one, `found` what is left to
        find.
        """
        while objections := self._objections():
            for finding in objections:
                self._give_way(finding)
        self.hindrances = [Hindrance(finding, _APART) for finding in self.found if finding.rule.outcome in REFUSALS]
        self._drop_what_is_gated_off()
        self._state_defaults()
        return self._values

    @property
    def asks_something(self) -> bool:
        """Whether the new policy has a demand, or a value that some target needs."""
        found = ((self._catalogue[key], value) for key, value in self._values.items())
        return bool(self._needed) or any(known.kind == "device" and not known.is_neutral(each) for known, each in found)

    def _needs(self) -> dict[str, Value]:
        """Start with nothing asked where some target needs something asked: it will object until it is."""
        cells = ((known, target.cell(known.key)) for known in self._catalogue for target in self._subject.targets)
        return {
            known.key: known.neutral[0]
            for known, cell in cells
            if cell.support == "must-be" and known.neutral and not known.is_neutral(known.written(cell.value))
        }

    def _demands(self) -> dict[str, Value]:
        policy = self._subject.policy
        demands: dict[str, Value] = {}
        for key in policy.demanded():
            setting = policy.get(key)
            if setting is not None and setting.property.kind == "device":
                demands[key] = setting.value
                gate = setting.property.gate
                if gate is not None and policy.get(gate.property) is None:
                    # the export hides the switch, and something behind it is asked for: the strict reading is "on"
                    demands[gate.property] = gate.equals
        return {key: value for key, value in demands.items() if self._counts(self._catalogue[key], demands)}

    def _counts(self, known: Property, values: dict[str, Value]) -> bool:
        """Tell whether a property is not kept out by the switch it waits behind."""
        gate = known.gate
        return gate is None or values.get(gate.property, not gate.equals) == gate.equals

    def _policy(self) -> Policy:
        return fresh(self._subject.policy, self._name, self._values, self._catalogue)

    def _objections(self) -> list[Finding]:
        self.found = self._subject.judge(self._policy())
        return [each for each in self.found if each.rule.outcome in _NOT_MET and self._can_give_way(each)]

    def _can_give_way(self, finding: Finding) -> bool:
        """Tell whether there is still something to loosen for a finding."""
        known = finding.known
        if finding.rule.outcome == "cannot-provision":
            return self._values[GATE] is False
        if known is None or known.key not in self._values:
            return False
        if finding.rule.outcome == "must-be":
            return known.key not in self._needed
        return not known.is_neutral(self._values[known.key])

    def _give_way(self, finding: Finding) -> None:
        known = finding.known
        assert known is not None
        if finding.rule.outcome == "cannot-provision":
            self._values[GATE] = True
        elif finding.rule.outcome == "must-be" and finding.ruling.wanted is not None:
            self._values[known.key] = self._needed[known.key] = finding.ruling.wanted[1]
        else:
            self._values[known.key] = self._next(known)
        told = self.because.setdefault(known.key, [])
        # what a device has against the value of the policy it may have against each looser one that is tried, too
        if not any(each.rule is finding.rule and not finding.ruling.mask & ~each.ruling.mask for each in told):
            told.append(finding)

    def _next(self, known: Property) -> Value:
        between = looser(known, self._values[known.key], self._subject.targets)
        return between[0] if between else (known.neutral or (None,))[0]

    def _drop_what_is_gated_off(self) -> None:
        self._values = {
            key: value for key, value in self._values.items() if self._counts(self._catalogue[key], self._values)
        }

    def _state_defaults(self) -> None:
        """Say outright that nothing is asked, where some page gives a new policy a default that asks something."""
        for known in self._catalogue:
            if known.kind != "device" or known.neutral is None or known.key in self._values:
                continue
            if known in self._hidden:
                continue  # what the old policy asks here is not known, so nobody may say that it asks nothing
            if self._counts(known, self._values) and any(not known.is_neutral(default) for default in known.defaults):
                self._values[known.key] = known.neutral[0]
