"""Try it: what a browser needs to judge an export by itself. Python in WebAssembly, and the very same wheel.

Pyodide is npm's package of that name, as it is installed; nothing is downloaded here.
"""

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from policylint.site.places import ROOT
from policylint.usage import UsageError

FOLDER = "try-it"
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'self'; "
    "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
)
"""What the page may load: beside what any page may, the files of Python, and it may run WebAssembly."""

_PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
_NEEDED = "packaging"
"""The one requirement of the wheel that judging needs where there is no lxml, no command line and no own pack."""


def try_it(node_modules: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file beside the page, by its place. Raises `UsageError` where something is not there."""
    package = node_modules / "pyodide"
    for name in _PYODIDE:
        if not (package / name).is_file():
            raise UsageError(f"{package / name} is not there; install npm's package: npm install pyodide")
        yield f"{FOLDER}/pyodide/{name}", (package / name).read_bytes()
    yield f"{FOLDER}/policylint.whl", _wheel()
    yield f"{FOLDER}/{_NEEDED}.zip", _packed(_NEEDED)
    for name in ("try-it.js", "judge.py"):
        yield f"{FOLDER}/{name}", (Path(__file__).parent / "assets" / name).read_bytes()


def _wheel() -> bytes:
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, str(ROOT)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own checkout
        built = list(Path(out).glob("*.whl"))
        if done.returncode or not built:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise UsageError(f"the wheel could not be built ({''.join(last)}): python -m pip install -e '.[site]'")
        return built[0].read_bytes()


def _packed(name: str) -> bytes:
    """Pack the Python files of an installed distribution."""
    try:
        found = [each for each in files(name) or () if each.suffix == ".py"]
    except PackageNotFoundError:
        raise UsageError(f"{name} is not installed") from None
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in found:
            archive.writestr(zipfile.ZipInfo(each.as_posix()), each.read_binary())
    return packed.getvalue()
