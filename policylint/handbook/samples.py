"""Two pages for newcomers to open, made of the examples: a check, and a comparison."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from policylint.comparing.model import Side
from policylint.config.reading import read
from policylint.exports.reader import read_document
from policylint.knowledge import Knowledge
from policylint.policies.files import Input, Inputs
from policylint.policies.reading import PolicyReader
from policylint.report.formats import rendered
from policylint.session import Session

FOLDER = "examples/reports"
_ROOT = Path(__file__).parents[2]
_OLD, _NEW = "examples/contoso.clixml", "examples/proposal.json"
_SETTINGS = f"{FOLDER}/policylint.toml"
"""Which clients they are for: whoever runs the program there gets the same pages."""


def samples(knowledge: Knowledge) -> dict[str, str]:
    """Return the pages by their paths below the root of the repository. Their day is that of the knowledge."""
    session = Session(read(_ROOT / _SETTINGS).values["devices"], knowledge=knowledge)
    old, new = _read(_OLD, knowledge), _read(_NEW, knowledge)
    comparison = session.between(Side(_OLD, old.summary, old.policies), Side(_NEW, new.summary, new.policies))
    with _on(knowledge.as_of):
        return {
            f"{FOLDER}/check.html": "".join(rendered(session.judge(old), "html")),
            f"{FOLDER}/diff.html": "".join(rendered(comparison, "html")),
        }


def _read(place: str, knowledge: Knowledge) -> Inputs:
    """Read an example under its path in the repository, wherever that lies."""
    reader = PolicyReader(knowledge.catalogue)
    document = read_document((_ROOT / place).read_bytes(), place, wanted=reader.wanted)
    policies = reader.policies(document)
    return Inputs(policies, [Input(place, document.format, len(policies))])


@contextmanager
def _on(day: str) -> Iterator[None]:
    """Have it be a day: what is made must not differ tomorrow."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
