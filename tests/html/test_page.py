"""A page is one file that may load nothing, says what the JSON says, and can be read again as an export."""

import base64
import hashlib
import json
import lzma
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from formats import Formats
from generated import policies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from policies import THREE, TWELVE, policy

from policylint.html.harmless import LONGEST, Whole, address, harmless
from policylint.html.words import GRADE
from policylint.knowledge import Knowledge, load
from policylint.report.formats import rendered
from policylint.session import Session

KNOWLEDGE = load()
KINDS = ("check", "matrix", "property", "merge", "users", "diff", "fleet")


def embedded(page: str, name: str) -> object:
    found = re.search(rf'<script type="application/(json|x-xz)" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    text = found[2] if found[1] == "json" else lzma.decompress(base64.b64decode(found[2])).decode()
    return json.loads(text)


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_may_be_loaded_or_run_but_what_is_inside(made: dict[str, str], kind: str) -> None:
    tree = html.document_fromstring(made[kind])
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = re.findall(r"<style>(.*?)</style>", made[kind], re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", made[kind], re.DOTALL)
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "style-src": digest(style),
        "script-src": digest(script),
    }
    assert not tree.xpath("//*[@src or @style or @srcset or @action] | //link | //iframe | //object | //embed | //img")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert all(address.startswith(("#", "https://", "http://")) for address in tree.xpath("//@href"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_inside_leads_somewhere(made: dict[str, str], kind: str) -> None:
    tree = html.document_fromstring(made[kind])
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//@href") if link.startswith("#")} <= set(ids)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_without_scripts_needs_none(made: dict[str, str], kind: str) -> None:
    tree = html.document_fromstring(made[kind])
    for hidden in tree.xpath("//*[@hidden]"):
        assert hidden.tag in ("nav", "button")  # tools that only a script can use
    assert tree.xpath("//main//table") or kind == "users"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(policies(gate=False) | policies(), min_size=1, max_size=4))
def test_the_page_counts_what_the_json_counts(found: list[dict[str, object]], tmp_path: Path, formats: Formats) -> None:
    named = [{**each, "Name": f"Policy {number}"} for number, each in enumerate(found)]
    path = tmp_path / "generated.json"
    path.write_text(formats.json(named), encoding="utf-8")
    report = Session(["wp7", "common", "outlook-mac"], knowledge=KNOWLEDGE).check(path)
    plain = json.loads("".join(rendered(report, "json")))
    page = "".join(rendered(report, "html"))
    assert embedded(page, "policylint-report") == plain
    tree = html.document_fromstring(page)
    pairs = {each.get("data-pairs"): int(each.text) for each in tree.xpath("//*[@data-pairs]")}
    counted = Counter(GRADE[row["verdict"]] for row in plain["verdicts"])
    assert {grade: pairs[grade] for grade in ("refused", "weak", "unknown", "fine")} == {
        grade: counted[grade] for grade in ("refused", "weak", "unknown", "fine")
    }
    asks = {row["policy"] for row in plain["verdicts"] if any(row["demands"].values())}
    assert pairs["idle"] == len(found) - len(asks)
    numbers = {each.get("data-count"): int(each.text) for each in tree.xpath("//*[@data-count]")}
    assert numbers.items() <= plain["summary"].items()
    cells = tree.xpath("count(//table[@class='map']/tbody/tr/td)")
    assert cells == len(found) * len(tree.xpath("//table[@class='map']/thead//th[@data-label]"))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(policies(gate=False) | policies(), min_size=1, max_size=3))
def test_a_page_is_read_again_as_the_export_it_was_made_of(
    found: list[dict[str, object]], tmp_path: Path, formats: Formats
) -> None:
    path, page = tmp_path / "export.json", tmp_path / "page.html"
    path.write_text(
        formats.json([{**each, "Name": f"</script>{number}"} for number, each in enumerate(found)]), encoding="utf-8"
    )
    session = Session("common", knowledge=KNOWLEDGE)
    page.write_text("".join(rendered(session.check(path), "html")), encoding="utf-8")
    again = session.compare(path, page)
    assert not again.policies
    assert again.unchanged == len(found)


def test_a_thousand_policies_fit_and_are_read_again(tmp_path: Path, formats: Formats) -> None:
    def settings_of(number: int) -> dict[str, object]:
        asked = {name: value for at, (name, value) in enumerate(TWELVE.items()) if number >> at & 1}
        return policy(asked, THREE if number % 3 else {}, gate=number % 2 == 0, name=f"Policy {number}")

    path, page = tmp_path / "export.json", tmp_path / "page.html"
    path.write_text(formats.json([settings_of(number) for number in range(1000)]), encoding="utf-8")
    session = Session("common", knowledge=KNOWLEDGE)
    text = "".join(rendered(session.check(path), "html"))
    assert len(text.encode()) < 3_000_000
    page.write_text(text, encoding="utf-8")
    assert session.compare(path, page).unchanged == 1000
    path.write_text(formats.json([settings_of(number) for number in range(8)]), encoding="utf-8")
    assert len("".join(rendered(session.check(path), "html")).encode()) < 300_000


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace('x-xz" id="policylint-policies">', 'x-xz" id="policylint-policies">*'), "damaged"),
        (lambda text: re.sub(r'(id="policylint-policies">.{40})[^<]*', r"\1", text), "damaged|cut off"),
        (lambda text: re.sub(r'(id="policylint-policies">)[^<]*', r"\1", text), "cut off"),
        (lambda text: re.sub(r'x-xz" (id="policylint-policies">)[^<]*', r'json" \1[1', text), "page.html:[0-9]+"),
        (lambda text: "<!DOCTYPE html><p>nothing</p>", "web page"),
    ],
)
def test_a_damaged_page_is_told(change, complaint: str, tmp_path: Path, checked) -> None:  # type: ignore[no-untyped-def]
    page = tmp_path / "page.html"
    page.write_text(change(checked(*(policy(TWELVE, name=f"Policy {n}") for n in range(120)))), encoding="utf-8")
    (error,) = Session("common", knowledge=KNOWLEDGE).check(page).unread
    assert re.search(complaint, error)
    assert "page.html" in error


def test_a_page_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = base64.b64encode(lzma.compress(b" " * (65 << 20), preset=0)).decode()
    page = tmp_path / "page.html"
    page.write_text(
        f'<!DOCTYPE html><script type="application/x-xz" id="policylint-policies">{bomb}</script>AllowCamera',
        encoding="utf-8",
    )
    (error,) = Session("common", knowledge=KNOWLEDGE).check(page).unread
    assert "more than 64 MiB" in error


def test_without_the_extra_a_page_is_refused_before_anything_is_judged(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['jinja2'] = None\n"
        "sys.argv = ['policylint', 'check', 'examples/contoso.clixml', '-o', 'html']\n"
        "from policylint.cli import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "policylint[html]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_a_waiver_is_shown_with_its_reason(knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "policylint.toml").write_text(
        '[[waivers]]\nrule = "EAS101"\npolicy = "Default"\nreason = "gone by spring"\nexpires = 2099-01-01\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "policylint",
            "check",
            str(ROOT / "examples" / "contoso.clixml"),
            "-d",
            "wp7",
            "-o",
            "html",
        ],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    tree = html.document_fromstring(done.stdout)
    assert "gone by spring" in tree.xpath("string(//section[@id='waived'])")


@given(st.text())
def test_no_text_controls_a_page(text: str) -> None:
    found = harmless(text)
    assert len(found) <= LONGEST
    assert not {unicodedata.category(each) for each in found} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(harmless(Whole(text))) == len(text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " https://x", "", None, "file:///etc"])
def test_no_link_leads_anywhere_but_to_the_web(url: str | None) -> None:
    assert address(url) == ""


def test_the_page_of_a_fleet_counts_what_the_json_counts_and_names_nobody(made: dict[str, str]) -> None:
    page = made["fleet"]
    plain = embedded(page, "policylint-report")
    tree = html.document_fromstring(page)
    counts = {each.get("data-count"): int(each.text) for each in tree.xpath("//*[@data-count]")}
    standing = plain["summary"]["standing"]
    assert counts == {name: standing.get(name, 0) for name in counts}
    assert sum(counts.values())
    assert len(tree.xpath("//section[@id='lines']//tbody/tr")) == len(plain["groups"])
    persons = set(re.findall(r"[a-z]+@[a-z.]+", (ROOT / "examples" / "fleet" / "mailboxes.xml").read_text("utf-8")))
    assert persons
    assert not [person for person in persons if person in page]


def test_the_page_of_a_comparison_counts_what_the_json_counts(made: dict[str, str]) -> None:
    plain = embedded(made["diff"], "policylint-report")
    tree = html.document_fromstring(made["diff"])
    counts = {each.get("data-count"): int(each.text) for each in tree.xpath("//*[@data-count]")}
    assert counts
    assert counts.items() <= plain["summary"].items()
    assert len(tree.xpath("//details[@class='change']")) == len(plain["policies"])


def test_the_page_of_a_merge_says_who_decides_as_the_json_does(made: dict[str, str]) -> None:
    plain = embedded(made["merge"], "policylint-report")
    tree = html.document_fromstring(made["merge"])
    told = {
        row.xpath("string(th)"): row.xpath("td/span[@class='st']/text()")
        for row in tree.xpath("//table[@class='map who']//tr[th[@scope='row']]")
    }
    words = {"gated-off": "gated off", "not-set": "not set"}
    assert told == {
        each["property"]: [words.get(one["state"], one["state"]) for one in each["accounts"]]
        for each in plain["settings"]
        if each["matters"] or each["scope"] == "server"
    }


def test_a_gate_that_is_not_shown_has_no_bands(checked) -> None:  # type: ignore[no-untyped-def]
    assert "Since when" in checked(policy(TWELVE, gate=False))
    assert "Since when" not in checked(policy(TWELVE, gate=None))
