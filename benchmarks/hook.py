"""A repository with one export and the commit hook, as somebody has it who installed policylint beside pre-commit."""

from pathlib import Path

import yaml
from corpus import ROOT
from repository import SCRIPTS, Repository

_DEVICE = ["--device", "wp7"]


def set_up(directory: Path, export: Path) -> tuple[Repository, dict[str, list[str]]]:
    """Make the repository, and return it with the commands to run in it, by what the tables call them."""
    repository = Repository(directory / "repository", directory / "home")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    config = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system", "args": _DEVICE}]}]}
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (repository.folder / export.name).write_bytes(export.read_bytes())
    repository.git("add", "--all")
    program, *options = hook["entry"].split()
    return repository, {
        "the hook's entry, alone": [str(SCRIPTS / program), *options, *_DEVICE, export.name],
        "`pre-commit run --files` of the same": [str(SCRIPTS / "pre-commit"), "run", "--files", export.name],
    }
