"""Rules as SARIF describes them: what a service shows beside a finding."""

from collections.abc import Iterator, Mapping
from typing import Any

from policylint.knowledge import Source
from policylint.knowledge.families import first_sentence
from policylint.knowledge.rulebook import Rule
from policylint.report.words import DEMAND_MET
from policylint.writing.markdown import escaped


def descriptor(rule: Rule, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return the `reportingDescriptor` of a rule; a source that is not among `sources` is named by its id."""
    entry = rule.entry
    meaning, why, fix = entry["meaning"], entry["why"], entry["fix"]
    cited = [sources.get(name, Source(name, name, None, None)) for name in rule.sources]
    named = [source.dated for source in cited]
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": f"{first_sentence(meaning)}."},
        "fullDescription": {"text": f"{meaning} {why}"},
        "help": {
            "text": "\n\n".join([meaning, why, f"Fix: {fix}", "\n".join(["Sources:", *named])]),
            "markdown": "\n\n".join(
                [
                    escaped(meaning),
                    f"**Why it matters:** {escaped(why)}",
                    f"**Fix:** {escaped(fix)}",
                    "\n".join(["**Sources:**\n", *_list(cited, named)]),
                ]
            ),
        },
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": ["activesync", rule.effect]},
    }


def demand_met() -> dict[str, Any]:
    """Return what stands for a rule where targets meet a demand."""
    meaning = "The policy demands something of devices, and the targets that are named meet it."
    how = "They are known to act on it (enforced), or a source lists them as taking it (accepted)."
    return {
        "id": DEMAND_MET,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": f"{meaning} {how}"},
        "help": {"text": f"{how} There is nothing to do."},
        "defaultConfiguration": {"level": "none"},
    }


def _list(cited: list[Source], named: list[str]) -> Iterator[str]:
    for source, name in zip(cited, named, strict=True):
        yield f"- [{escaped(name)}]({_address(source.url)})" if source.url else f"- {escaped(name)}"


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
