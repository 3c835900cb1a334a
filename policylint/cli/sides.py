"""Reads the two sides of a comparison: two exports or directories, or the same paths at a revision and as they are."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from policylint.cli.terminal import USAGE, fail, note, tell
from policylint.comparing.model import Side
from policylint.exports.error import ExportError
from policylint.policies.files import STDIN, Inputs, read_inputs

if TYPE_CHECKING:
    from policylint.knowledge.catalogue import Catalogue
    from policylint.policies.revision import Commit, Repository

_WORKING_TREE = "working tree"


def two_exports(paths: list[str], catalogue: "Catalogue", *, max_size: int) -> tuple[Side, Side]:
    """Read OLD and NEW. Whatever cannot be read ends the program: its policies would look as if they were gone."""
    if len(paths) != 2:
        fail("name two exports, OLD and NEW, or a revision to compare with: --git REV")
    if paths == [STDIN, STDIN]:
        fail("- (stdin) can be read once only")
    old, new = (read_inputs([path], catalogue, max_bytes=max_size << 20) for path in paths)
    _end_if_unread([*old.errors, *new.errors])
    return _export(paths[0], old), _export(paths[1], new)


def _export(path: str, inputs: Inputs) -> Side:
    for each in inputs.notes:
        note(each)
    is_directory = path != STDIN and Path(path).is_dir()
    prefix = str(Path(path, "x"))[:-1] if is_directory else inputs.summary[0].path
    return Side(path if is_directory else prefix, inputs.summary, inputs.policies, prefix)


def since_revision(revision: str, paths: list[str], catalogue: "Catalogue", *, max_size: int) -> tuple[Side, Side]:
    """Read some paths, by default the current directory, as they were at a revision and as they are.

    `revision` may name two: see `Repository.commits`. Files that are no exports are passed over.
    """
    from policylint.policies.revision import GitError, Repository

    paths = paths or ["."]
    if STDIN in paths:
        fail("- (stdin) has no history: --git goes with files and directories")
    try:
        repository = Repository()
        sides = [_at(repository, commit, paths, catalogue, max_size << 20) for commit in repository.commits(revision)]
    except GitError as error:
        fail(f"--git {revision}: {error}")
    (old, was_there, damaged), (new, is_there, unread) = sides
    for path in paths:
        if path not in was_there and path not in is_there:
            fail(f"{path}: no such file or directory, neither at {old.name} nor in the {new.name}")
    # the past cannot be mended: a file that was damaged then must not keep its repair from being looked at
    for each in damaged:
        note(f"{each}; it is taken as not there")
    _end_if_unread(unread)
    if not old.policies and not new.policies:
        fail(f"{', '.join(paths)}: no exported policy, neither at {old.name} nor in the {new.name}")
    return old, new


def _at(
    repository: "Repository", commit: "Commit | None", paths: list[str], catalogue: "Catalogue", max_bytes: int
) -> tuple[Side, list[str], list[ExportError]]:
    """Read what was there at a commit, or is there now: the side, those of the paths that exist, and errors."""
    from policylint.policies.revision import Revision

    if commit is None:
        there = [path for path in paths if os.path.lexists(path)]
        inputs = read_inputs(there, catalogue, max_bytes=max_bytes, skip_non_exports=True)
        side = Side(_WORKING_TREE, inputs.summary, inputs.policies)
    else:
        with Revision(repository, commit) as past:
            there = [path for path in paths if past.has(path)]
            inputs = read_inputs(there, catalogue, max_bytes=max_bytes, skip_non_exports=True, files=past.files)
            side = Side(commit.name, inputs.summary, inputs.policies, past.prefix)
    for each in inputs.notes:
        note(each)
    return side, there, inputs.errors


def _end_if_unread(errors: Sequence[ExportError]) -> None:
    for error in errors:
        tell(f"policylint: error: {error}")
    if errors:
        raise typer.Exit(USAGE)
