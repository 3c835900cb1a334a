"""What was seen beside what is predicted: the first row of the table that holds.

| seen | standing |
| --- | --- |
| stale, whatever was seen | `stale` |
| external | `external` |
| silent | `latent` with access refused or refused-on-some; else `unseen` |
| refused | `confirmed` with access refused or refused-on-some; `others-took-it` where enough devices of the same release took the same policy in full; `learned` with access maybe; else `contradicted` |
| took-all | `contradicted` with access refused; `learned` with access maybe or unknown demands; `claims-more` with demands partly or not met; else `confirmed` |
| took-part | `contradicted` with access refused; `confirmed` with demands partly or not met; `learned` with access maybe or unknown demands; else `contradicted` |
| took-nothing | `contradicted` with access refused; `confirmed` where no policy is fetched; `learned` where it is not known whether one is; else `contradicted` |
"""  # noqa: E501 - a table has no line breaks

from collections.abc import Sequence
from typing import Literal, get_args

from policylint.fleet.observing import Observation, Seen
from policylint.fleet.predicting import Answer

Standing = Literal[
    "contradicted",
    "confirmed",
    "others-took-it",
    "latent",
    "learned",
    "claims-more",
    "stale",
    "external",
    "unseen",
]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
"""All standings, in the order in which reports count them."""

_REFUSED = ("refused", "refused-on-some")


def standing(observation: Observation, answers: Sequence[Answer], others_took_it: Sequence[bool]) -> Standing:
    """Return the standing of a device by its releases; `others_took_it` tells of each what the others did.

    A device that may be several releases has the standing that all of them share, else `learned` where one of them is,
    else `unseen`; one of which no release or no policy is known has none to compare with.
    """
    if observation.stale:
        return "stale"
    if observation.seen == "external":
        return "external"
    found = {
        _of_release(observation.seen, answer, others) for answer, others in zip(answers, others_took_it, strict=True)
    }
    if len(found) == 1:
        return found.pop()
    return "learned" if "learned" in found else "unseen"


def _of_release(seen: Seen, answer: Answer, others_took_it: bool) -> Standing:
    access = answer.access
    open_question = access == "maybe" or answer.unknown > 0
    weak = answer.partly > 0 or answer.unmet > 0
    match seen:
        case "silent":
            return "latent" if access in _REFUSED else "unseen"
        case "refused":
            if access in _REFUSED:
                return "confirmed"
            if others_took_it:
                return "others-took-it"
            return "learned" if access == "maybe" else "contradicted"
    if access == "refused":
        return "contradicted"
    match seen:
        case "took-all":
            return "learned" if open_question else "claims-more" if weak else "confirmed"
        case "took-part":
            return "confirmed" if weak else "learned" if open_question else "contradicted"
        case _:
            return _took_nothing(answer)


def _took_nothing(answer: Answer) -> Standing:
    provisioning = answer.target.provisioning
    if provisioning.ability == "none" or (provisioning.gate_open == "no-policy" and answer.gate is True):
        return "confirmed"
    return "learned" if "unknown" in (provisioning.ability, provisioning.gate_open) else "contradicted"
