"""Markdown, read as GitHub reads it: whatever an export says, it ends no cell, links nothing and calls nobody."""

import re
from collections.abc import Callable, Iterator

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from reports import HOSTILE_NAME, hostile_report, written

from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.writing.style import printable

Make = Callable[[str], Report]

SHOWN_AS_THEY_ARE = {"text", "text_special", "code_inline", "strong_open", "strong_close", "softbreak"}
LINKED_BY_GITHUB = re.compile(r"@\w|https?://|www\.|#\d")


def parsed(printed: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(printed)


def inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def rows(printed: str, title: str) -> list[list[list[Token]]]:
    """The cells of each row below a heading, each as its inline tokens."""
    found: list[list[list[Token]]] = []
    heading = ""
    tokens = parsed(printed)
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[position + 1].content
        elif token.type == "tr_open" and heading == title:
            found.append([])
        elif token.type == "td_open" and heading == title:
            found[-1].append(tokens[position + 1].children or [])
    return found[1:]


def assert_harmless(printed: str) -> None:
    tokens = parsed(printed)
    assert not {"html_block", "fence", "code_block", "blockquote_open"} & {token.type for token in tokens}
    assert {token.type for token in inline(tokens)} <= SHOWN_AS_THEY_ARE
    plain = [token.content for token in inline(tokens) if token.type != "code_inline"]
    assert not any(LINKED_BY_GITHUB.search(text) for text in plain)


def test_it_opens_with_the_counts_and_the_verdicts(report: Make) -> None:
    printed = written(report("contoso"), "markdown")
    assert printed.splitlines()[0] == r"**2 policies × 3 targets \(--device wp7\): 3 errors, 0 warnings, 6 notes**"
    verdicts = [["".join(token.content for token in cell) for cell in row] for row in rows(printed, "Verdicts")]
    assert verdicts == [
        ["Default", "refused", "windows-phone 7.0–7.8"],
        ["Windows Phone 7", "accepted", "windows-phone 7.0–7.8"],
    ]


def test_a_finding_is_a_row_and_its_fix_is_code(report: Make) -> None:
    printed = written(report("contoso"), "markdown")
    policy, place, rule, what, fix = rows(printed, "Errors")[1]
    assert [token.content for token in (*policy, *place, *rule)] == [
        "Default",
        "examples/contoso.clixml:55:38",
        "EAS101 setting-blocks-sync",
    ]
    assert what[0].content.startswith("refused on windows-phone 7.0–7.8 because of RequireDeviceEncryption True")
    assert [(token.type, token.content) for token in fix] == [
        ("code_inline", "Set-ActiveSyncMailboxPolicy 'Default' -RequireDeviceEncryption $false")
    ]


def test_hostile_text_stays_text(report: Make) -> None:
    printed = written(report("hostile"), "markdown")
    assert_harmless(printed)
    assert {len(row) for title in ("Errors", "Notes") for row in rows(printed, title)} == {5}
    assert {row[0][0].content for row in rows(printed, "Waived")} == {printable(HOSTILE_NAME)}


@given(name=st.text(st.sampled_from("ab|\\`*_[]()<>!@#&:/.w1~ \n\"'"), min_size=1, max_size=20))
def test_no_name_gets_out_of_its_cell(small: Knowledge, name: str) -> None:
    made = hostile_report(small, name)
    printed = written(made, "markdown")
    assert_harmless(printed)
    verdicts = rows(printed, "Verdicts")
    assert [len(row) for row in verdicts] == [3] * len(verdicts)
    assert verdicts[0][0][0].type == "code_inline"
