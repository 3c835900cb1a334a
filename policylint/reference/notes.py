"""Numbered notes below a table, so that its cells stay short."""

from policylint.handbook.markdown import numbered
from policylint.handbook.page import Page


class Notes:
    """The notes of one table. What is the same is said once, under one number."""

    def __init__(self, page: Page):
        self._page = page
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None, sources: tuple[str, ...]) -> str:
        """Return the number of a note with its sources; nothing for a note that would say nothing."""
        note = self._page.stated(text, sources)
        return str(self._numbers.setdefault(note, len(self._numbers) + 1)) if note else ""

    def add(self) -> None:
        """Put the notes on the page, in the order of their numbers."""
        if self._numbers:
            self._page.add(numbered(self._numbers))
