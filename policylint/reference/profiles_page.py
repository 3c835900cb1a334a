"""The page of the profiles: what benchmarks ask for."""

from policylint.handbook.markdown import code, escape, table
from policylint.handbook.page import Page
from policylint.handbook.places import PROFILES
from policylint.knowledge import Knowledge
from policylint.knowledge.profiles import Control


def profiles_page(knowledge: Knowledge) -> Page:
    """Write every profile with its controls."""
    page = Page(PROFILES, "Profiles", knowledge)
    page.add(
        "What benchmarks ask for, by the ids of their controls; `policylint check --profile` holds policies against "
        "it. That a property maps to a control is a statement like any other: it has sources and a grade."
    )
    for profile in knowledge.profiles:
        page.heading(escape(profile.title))
        page.add(f"**Option:** {code(f'--profile {profile.id}')} ({page.sources(profile.sources)})")
        header = ["Control", "Property", "Asked for", "Evidence", "Note", "Source"]
        page.add(table(header, (_row(page, control) for control in profile.controls)))
    return page


def _row(page: Page, control: Control) -> list[str]:
    return [
        escape(control.id),
        page.property(control.known),
        code(control.requirement),
        control.evidence,
        page.prose(control.note or ""),
        page.sources(control.sources),
    ]
