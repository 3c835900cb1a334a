"""Measure report pages: how large they are, what making one costs beside the same report as JSON, and the first paint.

Usage: python benchmarks/pages.py [--chromium PATH]. The first paint needs Playwright and a Chromium; without them it
is left out.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import corpus

from policylint.report.formats import rendered
from policylint.session import Session

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the median processor time of some work."""
    found = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return statistics.median(found)


def first_paint(page: Path, chromium: str) -> str:
    """Return the median of the first paint over five openings, in milliseconds."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "-"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = []
        for _ in range(5):
            tab = browser.new_page()
            tab.goto(page.as_uri())
            tab.wait_for_function(PAINT)
            found.append(tab.evaluate(PAINT))
            tab.close()
        browser.close()
    return f"{statistics.median(found):.0f}"


def main() -> None:
    """Print the table of docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    chromium = parser.parse_args().chromium
    print("| policies | page (kB) | making it ÷ the same as JSON | first paint (ms) |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for count in (8, 100, 1000):
            report = Session("common").check(corpus.write(Path(folder), count)["clixml"])
            page = Path(folder) / f"{count}.html"
            page.write_text("".join(rendered(report, "html")), encoding="utf-8")
            ratio = seconds(lambda: list(rendered(report, "html"))) / seconds(lambda: list(rendered(report, "json")))  # noqa: B023
            paint = first_paint(page, chromium) if Path(chromium).exists() else "-"
            print(f"| {count:,} | {page.stat().st_size / 1000:,.0f} | {ratio:.1f} | {paint} |")


if __name__ == "__main__":
    main()
