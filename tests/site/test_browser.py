"""The site in a real browser, opened as files: skipped where Chromium or Playwright is not there."""

import functools
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from browser import NODE, REQUIRED, Browser, Page, Watched, chromium
from conftest import ROOT
from formats import Formats
from policies import THREE, TWELVE, policy

from policylint.report.formats import rendered
from policylint.session import Session
from policylint.site.__main__ import main

PAGES = (
    "index.html",
    "settings/AllowCamera.html",
    "clients/ios.html",
    "rules/EAS101-setting-blocks-sync.html",
    "servers.html",
    "servers/exchange-online.html",
    "sources.html",
    "compare.html",
    "scoreboard.html",
    "changes.html",
    "embed.html",
    "reference.html",
    "docs/index.html",
    "docs/output.html",
)
"""One page of every kind."""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Open]:
    """Open a page of the site as a file; when done, it asked for nothing outside and complained of nothing."""
    watched = Watched(browser)

    def open_it(place: str, **how: Any) -> Page:
        return watched.open(f"{folder.as_uri()}/{place}", folder.as_uri(), **how)

    yield open_it
    watched.done()


def ask(page: Page, question: str) -> str:
    page.fill("#q", question)
    page.press("#q", "Enter")
    return page.inner_text("#found")


@pytest.mark.parametrize(
    ("question", "setting", "client"),
    [
        ("can I set AllowCamera?", "AllowCamera", None),
        ("Can I set AllowCamera on an iPhone?", "AllowCamera", "ios"),
        ("RequireDeviceEncryption Outlook", "RequireDeviceEncryption", "outlook-mobile"),
        ("does an iPhone 15 do BlockRemoteDesktop", "AllowRemoteDesktop", "ios"),
        ("minpasswordlength wp7", "MinDevicePasswordLength", "windows-phone"),
    ],
)
def test_a_question_is_answered(opened: Open, question: str, setting: str, client: str | None) -> None:
    page = opened("index.html")
    ask(page, question)
    title = page.locator("#found h2").first
    assert title.inner_text().split()[0] == setting
    rows = page.locator("#found table").first.locator("tbody tr")
    clients = rows.evaluate_all("all => all.map(row => row.querySelector('th a').getAttribute('href'))")
    if client:
        assert f"clients/{client}.html" in clients
        assert len(set(clients)) < 5
    else:
        assert len(set(clients)) > 30


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("iPhone", "clients/ios.html"),
        ("Outlook", "clients/outlook-mobile.html"),
        ("PIN", "settings/DevicePasswordEnabled.html"),
        ("galaxy", "clients/samsung-email.html"),
        ("EAS101", "rules/EAS101-setting-blocks-sync.html"),
        ("Exchange Online", "servers/exchange-online.html"),
        ("testing a phone", "docs/testing-a-phone.html"),
    ],
)
def test_what_people_say_is_found(opened: Open, asked: str, place: str) -> None:
    page = opened("index.html")
    ask(page, asked)
    assert page.locator(f'#found a[href="{place}"]').count()


def test_the_answer_of_the_search_is_that_of_the_page(opened: Open) -> None:
    page = opened("index.html")
    ask(page, "AllowCamera")
    shown = "cell => cell.firstChild && cell.firstChild.textContent.trim()"
    take = f"rows => rows.map(row => [...row.cells].slice(2, 5).map({shown}).join('|')).sort()"
    searched = page.locator("#found table tbody tr").evaluate_all(take)
    on_page = opened("settings/AllowCamera.html").locator("#answers tbody tr").evaluate_all(take)
    assert searched == on_page


def test_keys_choose_a_suggestion(opened: Open) -> None:
    page = opened("index.html")
    page.keyboard.press("/")
    page.keyboard.type("allowcam")
    assert page.locator("#suggestions li").count() >= 1
    page.keyboard.press("ArrowDown")
    assert page.locator("#q").get_attribute("aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Escape")
    assert not page.locator("#suggestions").is_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/AllowCamera.html")


def test_a_question_can_be_linked_and_nothing_in_it_runs(opened: Open) -> None:
    page = opened("index.html#q=%3Cimg%20onzz%3Dqqqq%3E")
    assert "Nothing here is called “<img onzz=qqqq>”" in page.inner_text("#found")
    assert not page.locator("#found img").count()


def test_two_clients_are_compared(opened: Open) -> None:
    page = opened("compare.html#ios&windows-phone")
    few = page.locator("#compared tbody tr").count()
    page.uncheck("#differ")
    assert 0 < few < page.locator("#compared tbody tr").count()
    page.select_option("#other", "ios")
    page.check("#differ")
    assert "the same" in page.inner_text("#compared")


def test_a_table_is_embedded_in_a_page_of_others(opened: Open, folder: Path) -> None:
    (folder / "blog.html").write_text(
        '<!doctype html><title>Mine</title><script src="embed/policylint-property.js"></script>'
        '<policylint-property name="AllowCamera" clients="ios gmail"></policylint-property>'
        '<policylint-property name="AllowCamera" clients="ios"></policylint-property>'
    )
    page = opened("blog.html")
    page.wait_for_selector("policylint-property table")
    names = "[...each.shadowRoot.querySelectorAll('tbody th')].map(th => th.textContent)"
    shown = f"all => all.map(each => new Set({names}).size)"
    assert page.locator("policylint-property").evaluate_all(shown) == [2, 1]
    assert page.locator('policylint-property a[href$="/settings/AllowCamera.html#ios-1"]').count() == 2


def test_a_wrong_cell_is_copied(opened: Open) -> None:
    page = opened("settings/AllowCamera.html", permissions=["clipboard-read", "clipboard-write"])
    page.locator("details.wrong summary").first.click()
    page.locator("details.wrong button.copy").first.click()
    page.wait_for_function("document.getElementById('said').textContent === 'Copied'")
    assert "what is known is wrong" in page.evaluate("navigator.clipboard.readText()")


def test_light_and_dark(opened: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = opened(PAGES[1], color_scheme="light"), opened(PAGES[1], color_scheme="dark")
    assert light.evaluate(ground) != dark.evaluate(ground)
    light.click("[data-theme-switch]")
    assert light.evaluate(ground) == dark.evaluate(ground)


@pytest.mark.parametrize("place", PAGES)
def test_a_phone_can_show_it(opened: Open, place: str) -> None:
    page = opened(place, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_the_pages_are_there(opened: Open) -> None:
    page = opened("index.html", java_script_enabled=False)
    page.click('a[href="settings/AllowCamera.html"]')
    assert page.locator("#answers tbody tr").count() > 50


# --- try it: the program itself, in the browser


@pytest.fixture(scope="module")
def tried(folder: Path) -> Iterator[str]:
    """The address of a site on which exports are judged: a page that was opened as a file may not start Python."""
    if not (NODE / "pyodide").is_dir() and not REQUIRED:
        pytest.skip("npm's pyodide is not installed")
    out = folder.parent / f"{folder.name}-tried"
    assert main([str(out), "--try-it", str(NODE)]) == 0
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=str(out))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def judging(browser: Browser, tried: str) -> Iterator[Page]:
    """The page on which exports are judged, ready; when done, it asked nobody else for anything."""
    elsewhere = []
    page = browser.new_page()
    page.on("request", lambda asked: None if asked.url.startswith(tried) else elsewhere.append(asked.url))
    page.goto(f"{tried}try-it.html")
    page.wait_for_selector("#try:not([hidden])", timeout=120_000)
    yield page
    page.close()
    assert elsewhere == []


def tell(page: Page, path: Path) -> Any:
    page.evaluate("delete document.body.dataset.told")
    page.set_input_files("#file", path)
    page.wait_for_selector("body[data-told]", state="attached", timeout=60_000)
    return json.loads(page.evaluate("document.body.dataset.told"))


@pytest.mark.parametrize("form", ["clixml", "convertxml", "csv", "json", "listing"])
def test_the_browser_finds_what_the_command_line_finds(
    judging: Page, tmp_path: Path, formats: Formats, form: str
) -> None:
    exports = [policy({**TWELVE, **THREE}, gate=False, name="Büro"), policy(TWELVE, gate=True, name="Kiosk")]
    path = tmp_path / "export.txt"
    path.write_text(getattr(formats, form)(exports), encoding="utf-8")
    told = tell(judging, path)["report"]
    wanted = json.loads("".join(rendered(Session("common").check(path), "json")).replace(str(path), path.name))
    assert told["inputs"] == wanted["inputs"]
    for key in ("findings", "verdicts", "summary"):
        assert without_prints(told[key]) == without_prints(wanted[key]), key
    assert judging.locator("#result tbody tr").count() == len(wanted["verdicts"]) + len(wanted["findings"]) > 0


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE Objs [<!ENTITY x "y">]>\n<Objs Version="1.1.0.1"><S>&x;</S></Objs>',
        '<Objs Version="1.1.0.1">\n<S>&x;</S></Objs>',
        '<Objs Version="1.1.0.1">\n' + "<Obj><LST>" * 300,
    ],
)
def test_the_browser_refuses_what_the_command_line_refuses(judging: Page, tmp_path: Path, text: str) -> None:
    path = tmp_path / "export.clixml"
    path.write_text(text, encoding="utf-8")
    told = tell(judging, path)["error"]
    (wanted,) = Session("common").check(path).unread
    assert told == wanted.replace(str(path), path.name)
    assert told in judging.inner_text("#result")


def without_prints(found: Any) -> Any:
    """What was found without its fingerprints, which hold the path."""
    return [{**each, "fingerprint": ""} for each in found] if isinstance(found, list) else found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PAGES)
def test_axe_finds_nothing(opened: Open, place: str, scheme: str) -> None:
    axe = NODE / "axe-core" / "axe.min.js"
    if not axe.exists() and not REQUIRED:
        pytest.skip("axe-core is not installed")
    page = opened(place, color_scheme=scheme, bypass_csp=True)
    if place == "index.html":
        ask(page, "AllowCamera iPhone")
    page.evaluate(axe.read_text(encoding="utf-8"))
    check = "axe.run({ preload: false }).then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"
    assert page.evaluate(check) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_exports_are_judged(browser: Browser, tried: str, scheme: str) -> None:
    axe = NODE / "axe-core" / "axe.min.js"
    if not axe.exists() and not REQUIRED:
        pytest.skip("axe-core is not installed")
    page = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 740}, bypass_csp=True)
    page.goto(f"{tried}try-it.html")
    page.wait_for_selector("#try:not([hidden])", timeout=120_000)
    assert tell(page, ROOT / "examples" / "contoso.clixml")["report"]["findings"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate(axe.read_text(encoding="utf-8"))
    check = "axe.run({ preload: false }).then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"
    assert page.evaluate(check) == []
    page.close()


def test_html_validate_finds_nothing(folder: Path, tmp_path: Path) -> None:
    program = NODE / ".bin" / "html-validate"
    if not program.exists() and not REQUIRED:
        pytest.skip("html-validate is not installed")
    # anchors are those of GitHub, and no native element suggests as one types
    rules = {"valid-id": ["error", {"relaxed": True}], "prefer-native-element": ["error", {"exclude": ["listbox"]}]}
    config = {"root": True, "extends": ["html-validate:recommended"], "rules": rules}
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(config))
    for place in PAGES:
        shutil.copy(folder / place, tmp_path / place.replace("/", "-"))
    command = [program.resolve(), *(place.replace("/", "-") for place in PAGES)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
