"""What an export says stays text: in a terminal, in a table, in a comment that GitHub renders."""

import json
import re

from comparisons import Comparer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from policies import THREE, policy

from policylint.comparing import json as json_diff
from policylint.comparing import markdown, text
from policylint.comparing.model import Comparison

UNESCAPED_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
ESCAPED_OR_CODE = re.compile(r"\\[^\w\s]|(`+)(?!`).*?(?<!`)\1(?!`)")
HOSTILE = [
    "x\x1b[31mred\x07\u202e\r\ny",
    "a|b",
    "`@everyone` <img src=x onerror=alert(1)> [a](javascript:b)",
    "--> </details> <script>",
    "=1+1",
    "```",
]


def compared(comparer: Comparer, name: str) -> Comparison:
    """Let a text be the name of a policy, its old name, an entry of a list, an unreadable value and a column."""
    old = policy({"UnapprovedInROMApplicationList": [name], "MinDevicePasswordLength": 4}, name=f"old {name}")
    new = policy(THREE, {"UnapprovedInROMApplicationList": [name, "b"], "MinDevicePasswordLength": name}, name=name)
    return comparer.between([old | {"Guid": "1", name: 1}], [new | {"Guid": "1", name: 2}], "wp7,tbsync")


def outside_code(line: str) -> str:
    """Leave of a line of Markdown what is neither code nor escaped."""
    return ESCAPED_OR_CODE.sub("", line)


def test_no_text_acts_on_a_terminal(comparer: Comparer) -> None:
    for name in HOSTILE:
        printed = "".join(text.render(compared(comparer, name)))
        assert not {"\x1b", "\x07", "\r", "\u202e"} & set(printed)


def test_no_text_acts_in_a_comment(comparer: Comparer) -> None:
    for name in HOSTILE:
        page = "".join(markdown.render(compared(comparer, name)))
        assert page.startswith(f"{markdown.MARKER}\n")
        rest = [outside_code(line) for line in page.splitlines()[1:]]
        assert not {"\x1b", "\x07", "\r", "\u202e"} & set(page)
        tags = re.findall("<[^>]*>", "\n".join(rest))
        assert set(tags) <= {"<details>", "<summary>", "</summary>", "</details>", "<br>"}
        assert not [line for line in rest if re.search(r"@\w|\]\(", line)]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("a|\\` <@*\n\x1b"), min_size=1, max_size=8))
def test_every_row_has_the_cells_of_the_head(comparer: Comparer, name: str) -> None:
    lines = "".join(markdown.render(compared(comparer, name))).splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) > 3
    assert {len(UNESCAPED_PIPE.findall(row)) for row in rows} == {7}


def test_json_has_names_to_the_letter(comparer: Comparer) -> None:
    for name in HOSTILE:
        document = json.loads("".join(json_diff.render(compared(comparer, name))))
        (entry,) = document["policies"]
        assert (entry["old"]["name"], entry["new"]["name"]) == (f"old {name}", name)


def test_a_large_comparison_still_fits_into_a_comment(comparer: Comparer) -> None:
    """GitHub takes 65,536 characters."""
    old = [policy(gate=True, name=f"Policy {number}") | {"Guid": str(number)} for number in range(200)]
    new = [policy(THREE, gate=False, name=f"Policy {number}") | {"Guid": str(number)} for number in range(200)]
    page = "".join(markdown.render(comparer.between(old, new, "all")))
    assert len(page) < 65_536
    assert page.count("the rest is left out") == 2
    assert "200 of 200 policies changed" in page.splitlines()[-1]
