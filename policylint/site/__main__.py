"""Build the site: `python -m policylint.site OUT`, in a checkout."""

import sys
from pathlib import Path

from policylint.knowledge import load
from policylint.site import site
from policylint.usage import UsageError

MARK = ".policylint-site"
"""Stands in a folder that a site was built into, and tells it from one that holds something else."""

_USAGE = "usage: python -m policylint.site OUT"


def main(arguments: list[str]) -> int | str:
    """Build the site into a folder. Returns an exit code, or what is wrong."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return _usage(_USAGE)
    out = Path(arguments[0])
    try:
        if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
            return _usage(f"{out}: holds something else; name a new folder, or one that a site was built into")
        files = site(load())
        for place, text in {MARK: "", **files}.items():
            path = out / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except (UsageError, OSError) as error:
        return _usage(str(error))
    print(f"{out / 'index.html'}: {len(files)} files")
    return 0


def _usage(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
