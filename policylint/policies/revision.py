"""Files as they were at a revision, read by the git program. Nothing is checked out, and no filter or hook runs."""

import os
import posixpath
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from policylint.exports.error import ExportError
from policylint.policies.disk import Files
from policylint.usage import reason

_LINK, _SUBMODULE = b"120000", b"160000"
_MOST_LINKS = 8
_LONGEST_LINK = 4096
_CHUNK = 1 << 16


class GitError(Exception):
    """What git cannot do; the message is one line."""


class Commit(NamedTuple):
    """A commit, and what a reader calls it."""

    name: str
    id: str


class Repository:
    """The repository that the current directory belongs to. Raises `GitError` where there is none."""

    def __init__(self) -> None:
        self._root = Path(os.fsdecode(_git("rev-parse", "--show-toplevel"))).resolve()

    def commits(self, revision: str) -> tuple[Commit, Commit | None]:
        """Return the old and the new commit of `REV`, `A..B` or `A...B`; None stands for the working tree.

        As in git, `A...B` begins where B left A, and a side that is left out is HEAD. Raises `GitError`.
        """
        found = _commit(revision)
        if found is not None:
            return Commit(revision, found), None
        dots = "..." if "..." in revision else ".."
        first, range_, last = revision.partition(dots)
        if not range_:
            raise _unknown(revision)
        old, new = (_known(each or "HEAD") for each in (first, last))
        if dots == "...":
            base = os.fsdecode(_git("merge-base", old.id, new.id))
            old = Commit(base[:12], base)
        return old, new

    def inside(self, path: str) -> str:
        """Return a path as git has it, from the root of the repository; nothing for the root. Raises `GitError`."""
        absolute = Path(os.path.abspath(path))
        try:
            # a link that is named is meant itself; those on the way to it are followed
            found = (absolute.parent.resolve() / absolute.name).relative_to(self._root)
        except ValueError:
            raise GitError(f"{path} is outside the repository {self._root}") from None
        return "" if found == Path() else found.as_posix()


class Revision:
    """The files of a commit. A context: it keeps a git process while it is open."""

    def __init__(self, repository: Repository, commit: Commit):
        self.prefix = f"{commit.name}:"
        self._repository = repository
        self._entries: dict[str, tuple[bytes, bytes]] = {}
        for entry in _git("ls-tree", "-r", "-z", "--full-tree", commit.id).split(b"\0"):
            about, _, name = entry.partition(b"\t")
            mode, _, rest = about.partition(b" ")
            if name and mode != _SUBMODULE:
                self._entries[os.fsdecode(name)] = (mode, rest.rpartition(b" ")[2])
        self._directories = {""}
        for path in self._entries:
            while (path := posixpath.dirname(path)) not in self._directories:
                self._directories.add(path)
        self._process = _start("cat-file", "--batch")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    @property
    def files(self) -> Files:
        """Its files, for `read_inputs`: by the paths of the working tree, and shown behind the name of the commit."""
        return Files(self.has, self._is_directory, self._below, self._read)

    def has(self, path: str) -> bool:
        """Tell whether there was a file or a directory at a path of the working tree."""
        return self._is_directory(path) or self._repository.inside(path) in self._entries

    def _is_directory(self, path: str) -> bool:
        return self._repository.inside(path) in self._directories

    def _below(self, path: str) -> Iterator[str]:
        """Yield the files below a directory in a fixed order, hidden ones left out, as on disk."""
        inside = self._repository.inside(path)
        start = f"{inside}/" if inside else ""
        for parts in sorted(name[len(start) :].split("/") for name in self._entries if name.startswith(start)):
            hidden = any(part.startswith(".") for part in parts)
            if not hidden and self._blob(start + "/".join(parts)) is not None:
                yield str(Path(path, *parts))

    def _read(self, path: str, max_bytes: int) -> tuple[bytes, str]:
        shown = self.prefix + path
        blob = self._blob(self._repository.inside(path))
        if blob is None:
            raise ExportError("no such file", path=shown)
        return self._content(blob, max_bytes + 1), shown

    def _blob(self, name: str) -> bytes | None:
        """Find the blob of a file, links followed as far as they stay inside; None where there is none."""
        for _ in range(_MOST_LINKS):
            mode, blob = self._entries.get(name, (b"", b""))
            if mode != _LINK:
                return blob or None
            target = os.fsdecode(self._content(blob, _LONGEST_LINK))
            name = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        return None

    def _content(self, blob: bytes, most: int) -> bytes:
        """Read a blob, but keep no more than `most` bytes of it."""
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        try:
            into.write(blob + b"\n")
            into.flush()
        except OSError:  # git has ended, and will say nothing
            pass
        size = out.readline().rpartition(b" ")[2].strip()
        if not size.isdigit():
            raise GitError(f"the repository lacks the object {os.fsdecode(blob)}")
        kept = out.read(min(int(size), most))
        left = int(size) - len(kept) + 1  # a line feed ends it
        while left > 0:
            left -= len(out.read(min(left, _CHUNK))) or left
        return kept


def _commit(revision: str) -> str | None:
    """Return the id of the commit that a revision names; None where it names none."""
    if not revision or revision.startswith("-"):
        return None
    code, printed, _ = _run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    return os.fsdecode(printed).strip() if code == 0 else None


def _known(revision: str) -> Commit:
    found = _commit(revision)
    if found is None:
        raise _unknown(revision)
    return Commit(revision, found)


def _unknown(revision: str) -> GitError:
    shallow = _git("rev-parse", "--is-shallow-repository") == b"true"
    hint = " (this clone is shallow: fetch more of its history)" if shallow else ""
    return GitError(f"unknown revision {revision!r}{hint}")


def _git(*arguments: str) -> bytes:
    """Return what a git command prints, without its last line break. Raises `GitError` if it fails."""
    code, printed, said = _run(*arguments)
    if code != 0:
        fault = os.fsdecode(said).strip().split("\n")[0].removeprefix("fatal: ")
        raise GitError(fault or f"git {' '.join(arguments)} failed")
    return printed.removesuffix(b"\n")


def _run(*arguments: str) -> tuple[int, bytes, bytes]:
    with _start(*arguments) as process:
        printed, said = process.communicate()
    return process.returncode, printed, said


def _start(*arguments: str) -> "subprocess.Popen[bytes]":
    """Start git, with pipes to and from it."""
    pipe = subprocess.PIPE
    try:
        # no shell, and no argument of a user that could be an option
        return subprocess.Popen(["git", *arguments], stdin=pipe, stdout=pipe, stderr=pipe)  # noqa: S603, S607
    except OSError as error:
        raise GitError(f"the git program cannot be run ({reason(error)}); install it, or compare two files") from None
