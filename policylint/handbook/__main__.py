"""Write the reference anew: `python -m policylint.handbook [DIR]`, by default into docs/reference."""

import sys
from pathlib import Path

from policylint.handbook import pages
from policylint.handbook.folder import ForeignFileError, write_pages
from policylint.knowledge import load


def main() -> None:
    """Write all pages into the folder given."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference")
    try:
        write_pages(pages(load()), folder)
    except ForeignFileError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
