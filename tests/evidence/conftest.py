from collections.abc import Callable, Iterable
from typing import Any

import pytest

from policylint.evidence.fleet import Fleet
from policylint.evidence.joining import joined
from policylint.evidence.reading import Evidence, read_evidence
from policylint.knowledge import Knowledge
from policylint.knowledge.agents import Agents, load_agents

Files = dict[str, str | bytes]


@pytest.fixture(scope="session")
def agents(knowledge: Knowledge) -> Agents:
    return load_agents(knowledge)


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Callable[..., Evidence]:
    """Read files given by name and content, from a folder of their own."""

    def reading(files: Files, **options: Any) -> Evidence:
        folder = tmp_path_factory.mktemp("evidence")
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_evidence([str(folder)], knowledge, **{"max_bytes": 1 << 26, **options})

    return reading


@pytest.fixture(scope="session")
def fleet(read: Callable[..., Evidence], knowledge: Knowledge, agents: Agents) -> Callable[..., Fleet]:
    """Join files given by name and content, and what logs saw."""

    def join(files: Files, seen: Iterable[Any] = ()) -> Fleet:
        evidence = read(files)
        assert not evidence.errors
        return joined(evidence, knowledge, agents, seen)

    return join
