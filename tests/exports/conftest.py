from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policylint.exports import xml_tree
from policylint.exports.error import ExportError
from policylint.exports.reader import read_document
from policylint.exports.record import Document

XML = {"attacks", "clixml", "clixml_oracle", "clixml_text", "convertxml", "dictionaries", "found_in_text", "xml_places"}
"""The files of tests that both makers of trees must pass: lxml, and the standard library where lxml is not there."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.module.__name__.rpartition("test_")[2] in XML:
        metafunc.fixturenames.insert(0, "maker")
        metafunc.parametrize("maker", ["lxml", "expat"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def maker(request: pytest.FixtureRequest) -> Iterator[str]:
    """Have one of the two make every tree."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "expat":
            patch.setattr(xml_tree, "etree", None)
        yield request.param


SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def sample() -> Callable[[str], Document]:
    """Read a file of the samples folder."""
    return lambda name: read_document((SAMPLES / name).read_bytes(), name)


@pytest.fixture
def read() -> Callable[[str], Document]:
    """Read a text as if it were a UTF-8 file."""
    return lambda text: read_document(text.encode(), "policies")


@pytest.fixture
def refusal() -> Callable[[str | bytes], ExportError]:
    """Return the error that reading a text or bytes raises, after a look at its shape."""

    def refuse(data: str | bytes) -> ExportError:
        with pytest.raises(ExportError) as caught:
            read_document(data if isinstance(data, bytes) else data.encode(), "policies")
        error = caught.value
        assert error.path == "policies"
        assert "\n" not in str(error)
        return error

    return refuse


@pytest.fixture
def text_at() -> Callable[[Document, int], str]:
    """Return the text of the file at the place of a mark, line breaks as they are shown."""

    def cut(document: Document, mark: int) -> str:
        place = document.place(mark)
        lines = [document.line(number) for number in range(place.line, place.end_line + 1)]
        lines[-1] = lines[-1][: place.end_column - 1]
        lines[0] = lines[0][place.column - 1 :]
        return "\n".join(lines)

    return cut


@pytest.fixture
def real() -> Path:
    """Return the folder of published exports, which lies beside the checkout where there is one."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "exports" / "real"
    if not folder.is_dir():
        pytest.skip("the published exports are not here")
    return folder
