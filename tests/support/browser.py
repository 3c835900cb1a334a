"""A real browser, and what judges a page: Debian's Chromium by Playwright, and packages of npm.

Whoever imports this is skipped where the browser is missing, unless POLICYLINT_BROWSER=required says that it must not.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
NODE = Path(os.environ.get("POLICYLINT_NODE", "node_modules"))
REQUIRED = os.environ.get("POLICYLINT_BROWSER") == "required"

try:
    from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
except ImportError:
    if REQUIRED:
        raise
    pytest.skip("Playwright is not installed", allow_module_level=True)

if not REQUIRED and not Path(CHROMIUM).exists():
    pytest.skip("there is no Chromium here", allow_module_level=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, and end it."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Watched:
    """Opens pages. When done, none asked for anything outside, and none complained."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._wrong: list[str] = []

    @property
    def count(self) -> int:
        """How many pages were opened."""
        return len(self._contexts)

    def open(self, address: str, inside: str, **how: Any) -> Page:
        """Open an address; all that the page asks for has to begin with `inside`."""
        wrong = self._wrong
        context = self._browser.new_context(**how)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on("request", lambda asked: None if asked.url.startswith(inside) else wrong.append(asked.url))
        page.goto(address)
        return page

    def done(self) -> None:
        """Close all pages."""
        for context in self._contexts:
            context.close()
        assert self._wrong == []
