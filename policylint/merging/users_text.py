"""Merges for many users, for a person: a block for each distinct set of policies, in text or in Markdown."""

from collections.abc import Iterator, Sequence

from policylint.matrix.text import NARROWEST
from policylint.merging import markdown, text
from policylint.merging.devices_text import admissions, device_merges
from policylint.merging.model import Preview
from policylint.merging.users import User
from policylint.report.words import number
from policylint.writing.markdown import escaped
from policylint.writing.style import Style, printable
from policylint.writing.table import fill

_NAMED = 5


def render_text(
    blocks: Iterator[tuple[Preview, Sequence[User]]], count: int, style: Style, width: int
) -> Iterator[str]:
    """Yield a block for each set, and once what is known of the devices. `count` is the number of sets."""
    width = max(width, NARROWEST)
    users = index = 0
    for index, (preview, named) in enumerate(blocks, 1):
        if index == 1 and preview.setup.judges:
            yield from device_merges(preview.setup.devices, style, width)
            yield "\n"
        users += len(named)
        for line in fill(printable(heading(index, count, named)).split(), width):
            yield style.bold(line) + "\n"
        yield from text.body(preview, style, width)
        if preview.setup.judges:
            yield from admissions(preview, style, width)
        yield "\n"
    yield style.bold(total(users, index)) + "\n"


def render_markdown(blocks: Iterator[tuple[Preview, Sequence[User]]], count: int) -> Iterator[str]:
    """Yield a section for each set, and once what is known of the devices. `count` is the number of sets."""
    users = index = 0
    for index, (preview, named) in enumerate(blocks, 1):
        if index == 1 and preview.setup.judges:
            yield from markdown.devices(preview)
            yield "\n"
        users += len(named)
        yield f"### {escaped(heading(index, count, named))}\n\n"
        yield from markdown.body(preview)
        if preview.setup.judges:
            yield from markdown.admissions(preview)
        yield "\n"
    yield f"{escaped(total(users, index))}\n"


def heading(index: int, count: int, users: Sequence[User]) -> str:
    """Name a set by its number, and the first of its users."""
    named = ", ".join(user.name for user in users[:_NAMED])
    more = f" and {len(users) - _NAMED} more" if len(users) > _NAMED else ""
    return f"Set {index} of {count}: {number(len(users), 'user', 'users')} ({named}{more})"


def total(users: int, sets: int) -> str:
    """Count users and sets."""
    return f"{number(users, 'user', 'users')}, {number(sets, 'distinct set of policies', 'distinct sets of policies')}"
