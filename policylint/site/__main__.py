"""Build the site: `python -m policylint.site OUT [--try-it NODE_MODULES]`, in a checkout."""

import sys
from pathlib import Path

from policylint.knowledge import load
from policylint.site import site
from policylint.site.try_it import try_it
from policylint.usage import UsageError

MARK = ".policylint-site"
"""Stands in a folder that a site was built into, and tells it from one that holds something else."""

_USAGE = "usage: python -m policylint.site OUT [--try-it NODE_MODULES]"


def main(arguments: list[str]) -> int | str:
    """Build the site into a folder. Returns an exit code, or what is wrong."""
    folder, *rest = arguments or ["-"]
    if folder.startswith("-") or (rest and (len(rest) != 2 or rest[0] != "--try-it")):
        return _usage(_USAGE)
    out = Path(folder)
    try:
        if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
            return _usage(f"{out}: holds something else; name a new folder, or one that a site was built into")
        beside = dict(try_it(Path(rest[1]))) if rest else {}
        files = {place: text.encode() for place, text in site(load(), tried=bool(rest)).items()} | beside
        for place, data in {MARK: b"", **files}.items():
            path = out / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except (UsageError, OSError) as error:
        return _usage(str(error))
    print(f"{out / 'index.html'}: {len(files)} files")
    return 0


def _usage(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
