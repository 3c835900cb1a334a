"""Pages in a real browser: skipped where Chromium or Playwright is not there. .ci/run installs both, and more."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import NODE, REQUIRED, Browser, Page, Watched, chromium
from formats import Formats
from hostile import HOSTILE, pages
from policies import THREE, TWELVE, policy

KINDS = ("check", "matrix", "property", "merge", "users", "diff", "fleet")

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the text of a page as a file; when done, it asked for nothing and complained of nothing."""
    watched = Watched(browser)

    def open_it(text: str, place: str = "", **how: Any) -> Page:
        path = tmp_path / f"page{watched.count}.html"
        path.write_text(text, encoding="utf-8")
        return watched.open(path.as_uri() + place, path.as_uri(), **how)

    yield open_it
    watched.done()


def visible(page: Page, what: str) -> int:
    return int(page.evaluate("what => [...document.querySelectorAll(what)].filter(e => e.offsetParent).length", what))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_opens(made: dict[str, str], opened: Open, kind: str) -> None:
    page = opened(made[kind])
    assert page.locator("h1").is_visible()
    assert page.locator("#bar").is_visible()


def test_a_tile_filters(made: dict[str, str], opened: Open) -> None:
    page = opened(made["check"])
    every = visible(page, ".map tbody tr")
    page.click(".tile[data-grade=refused]")
    refused = visible(page, ".map tbody tr")
    assert 0 < refused < every
    assert refused == page.locator(".map tbody tr:has(td.g-refused)").count()
    assert f"{refused} of {every} policies" in page.inner_text("#showing")
    page.click(".tile[data-grade=refused]")
    assert visible(page, ".map tbody tr") == every


def test_the_box_finds_policies_settings_and_clients(made: dict[str, str], opened: Open) -> None:
    page = opened(made["check"])
    every = visible(page, ".map tbody tr")
    page.fill("#find", "kiosk")
    assert visible(page, ".map tbody tr") == 1
    page.fill("#find", "AllowCamera")
    assert 0 < visible(page, ".map tbody tr") < every
    assert "AllowCamera" in page.locator("details.setting:visible").first.inner_text()
    page.fill("#find", "windows-phone")
    assert visible(page, ".map tbody tr") == every
    page.fill("#find", "nothing like it")
    assert visible(page, ".map tbody tr") == 0
    page.fill("#find", "")
    assert visible(page, ".map tbody tr") == every


def test_a_merge_is_searched_and_its_cells_stay(made: dict[str, str], opened: Open) -> None:
    page = opened(made["merge"])
    page.click(".map tbody td >> nth=0")
    page.fill("#find", "MinDevicePasswordLength")
    assert visible(page, ".who tbody tr") == 1
    page.fill("#find", "")
    assert visible(page, ".who tbody tr") > 5


def test_a_column_sorts_by_gravity_and_by_name(made: dict[str, str], opened: Open) -> None:
    page = opened(made["check"])
    page.click(".map thead th:first-child button")
    names = page.locator(".map tbody th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    page.click(".map thead th:nth-child(2) button")
    grades = [
        kind.split("-")[1]
        for kind in page.eval_on_selector_all(".map tbody td:nth-child(2)", "all => all.map(e => e.className)")
    ]
    order = ["refused", "weak", "unknown", "fine", "none"]
    assert grades == sorted(grades, key=order.index)


def test_a_cell_opens_what_stands_behind_it(made: dict[str, str], opened: Open) -> None:
    page = opened(made["check"])
    page.click(".map tbody tr:has-text('Default') >> nth=0 >> td.g-refused >> nth=0")
    panel = page.locator("dialog[open]")
    told = panel.inner_text()
    assert "windows-phone 7.0–7.8" in told
    assert "^^^^" in told
    assert "Source" in told
    assert "inferred" in told
    assert "gmail" not in panel.locator("h2").inner_text()
    panel.locator("summary", has_text="This cell is wrong").click()
    assert "is said to be: refused" in panel.inner_text()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize(
    ("place", "title"),
    [
        ("#policy=Windows%20Phone%207&target=ios%2018.0", "Windows Phone 7 on ios 18.0–27.0"),
        ("#policy=Windows Phone 7&target=ios 26.0", "Windows Phone 7 on ios 18.0–27.0"),
        ("#policy=Kiosk&target=windows-phone%207.0%E2%80%937.8", "Kiosk on windows-phone 7.0–7.8"),
    ],
)
def test_a_deep_link_opens_a_cell(made: dict[str, str], opened: Open, place: str, title: str) -> None:
    page = opened(made["check"], place)
    assert page.locator("dialog[open] h2").inner_text() == title
    page.click("dialog .close")
    page.evaluate("location.hash = '#policy=BYOD'")
    page.wait_for_selector("details.policy[open]")
    assert page.locator("details.policy[open] .name").inner_text() == "BYOD"


def test_a_command_is_copied(made: dict[str, str], opened: Open) -> None:
    page = opened(made["check"])
    block = page.locator(".step .code").first
    wanted = block.locator("code").inner_text().strip()
    block.locator("button").click()
    page.wait_for_function("document.getElementById('said').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    assert wanted.startswith("Set-")


def test_light_and_dark(made: dict[str, str], opened: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = opened(made["check"], color_scheme="light"), opened(made["check"], color_scheme="dark")
    assert light.evaluate(ground) != dark.evaluate(ground)
    before = light.evaluate(ground)
    light.click("[data-theme-switch]")
    assert light.evaluate(ground) == dark.evaluate(ground) != before


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_can_show_it(made: dict[str, str], opened: Open, kind: str) -> None:
    page = opened(made[kind], viewport={"width": 360, "height": 740})
    page.click("[data-open-all]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("kind", ["check", "diff", "merge"])
def test_without_scripts_all_of_it_is_there(made: dict[str, str], opened: Open, kind: str) -> None:
    page = opened(made[kind], java_script_enabled=False)
    assert not page.locator("#bar").is_visible()
    closed = page.locator("main details:not([open]) > summary")
    if closed.count():
        closed.first.click()
    assert page.locator("main table").first.is_visible()
    if kind == "check":
        page.click(".map tbody td a >> nth=0")
        assert page.locator("details.policy[open]").count() == 1


def test_paper_holds_the_findings(made: dict[str, str], opened: Open, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("there is no pdftotext here")
    opened(made["check"]).pdf(path=tmp_path / "page.pdf")
    done = subprocess.run(["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"], capture_output=True, check=True)
    told = " ".join(done.stdout.decode().split())
    assert "What to do first" in told
    assert "EAS101 setting-blocks-sync" in told
    assert "Set-ActiveSyncMailboxPolicy 'Default' -AllowCamera $true" in told
    assert "Not among the twelve properties" in told


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(made: dict[str, str], opened: Open, kind: str, scheme: str) -> None:
    axe = NODE / "axe-core" / "axe.min.js"
    if not axe.exists() and not REQUIRED:
        pytest.skip("axe-core is not installed")
    page = opened(made[kind], color_scheme=scheme, bypass_csp=True)
    page.click("[data-open-all]")
    page.evaluate(axe.read_text(encoding="utf-8"))
    check = "axe.run().then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"
    assert page.evaluate(check) == []
    if kind == "check":
        page.click(".map tbody td.g-refused >> nth=0")
        assert page.evaluate(check) == []


@pytest.mark.parametrize("kind", KINDS)
def test_html_validate_finds_nothing(made: dict[str, str], kind: str, tmp_path: Path) -> None:
    program = NODE / ".bin" / "html-validate"
    if not program.exists() and not REQUIRED:
        pytest.skip("html-validate is not installed")
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"]}))
    (tmp_path / "page.html").write_text(made[kind], encoding="utf-8")
    done = subprocess.run([program.resolve(), "page.html"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", HOSTILE[:8], ids=range(8))
def test_nothing_hostile_runs(name: str, opened: Open, tmp_path: Path, formats: Formats) -> None:
    for text in pages(name, tmp_path / "made", formats).values():
        page = opened(text)
        page.click("[data-open-all]")
        cells = page.locator(".map tbody td a")
        if cells.count():
            cells.first.click()
            assert page.locator("dialog[open]").count() == 1
            assert not page.locator("dialog img, dialog script").count()


def test_a_thousand_policies_are_usable(opened: Open, checked: Callable[..., str]) -> None:
    found = [policy(TWELVE, THREE, gate=bool(n % 2), name=f"Policy {n}") for n in range(1000)]
    page = opened(checked(*found, devices=["wp7", "common"]))
    page.fill("#find", "Policy 777")
    assert visible(page, ".map tbody tr") == 1
    page.click(".map tbody tr:visible td >> nth=0")
    assert "Setting by setting" in page.locator("dialog[open]").inner_text()
