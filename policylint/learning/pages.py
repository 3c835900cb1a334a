"""A step of an experiment as text and as JSON: the policy to try, what to do with the phone, what was learned."""

from collections.abc import Iterator
from datetime import timedelta

from policylint.judging.remedy import literal, quote
from policylint.knowledge.catalogue import Property
from policylint.learning.experiment import Experiment
from policylint.values import Value, to_json, to_text
from policylint.writing.json import dumps

_NAME = "'policylint trial'"
_READ = "DeviceType, DeviceModel, DeviceOS, DevicePolicyApplied, DevicePolicyApplicationStatus, LastSuccessSync"


def json_text(experiment: Experiment) -> str:
    """Return `policylint/experiment/1`."""
    return (
        dumps(
            {
                "schema": "policylint/experiment/1",
                "target": experiment.target.label,
                "step": experiment.step,
                "done": experiment.plan.done,
                "settings": {known.key: to_json(value) for known, value in experiment.trial.items()},
                "unknown": len(experiment.plan.open) + len(experiment.plan.suspects),
                "learned": [
                    {"property": known.key, "value": to_json(value), "support": "accepted" if taken else "blocks"}
                    for known, value, taken in experiment.learned()
                ],
            }
        )
        + "\n"
    )


def lines(experiment: Experiment, *, run: bool, state: str) -> Iterator[str]:
    """Yield the next step, or what was learned when there is none. With `run` the commands change something."""
    if experiment.plan.done:
        yield from _learned(experiment, state)
        return
    trial = experiment.trial
    unknown = len(experiment.plan.open) + len(experiment.plan.suspects)
    yield f"{experiment.target.label}, step {experiment.step}: {len(trial)} on trial, {unknown} not told apart yet"
    yield ""
    for known, value in trial.items():
        yield f"  {known.mobiledevice} {to_text(value)}"
    yield ""
    yield "1. Give the policy to a test mailbox, and to nobody else, in PowerShell:"
    yield ""
    yield from (f"   {line}" for line in _commands(experiment.policy, run=run))
    yield ""
    yield "2. On the phone, with that account only: sync, and accept what it asks for. Wait for mail, or for an error."
    yield "3. Read what came of it:"
    yield ""
    yield f"   Get-MobileDeviceStatistics -Mailbox $mailbox | Format-List {_READ}"
    yield ""
    yield "4. Answer, with the same file:"
    yield ""
    for status, answer in (("AppliedInFull", "took-all"), ("PartiallyApplied", "took-part"), ("NotApplied", "refused")):
        yield f"   {status:18} --answer {answer}"
    yield ""
    yield "When you are through, or want to stop, undo it:"
    yield ""
    yield from (f"   {line}" for line in _undo(run=run))
    if experiment.left_out and experiment.step == 1:
        yield ""
        yield "Not tried, though not known:"
        yield from (f"  {key}: {reason}" for key, reason in experiment.left_out.items())


def _commands(policy: dict[Property, Value], *, run: bool) -> Iterator[str]:
    whatif = "" if run else " -WhatIf"
    yield "$mailbox = 'TEST MAILBOX'"
    yield f"if (-not (Get-MobileDeviceMailboxPolicy {_NAME} -ErrorAction SilentlyContinue)) {{"
    yield f"    New-MobileDeviceMailboxPolicy -Name {_NAME}{whatif}"
    yield "}"
    yield "$settings = @{"
    yield from (f"    {known.mobiledevice} = {_in_table(value)}" for known, value in policy.items())
    yield "}"
    yield f"Set-MobileDeviceMailboxPolicy {_NAME} @settings{whatif}"
    yield f"Set-CASMailbox $mailbox -ActiveSyncMailboxPolicy {_NAME}{whatif}"


def _in_table(value: Value) -> str:
    """Write a value for a hashtable, where a bare word would be taken for a command."""
    return quote(to_text(value)) if isinstance(value, str | timedelta) else literal(value)


def _undo(*, run: bool) -> Iterator[str]:
    whatif = "" if run else " -WhatIf"
    yield f"Set-CASMailbox $mailbox -ActiveSyncMailboxPolicy $null{whatif}"
    yield f"Remove-MobileDeviceMailboxPolicy {_NAME} -Confirm:$false{whatif}"


def _learned(experiment: Experiment, state: str) -> Iterator[str]:
    steps = len(experiment.asked)
    yield f"{experiment.target.label}: every setting on trial is told apart, in {steps} step{'' if steps == 1 else 's'}"
    yield ""
    for known, value, taken in experiment.learned():
        yield f"  {'taken' if taken else 'refused':8} {known.key} {to_text(value)}"
    yield ""
    yield "Undo the policy:"
    yield ""
    yield "   $mailbox = 'TEST MAILBOX'"
    yield from (f"   {line}" for line in _undo(run=True))
    yield ""
    yield f"Keep it for --rules: policylint rules experiment '{experiment.target.label}' --state {state} --learn DIR"
