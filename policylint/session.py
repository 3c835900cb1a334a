"""A run without a command line: what is known and for which devices; check, merge, compare, fix, fleet.

The commands go through it, and so can any program (docs/python.md). What it returns are models, which `report.formats`
writes in any form. What cannot be done raises `UsageError`. Methods import what they need, for a fast start.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge, load
from policylint.knowledge.query import DEFAULT, QueryError, find_profile, find_server, select
from policylint.policies.choice import need, only
from policylint.policies.disk import Files
from policylint.policies.files import Inputs, read_inputs
from policylint.usage import UsageError

if TYPE_CHECKING:
    from policylint.certificates.report import ChainReport
    from policylint.comparing.model import Comparison, Side
    from policylint.fixing.fixes import Fixes
    from policylint.fleet.asked import Asked
    from policylint.fleet.report import FleetReport
    from policylint.judging.report import Report
    from policylint.judging.run import Run
    from policylint.matrix.property import PropertyMatrix
    from policylint.merging.model import Account, DeviceMerge, Preview, Setup
    from policylint.merging.users import UserMerges

Texts = str | Sequence[str]
Accept = Callable[["Report"], "Report"]
Found = TypeVar("Found")


def _unsaid(_: str) -> None:
    """Keep a note to oneself."""


def load_knowledge(rules: Iterable[str | Path] = (), note: Callable[[str], None] = _unsaid) -> Knowledge:
    """Load what is known, with packs of one's own laid over it. Raises `UsageError`."""
    own = [Path(directory) for directory in rules]
    for directory in own:
        if not directory.is_dir():
            raise UsageError(f"--rules {directory}: no such directory", option="rules")
    knowledge = load(own=own)
    for text in knowledge.notes:
        note(text)
    return knowledge


class Session:
    """What is known, and the devices that policies are judged for.

    Every parameter is what the option of that name takes: see `policylint check --help`. `devices` may be empty: then
    nothing can be judged, and `merge` only joins. `policies` are names or Guids: all others are left out. `knowledge`
    is loaded unless it is given. `chosen_by` says in reports how somebody came by the devices. `note` is called with
    each remark on what is read.
    """

    def __init__(
        self,
        devices: Texts = DEFAULT,
        *,
        server: str | None = None,
        profiles: Texts = (),
        rules: Iterable[str | Path] = (),
        assume_gate: bool | None = None,
        assume_complete: bool = False,
        policies: Texts = (),
        max_size: int = 64,
        knowledge: Knowledge | None = None,
        chosen_by: str | None = None,
        note: Callable[[str], None] = _unsaid,
    ):
        if max_size < 1:
            raise UsageError(f"max_size is {max_size}; it is a number of MiB, 1 or more", option="max_size")
        queries = _listed(devices)
        self.knowledge = known = knowledge or load_knowledge(rules, note)
        self.query = " ".join(queries)
        chosen, notes = _asked("devices", lambda: select(queries, known))
        self.targets = TargetSet(chosen)
        self.server = _asked("server", lambda: find_server(server, known)) if server is not None else None
        found = _asked("profiles", lambda: [find_profile(name, known) for name in _listed(profiles)])
        self.profiles = tuple({profile.id: profile for profile in found}.values())
        self.assume_gate = assume_gate
        self.assume_complete = assume_complete
        self.policies = _listed(policies)
        self.note = note
        self.max_bytes = max_size << 20
        for text in (*notes, *(self.server.told if self.server else ())):
            note(text)
        how = " ".join(f"--device {query}" for query in queries) if chosen_by is None else chosen_by
        more = [f"--server {self.server.id}"] if self.server else []
        more += [f"--profile {profile.id}" for profile in self.profiles]
        more += ["--assume-complete"] if assume_complete else []
        self.stamp = Stamp.of(known, self.targets, " ".join([how, *more]), self.server, self.profiles)

    def read(
        self, paths: Sequence[str], *, skip_non_exports: bool = False, files: Files | None = None, whose: str = ""
    ) -> Inputs:
        """Read exports: files, `FILE#Policy`, directories, or - for stdin.

        Remarks go to `note`, behind `whose`; errors are kept. A policy asked for by name need not be there.
        """
        inputs = read_inputs(
            list(paths),
            self.knowledge.catalogue,
            max_bytes=self.max_bytes,
            skip_non_exports=skip_non_exports,
            assume_complete=self.assume_complete,
            files=files,
        )
        for text in inputs.notes:
            self.note(whose + text)
        return only(self.policies, inputs)

    def check(
        self,
        *paths: str | Path,
        show_unknown: bool = False,
        show_passed: bool = False,
        skip_non_exports: bool = False,
    ) -> "Report":
        """Judge every policy in files and directories. What cannot be read is told in `unread` of the report."""
        inputs = self.read(list(map(str, paths)), skip_non_exports=skip_non_exports)
        return self.judge(inputs, show_unknown=show_unknown, show_passed=show_passed)

    def judge(self, inputs: Inputs, *, show_unknown: bool = False, show_passed: bool = False) -> "Report":
        """Judge what was read."""
        from policylint.judging import engine

        self._need(inputs)
        run = self.run(show_unknown=show_unknown, show_passed=show_passed)
        return engine.report(run, inputs, engine.judge(run, inputs.policies, inputs.left_out))

    def property(self, name: str) -> "PropertyMatrix":
        """Return what the devices do with one property, by any of its names."""
        from policylint.matrix.property import PropertyMatrix, property_named

        known = property_named(name, self.knowledge.catalogue)
        return PropertyMatrix(self.stamp, self.knowledge, known, name)

    def merge(self, *files: str | Path, named: Sequence[tuple[str, str]] = (), everything: bool = False) -> "Preview":
        """Preview what a user with several accounts gets, and whether the devices are let in with it.

        An account is `FILE` or `FILE#Policy`; those of `named` have a name of their own before it.
        """
        from policylint.merging.accounts import read_accounts

        return self.preview(read_accounts(list(map(str, files)), named, self.read), everything=everything)

    def merge_users(self, users: str | Path, *files: str | Path, everything: bool = False) -> "UserMerges":
        """Preview what each of many users gets: `users` is a CSV file with the columns user, account and policy.

        The policies are in the files. Rows that cannot be used are told in `unread`.
        """
        from policylint.merging.users import read_users

        read = read_users(str(users), list(map(str, files)), self.read, self.max_bytes)
        return self.users(*read, everything=everything)

    def compare(self, old: str | Path, new: str | Path, *, accept: Accept | None = None) -> "Comparison":
        """Tell what changed from one export or directory to another, and for which devices it matters.

        `accept` says of the report on a side what counts in it.
        """
        from policylint.comparing.sides import two_exports

        return self.between(*two_exports(str(old), str(new), self.read), accept)

    def compare_with(self, revision: str, *paths: str | Path, accept: Accept | None = None) -> "Comparison":
        """Compare paths, by default the current directory, with what they were at a revision of git; as `compare`."""
        from policylint.comparing.sides import since_revision

        return self.between(*since_revision(revision, list(map(str, paths)), self.read, self.note), accept)

    def what_if(
        self, settings: Texts, *paths: str | Path, accept: Accept | None = None, skip_non_exports: bool = False
    ) -> "Comparison":
        """Compare policies with what they would be if some settings had other values: each `PROPERTY=VALUE`."""
        from policylint.comparing.sides import as_if
        from policylint.policies.changing import asked_values

        values = asked_values(_listed(settings), self.knowledge.catalogue)
        inputs = self.read(list(map(str, paths)), skip_non_exports=skip_non_exports)
        return self.between(*as_if(inputs, values, self.knowledge.catalogue), accept)

    def fix(self, *paths: str | Path) -> "Fixes":
        """Find the policies because of which devices are refused, and what to change about them."""
        from policylint.fixing.fixes import fixes_of

        inputs = self.read(list(map(str, paths)))
        self._need(inputs)
        return fixes_of(inputs, self.run(), self.query, assume_gate=bool(self.assume_gate))

    def chain(
        self,
        *paths: str | Path,
        connect: str | None = None,
        host: str | None = None,
        roots: str | Path | None = None,
        at: datetime | None = None,
        days: int = 30,
    ) -> "ChainReport":
        """Judge the certificates in files, and those that a server sends, for an instant: by default for now.

        Needs the extra `certificates`; raises `LibraryMissing` without it.
        """
        from policylint.certificates.run import Asked, report

        asked = Asked(list(map(str, paths)), connect, host, None if roots is None else str(roots), at, days)
        return report(asked, self.stamp, self.knowledge, self.note)

    def fleet(self, *paths: str | Path, asked: "Asked | None" = None) -> "FleetReport":
        """Set a fleet's devices that are among the session's beside what is predicted. Raises `UsageError`."""
        from policylint.fleet.run import of_paths

        return of_paths(list(map(str, paths)), asked, self.run(), self.max_bytes, complete=self.assume_complete)

    def preview(self, accounts: "Sequence[Account]", *, everything: bool = False) -> "Preview":
        """Merge accounts that were read, and judge the merged set for the devices, if there are any."""
        from policylint.merging.admission import admissions, unreadable_of
        from policylint.merging.merge import merge
        from policylint.merging.model import Preview

        setup, targets = self._setup(everything), self.targets.targets
        merged = merge(accounts, self.knowledge.catalogue, needs=self._needs)
        found = unreadable_of(accounts, self.knowledge)
        if not targets:
            return Preview(setup, merged, unreadable=found)
        admitted = admissions(merged, self.knowledge, targets, self.server, self.assume_gate)
        return Preview(setup, merged, admitted, found)

    def users(self, rows: bytes, path: str, inputs: Inputs, *, everything: bool = False) -> "UserMerges":
        """Merge what each of many users has, by a list that was read; `path` names it in errors."""
        from policylint.merging.users import merges_of

        preview = partial(self.preview, everything=everything)
        return merges_of(rows, path, inputs, preview, self._setup(everything))

    def between(self, old: "Side", new: "Side", accept: Accept | None = None) -> "Comparison":
        """Compare two sides that were read."""
        from policylint.comparing.judged import between

        need(self.policies, [*old.policies, *new.policies])
        comparison = between(old, new, self.run(), accept, gate_is_assumed=self.assume_gate is not None)
        for text in comparison.notes:
            self.note(text)
        return comparison

    def _need(self, inputs: Inputs) -> None:
        need(self.policies, inputs.policies, inputs.left_out, inputs.errors)

    def run(self, **options: bool) -> "Run":
        """Return what policies are judged with; `options` as of `Run`."""
        from policylint.judging.run import Run

        return Run(
            self.knowledge,
            self.targets.targets,
            stamp=self.stamp,
            assume_gate=self.assume_gate,
            server=self.server,
            profiles=self.profiles,
            **options,
        )

    def _setup(self, everything: bool) -> "Setup":
        from policylint.merging.model import Setup

        return Setup(self.stamp, self.assume_gate, self._device_merges, everything)

    @cached_property
    def _device_merges(self) -> "tuple[DeviceMerge, ...]":
        from policylint.merging.devices import device_merges

        return tuple(device_merges(self.targets.targets, self.knowledge))

    @cached_property
    def _needs(self) -> dict[str, str]:
        from policylint.merging.devices import shared_needs

        return shared_needs(self.targets.targets)


def _listed(texts: Texts) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)


def _asked(option: str, find: Callable[[], Found]) -> Found:
    """Find what a parameter asks for."""
    try:
        return find()
    except QueryError as error:
        raise UsageError(str(error), option=option) from None
