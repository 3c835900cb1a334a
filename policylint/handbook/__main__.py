"""Make everything that is made: `python -m policylint.handbook`; with `--check` only say what is out of date."""

import sys
from pathlib import Path

from policylint.handbook.made import ForeignFileError, differences, everything, put_right
from policylint.knowledge import load


def main(arguments: list[str], root: Path = Path(__file__).parents[2]) -> int | str:
    """Make all of it in a checkout. Returns an exit code, or what is wrong."""
    if arguments not in ([], ["--check"]):
        return "usage: python -m policylint.handbook [--check]"
    try:
        found = differences(everything(load()), root)
    except ForeignFileError as error:
        return str(error)
    checks = bool(arguments)
    for path in found:
        print(f"{path.relative_to(root).as_posix()}: {'out of date' if checks else 'made'}")
    if not checks:
        put_right(found)
    return 1 if checks and found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
