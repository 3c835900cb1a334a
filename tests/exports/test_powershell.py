"""Scripts that set policies: what their commands are read as, where it stands, and what is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.error import ExportError
from policylint.exports.powershell.document import Command, ScriptDocument
from policylint.exports.reader import read_document
from policylint.exports.record import Document, Unread

Read = Callable[[str], Document]
SET = "Set-MobileDeviceMailboxPolicy"


def commands(text: str) -> list[Command]:
    document = read_document(text.encode(), "policies.ps1")
    assert isinstance(document, ScriptDocument)
    return document.commands


def value(argument: str, before: str = "") -> object:
    """What one argument of a command is read as."""
    (command,) = commands(f"{before}\n{SET} {argument}")
    (element,) = command.elements
    assert element.name is None
    return element.value


@pytest.mark.parametrize(
    ("argument", "wanted"),
    [
        ("Sales", "Sales"),
        ("'Chef''s'", "Chef's"),
        ("‘a’’b‚", "a’b"),
        ('"a""b`"c`$d`t"', 'a"b"c$d\t'),
        ("“a”", "a"),
        ("Sales#1", "Sales#1"),
        ("a`;b", "a;b"),
        ("x'y z'\"w\"", "xy zw"),
        ("Sales$", "Sales$"),
        ("$true", True),
        ("$FALSE", False),
        ("$null", None),
        ("7", 7),
        ("0x1F", 31),
        ("10MB", 10485760),
        ("1.5", 1.5),
        ("-3", "-3"),
        ("1..3", "1..3"),
        ("7z", "7z"),
        ("a,'b', 3", ("a", "b", 3)),
        ("@('a'\n'b', 'c')", ("a", "b", "c")),
        ("@()", ()),
        ("('a')", "a"),
        ("@'\nit's\n two\n'@", "it's\n two"),
        ('@"\r\na"b\r\n"@', 'a"b'),
        ("([string]7)", "7"),
        ("([bool]0)", False),
        ("(-not $true)", False),
        ("('a' + 'b')", "ab"),
        ("([TimeSpan]::FromMinutes(15))", timedelta(minutes=15)),
        ("(New-TimeSpan -Hours 1 -Minutes 5)", timedelta(hours=1, minutes=5)),
    ],
)
def test_a_literal_argument_is_read_as_what_it_is(argument: str, wanted: object) -> None:
    found = value(argument)
    assert found == wanted
    assert type(found) is type(wanted)


@pytest.mark.parametrize(
    "argument",
    [
        "$x",
        "$x.y",
        "(Get-Date)",
        '"$(a)"',
        "(1 + 2)",
        "('a' -f 1)",
        "{ a }",
        "1u",
        "0b1",
        '"`u{41}"',
        "$env:N",
        "${a`b}",
    ],
)
def test_what_is_not_literal_stays_as_it_is_written(argument: str) -> None:
    assert value(argument) == Unread(argument)


@pytest.mark.parametrize(
    ("before", "argument", "wanted"),
    [
        ("$n = 'A'", "$n", "A"),
        ("$n = 'A'; $m = $n", '"$m-${n}"', "A-A"),
        ("$n = 'A'; $n = 'B'", "$n", "B"),
        ("$n = 'A'; $n += 'B'", "$n", "AB"),
        ("$n = 'A'; $m = ($n = 'B')", "$n", "B"),
        ("$l = @('a'); $l += 'b'", "$l", ("a", "b")),
        ("$t = @{ a = @{ b = 'x' } }", "$t.a.b", "x"),
        ("$t = @{ a = 'x' }; $u = $t; $u.a = 'y'", "$t['a']", "y"),
        ("$script:n = 'A'", "$n", "A"),
        ("[string]$n = 5", "$n", "5"),
        ("$n = 'A'; if (1) { $m = 'B' }", "$n", "A"),
        ("$n = 'A'; function F($n) { $n = 'B' }; F", "$n", "A"),
    ],
)
def test_a_variable_is_followed_where_the_script_runs_straight(before: str, argument: str, wanted: object) -> None:
    assert value(argument, before) == wanted


@pytest.mark.parametrize(
    "before",
    [
        "if (1) { $n = 'B' }",
        "foreach ($n in 1) { }",
        "1 | ForEach-Object { $n = 'B' }",
        "function F { $script:n = 'B' }; F",
        "F ([ref]$n)",
        "Set-Variable n B",
        "Get-Date -OutVariable n",
        "Tee-Object -Variable n",
        "$n++",
        "$n, $m = 1, 2",
        "\"$($n = 'B')\"",
        ". ./other.ps1",
        "Invoke-Expression '1'",
        "& $block",
        "$n += Get-Date",
    ],
)
def test_a_variable_that_may_have_changed_is_not_known(before: str) -> None:
    assert value("$n", f"$n = 'A'; {before}") == Unread("$n")


@pytest.mark.parametrize(
    "before",
    [
        "F $p",
        "$p | F",
        "function F { $p.b = 1 }; F",
        "if (1) { $p.b = 1 }",
        "foreach ($k in $p.Keys) { $p[$k] = 1 }",
        "$l = @($p); $l[0].b = 1",
        "$p[$k] = 1",
        "$p.Foo()",
        "& { $p.b = 1 }",
        "$q = @{ p = $p }; $q.p.b = 1",
    ],
)
def test_a_table_that_may_have_changed_is_not_spread(before: str) -> None:
    (command,) = commands(f"$p = @{{ Identity = 'A' }}; {before}\n{SET} @p")
    assert command.fault is not None
    assert "@p" in command.fault


def test_a_table_is_spread_with_the_place_of_each_entry(text_at: Callable[[Document, int], str]) -> None:
    script = f"$p = @{{\n  Identity = 'Sales'\n  AllowCamera = $false\n}}\n$p.AllowWiFi = $true\n{SET} @p"
    document = read_document(script.encode(), "a.ps1")
    assert isinstance(document, ScriptDocument)
    elements = document.commands[0].elements
    assert [(each.name, each.value) for each in elements] == [
        ("Identity", "Sales"),
        ("AllowCamera", False),
        ("AllowWiFi", True),
    ]
    assert [text_at(document, each.mark) for each in elements] == ["'Sales'", "$false", "$true"]
    assert [document.place(each.mark).line for each in elements] == [2, 3, 5]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (f"if (1) {{ {SET} A }}", "a branch of if"),
        (f"else_ {{ {SET} A }}", "a script block"),
        (f"foreach ($n in 1) {{ {SET} A }}", "in foreach"),
        (f"function Go {{ {SET} A }}\nGo", "the function go"),
        (f"try {{ {SET} A }} catch {{ }}", "in try"),
        (f"return\n{SET} A", "behind return (line 1)"),
        (f"if ($x) {{ throw 'x' }}\n{SET} A", "behind throw (line 1)"),
        (f"function Go {{ exit }}\nGo\n{SET} A", "may end the script"),
        (f"'A' | {SET}", "a pipeline hands it"),
        (f"Get-Date && {SET} A", "succeeds"),
        (f"{SET} A &", "in the background"),
        (f"Write-Host ({SET} A)", "inside an expression"),
        (f"process {{ {SET} A }}", "in process"),
        (f"function {SET} {{ }}\n{SET} A", "of this name itself"),
        (f"$PSDefaultParameterValues['*:AllowWiFi'] = 1\n{SET} A", "$PSDefaultParameterValues"),
        (f"$WhatIfPreference = $true\n{SET} A", "$WhatIfPreference"),
    ],
)
def test_a_command_that_may_not_run_says_why(script: str, why: str) -> None:
    (command,) = commands(script)
    assert why in (command.doubt or "")


@pytest.mark.parametrize(
    "script",
    [
        f"$null = {SET} A",
        f"[void]({SET} A)",
        f"{SET} A | Out-Null",
        f"begin {{ {SET} A }}\nend {{ }}",
        f"foreach ($i in 1) {{ continue }}\n{SET} A",
        f"1 | ForEach-Object {{ return }}\n{SET} A",
        f"function Go {{ return 1 }}\nGo\n{SET} A",
        f"& '{SET}' A",
        f"Module\\{SET} A",
        f"$c = '{SET}'\n& $c A",
    ],
)
def test_a_command_that_runs_is_certain(script: str) -> None:
    (command,) = commands(script)
    assert (command.doubt, command.fault) == (None, None)


@pytest.mark.parametrize(
    ("script", "what", "line"),
    [
        (f"{SET} 'Sales", "quote", 1),
        (f"\n{SET} A\nif (1) {{", "never closed", 3),
        (f"{SET} A\n}}", "command should stand here", 2),
        (f"{SET} A,", "value is missing", 1),
        (f"{SET} A\n$x = 1 2", "does not belong", 2),
        (f"{SET} A\n$x = @{{ a = 1; A = 2 }}", "already", 2),
        (f'{SET} A\n"$x: y"', "colon", 2),
        (f"{SET} A\ntry {{ }}", "catch", 2),
        (f"{SET} A\n@'\nx", "here-string", 2),
        (f"{SET} A <# ", "value should stand", 1),
        (f"{SET} A\n{'(' * 60}", "brackets are open", 2),
        (f"{SET} A\na | 'b'", "only a command", 2),
    ],
)
def test_a_script_that_powershell_would_refuse_is_refused_with_its_place(script: str, what: str, line: int) -> None:
    with pytest.raises(ExportError, match=what) as caught:
        commands(script)
    assert caught.value.line == line
    assert "PowerShell script" in caught.value.message


@pytest.mark.parametrize(
    "script",
    [
        f"<# {SET} A #>\n$x = '{SET} B'\n& {{ }}\n# {SET} C\n{SET}2 X",
        f"@'\n{SET} A\n'@ | Out-Null",
    ],
)
def test_a_command_in_a_comment_or_a_text_is_none(script: str) -> None:
    with pytest.raises(ExportError, match=r"sets no policy|plain text"):
        commands(script)


@pytest.mark.parametrize(
    "script",
    [
        f"Invoke-Expression '{SET} A'",
        f"Set-Alias s {SET}",
        f"Start-Process pwsh -ArgumentList '-c {SET} A'",
        f"class P {{ Go() {{\n{SET} A }} }}",
        f'$null = "$({SET} A)"',
    ],
)
def test_a_command_in_a_text_that_runs_is_told(script: str) -> None:
    (command,) = commands(script)
    assert SET in (command.fault or "")


def test_a_line_that_has_lost_its_command_is_told() -> None:
    first, second = commands(f"{SET} A -AllowWiFi $true ` \n  -AllowCamera $false\n")
    assert [each.value for each in first.elements if each.has_value] == ["A", True]
    assert "-AllowCamera begins a line" in (second.fault or "")


WORDS = st.sampled_from((
    SET, "A", "-AllowCamera", "-X:", "$false", "$x", "@p", "@{", "}", "{", "(", ")", "@(", "$(", "'", '"', "`", "\n",
    ";", "|", "&", "=", ",", "#", "<#", "#>", "@'\n", "\n'@", '@"\n', '\n"@', "if", "else", "foreach ($x in 1)",
    "try", "function f", "catch", "param(", "[int]", "[", "]", ".a", "::b", "1", "0x", "10MB", "-eq", "+", "+=", "!",
    "$", "${", "throw", "\u2013", "Configuration c {", "EXOMobileDeviceMailboxPolicy 'x' {", "Name = 'a'",
    "\u2019", "\u201c", "\u00a0", "é", "😀", "--%",
))  # fmt: skip


@given(st.lists(WORDS | st.characters(), max_size=30), st.sampled_from(["", " "]))
def test_any_text_is_read_or_refused(words: list[str], between: str) -> None:
    text = f"{SET} A -AllowCamera $false\n" + between.join(words)
    try:
        document = read_document(text.encode("utf-8", "replace"), "a.ps1")
    except ExportError:
        return
    for command in getattr(document, "commands", ()):
        for element in command.elements:
            place = document.place(element.mark)
            assert (place.line, place.column) < (place.end_line, place.end_column)
