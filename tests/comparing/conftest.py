import pytest
from comparisons import Comparer

from policylint.knowledge import Knowledge


@pytest.fixture(scope="session")
def comparer(knowledge: Knowledge) -> Comparer:
    return Comparer(knowledge)
