"""policylint merge --user: merges for a whole list of users, each distinct set of policies once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.cli.colour import Colour, style_for
from policylint.cli.failure import fail, note, tell
from policylint.cli.previewing import Output, Previewer
from policylint.cli.terminal import width, write

if TYPE_CHECKING:
    from policylint.merging.preview import Preview
    from policylint.merging.user_list import UserRow
    from policylint.merging.users import User, UserSet
    from policylint.policies.policy import Policy

_STDIN = "-"


def merge_users(run: Previewer, users: Path, files: list[str], output: Output, color: Colour, *, max_size: int) -> bool:
    """Write the merges of a list of users; return whether some row could not be used, which is told already."""
    from policylint.merging.users import grouped
    from policylint.policies.files import read_inputs

    if not files:
        fail("--user goes with the files that hold the policies: name them, too")
    if str(users) == _STDIN and _STDIN in files:
        fail("- (stdin) can be read once only")
    inputs = read_inputs(files, run.scope.knowledge.catalogue, max_bytes=max_size << 20)
    for text in inputs.notes:
        note(text)
    for problem in inputs.errors:
        fail(str(problem))
    rows, failed = _rows(users, inputs.policies, max_size)
    sets = grouped(rows, inputs.policies)
    if sets:
        write(_rendered(run, sets, output, color))
    elif not failed:
        fail(f"{users}: names no user")
    return failed


def _rows(users: Path, policies: "list[Policy]", max_size: int) -> "tuple[list[tuple[UserRow, int]], bool]":
    """Read the list; tell of each row that cannot be used, and return the others with the numbers of their policies."""
    from policylint.exports.error import ExportError
    from policylint.merging.user_list import BadRow, read
    from policylint.merging.users import PolicyFinder
    from policylint.policies.choice import PolicyChoiceError
    from policylint.policies.files import read_bytes

    finder = PolicyFinder(policies)
    rows, failed = [], False
    limit = max_size << 20
    try:
        data, shown = read_bytes(str(users), limit)
        if len(data) > limit:
            fail(f"{users}: larger than the limit of {max_size} MiB; split it, or raise --max-size")
        for row in read(data):
            if isinstance(row, BadRow):
                tell(f"policylint: error: {shown}:{row.line}: {row.reason}")
                failed = True
                continue
            try:
                rows.append((row, finder.find(row.policy)))
            except PolicyChoiceError as error:
                tell(f"policylint: error: {shown}:{row.line}: user {row.user!r}: {error}")
                failed = True
    except ExportError as error:
        error.path = error.path or str(users)
        fail(str(error))
    return rows, failed


def _rendered(run: Previewer, sets: "Sequence[UserSet]", output: Output, color: Colour) -> Iterator[str]:
    match output:
        case Output.JSON:
            from policylint.merging import users_json

            return users_json.render(run.setup, _blocks(run, sets))
        case Output.CSV:
            from policylint.merging import users_csv

            return users_csv.render(_blocks(run, sets))
        case Output.MARKDOWN:
            from policylint.merging import users_text

            return users_text.render_markdown(_blocks(run, sets), len(sets))
        case Output.TEXT:
            from policylint.merging import users_text

            return users_text.render_text(_blocks(run, sets), len(sets), style_for(color), width())


def _blocks(run: Previewer, sets: "Sequence[UserSet]") -> "Iterator[tuple[Preview, Sequence[User]]]":
    for each in sets:
        yield run.preview(each.accounts), each.users
