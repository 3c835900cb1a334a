"""Reads the two sides of a comparison: two exports or directories, or the same paths at a revision and as they are."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.comparing.model import Side
from policylint.exports.error import ExportError
from policylint.knowledge.catalogue import Catalogue
from policylint.policies.changing import changed
from policylint.policies.choice import reference
from policylint.policies.disk import ON_DISK, STDIN
from policylint.policies.files import Inputs, Read
from policylint.usage import UsageError
from policylint.values import Value, to_text
from policylint.writing.style import number

if TYPE_CHECKING:
    from policylint.policies.revision import Commit, Repository

_WORKING_TREE = "working tree"


def two_exports(old: str, new: str, read: Read) -> tuple[Side, Side]:
    """Read OLD and NEW. Raises `UsageError` for what cannot be read: its policies would look as if they were gone."""
    if old == new == STDIN:
        raise UsageError("- (stdin) can be read once only")
    before, after = read([old]), read([new])
    _all_read([*before.errors, *after.errors])
    return _export(old, before), _export(new, after)


def _export(path: str, inputs: Inputs) -> Side:
    is_directory = path != STDIN and Path(path).is_dir()
    prefix = str(Path(path, "x"))[:-1] if is_directory else inputs.summary[0].path
    is_one = len(inputs.policies) == 1 and reference(path, ON_DISK.exists).policy is not None
    return Side(path if is_directory else prefix, inputs.summary, inputs.policies, prefix, is_one)


def as_if(inputs: Inputs, values: Mapping[str, Value], catalogue: Catalogue) -> tuple[Side, Side]:
    """Return what was read, and the same with other values of some properties, by key."""
    _all_read(inputs.errors)
    policies = [changed(policy, values, catalogue) for policy in inputs.policies]
    told = ", ".join(f"{key} {to_text(value)}" for key, value in values.items())
    paths = [each.path for each in inputs.summary]
    name = paths[0] if len(paths) == 1 else number(len(paths), "file")
    return Side(name, inputs.summary, inputs.policies), Side(f"with {told}", inputs.summary, policies)


def since_revision(revision: str, paths: Sequence[str], read: Read, note: Callable[[str], None]) -> tuple[Side, Side]:
    """Read some paths, by default the current directory, as they were at a revision and as they are.

    `revision` may name two: see `Repository.commits`. Files that are no exports are passed over. Raises `UsageError`.
    """
    from policylint.policies.revision import GitError, Repository

    paths = list(paths) or ["."]
    if STDIN in paths:
        raise UsageError("- (stdin) has no history: --git goes with files and directories")
    try:
        repository = Repository()
        sides = [_at(repository, commit, paths, read) for commit in repository.commits(revision)]
    except GitError as error:
        raise UsageError(f"--git {revision}: {error}") from None
    (old, was_there, damaged), (new, is_there, unread) = sides
    for path in paths:
        if path not in was_there and path not in is_there:
            raise UsageError(f"{path}: no such file or directory, neither at {old.name} nor in the {new.name}")
    # the past cannot be mended: a file that was damaged then must not keep its repair from being looked at
    for each in damaged:
        note(f"{each}; it is taken as not there")
    _all_read(unread)
    if not old.policies and not new.policies:
        raise UsageError(f"{', '.join(paths)}: no exported policy, neither at {old.name} nor in the {new.name}")
    return old, new


def _at(
    repository: "Repository", commit: "Commit | None", paths: Sequence[str], read: Read
) -> tuple[Side, list[str], list[ExportError]]:
    """Read what was there at a commit, or is there now: the side, those of the paths that exist, and errors."""
    from policylint.policies.revision import Revision

    if commit is None:
        there = [path for path in paths if os.path.lexists(path)]
        inputs = read(there, skip_non_exports=True)
        return Side(_WORKING_TREE, inputs.summary, inputs.policies), there, inputs.errors
    with Revision(repository, commit) as past:
        there = [path for path in paths if past.has(path)]
        inputs = read(there, skip_non_exports=True, files=past.files)
        return Side(commit.name, inputs.summary, inputs.policies, past.prefix), there, inputs.errors


def _all_read(errors: Sequence[ExportError]) -> None:
    if errors:
        raise UsageError(*map(str, errors))
