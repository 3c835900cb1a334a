"""The page of a profile, and the list of all of them."""

from collections.abc import Iterator

from policylint.knowledge import Knowledge
from policylint.knowledge.profiles import Control, Profile
from policylint.pages.text import cited, labelled, paragraph, source_list


def profile_list(knowledge: Knowledge) -> Iterator[str]:
    """Yield a line for each profile and for each of its controls."""
    for profile in knowledge.profiles:
        yield ""
        yield f"{profile.id}  {profile.title} (--profile {profile.id})"
        yield from (row for _, row in _rows(profile))


def profile_page(profile: Profile, knowledge: Knowledge) -> Iterator[str]:
    """Yield everything about a profile."""
    yield profile.id
    yield ""
    yield from labelled("benchmark", f"{profile.title} {cited(profile.sources)}")
    yield from labelled("option", f"--profile {profile.id}")
    yield ""
    yield "Controls"
    used = list(profile.sources)
    for control, row in _rows(profile):
        used += control.sources
        yield f"{row} {cited(control.sources)}"
        if control.note:
            yield from paragraph(control.note, "      ")
    yield from source_list(used, knowledge)


def _rows(profile: Profile) -> Iterator[tuple[Control, str]]:
    """Yield each control and a line that says what it asks for."""
    cells = [(control.id, control.known.key, control.requirement) for control in profile.controls]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for control, row in zip(profile.controls, cells, strict=True):
        shown = "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        yield control, f"  {shown}  {control.evidence}"
