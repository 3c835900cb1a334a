"""Files made to cost time: of each kind of input, texts that are nearly well-formed and go on where they should end."""

from collections.abc import Callable

Maker = Callable[[int], str]
_MARK = "AllowCamera"
_SET = "Set-MobileDeviceMailboxPolicy A -AllowCamera $false\n"
_LOGGED = "1 [Client=UX, Session=T, Cmdlet=Set-MobileDeviceMailboxPolicy, Thread=1] "


def _filled(head: str, piece: str, tail: str = "") -> Maker:
    """Repeat a piece between a head and a tail up to a size."""
    return lambda size: head + piece * max(1, (size - len(head) - len(tail)) // len(piece)) + tail


def _counted(head: str, piece: str, tail: str = "") -> Maker:
    """Repeat a piece in which `%d` is another number each time."""

    def make(size: int) -> str:
        return head + "".join([piece.replace("%d", str(number)) for number in range(size // (len(piece) + 4))]) + tail

    return make


LIST: dict[str, Maker] = {
    "a value that never ends": _filled("Name : A\nAllowCamera : True\nApprovedApplicationList : {a,\n", "b,\n"),
    "brackets that never close": _filled("Name : A\nAllowCamera : True\nMaxAttachmentSize : 10 MB (\n", "(x\n"),
    "one property again and again": _filled("", "AllowCamera : True\n"),
    "a name of its own in every line": _counted("Name : A\nAllowCamera : True\n", "P%d : x\n"),
    "colours in one line": _filled("Name : A\nAllowCamera : True", "\x1b[0m", "\n"),
    "colours between letters": _filled("Name : A\nAllowCamera : True\nX : ", "a\x1b[0m", "\n"),
    "quote marks": _filled("Name : A\nAllowCamera : True\n", "> "),
    "bars": _filled("Name : A\nAllowCamera : True\n", "|"),
    "no-break spaces": _filled("Name : A\nAllowCamera : True\n", "\u00a0"),
    "blanks and a colon": _filled("Name : A\nAllowCamera : True\n", " ", ":"),
    "letters and blanks": _filled("Name : A\nAllowCamera : True\n", "a "),
    "emphasis": _filled("Name : A\nAllowCamera : True\nAllowWiFi: ", "*_`"),
    "brackets of prompts": _filled("Name : A\nAllowCamera : True\n", "["),
    "prompts without an end": _filled("Name : A\nAllowCamera : True\n", "PS C:\\"),
    "rules": _filled("Name : A\nAllowCamera : True\n", "--- "),
    "lines that lost their indentation": _filled("Name : A\nAllowCamera : True\n", "x" * 80 + "\n"),
    "names in prose": _filled("Name : A\nAllowCamera : True\n", "we set AllowWiFi x\n"),
}
JSON: dict[str, Maker] = {
    "arrays that never close": _filled('"AllowCamera": true\n', "["),
    "arrays in lines": _filled('"AllowCamera": true\n', "[\n"),
    "objects in lines": _filled('x "AllowCamera": true\n', "{\n"),
    "keys that never close": _filled("", '{"AllowCamera":'),
    "brackets that are none": _filled('{"AllowCamera": true}\n', "[x\n"),
    "an object in every line": _filled('{"AllowCamera": true}\n', "{}\n"),
    "a text that never ends": _filled('{"AllowCamera": true, "x": "', "a"),
    "escapes": _filled('{"AllowCamera": true, "x": "', "\\\\", '"}'),
    "surrogates": _filled('{"AllowCamera": true, "x": "', "\\ud800", '"}'),
    "members of one object": _counted('{"AllowCamera":true', ',"K%d":1', "}"),
    "one member again and again": _filled('{"AllowCamera":true', ',"AllowCamera":true', "}"),
    "names of a program": _counted('{"AllowCamera":true', ',"a%d@odata.type":1', "}"),
    "a number of many digits": _filled('{"AllowCamera": ', "9", "}"),
    "text before and after": _filled('x\n{"AllowCamera":true}\n', "text AllowCamera is\n"),
    "blanks": _filled('{"AllowCamera":true}\n', " ", "\nx"),
}
TABLE: dict[str, Maker] = {
    "a quote that never closes": _filled('Name,AllowCamera\n"A', "b\n"),
    "quotes": _filled("Name,AllowCamera\nA,", '"'),
    "rows of another width": _filled("Name,AllowCamera\nA,True\n", "a,b,c\n"),
    "one column again and again": _filled("Name,", "AllowCamera,"),
    "columns of their own": _counted("Name,AllowCamera", ",C%d", "\nA,True"),
    "delimiters": _filled("Name,AllowCamera\n", ",;|\t"),
    "names in prose": _filled("", "we set AllowCamera, to x\n"),
    "headers": _filled("", "Name,AllowCamera\n"),
    "type lines": _filled("Name,AllowCamera\n", "#TYPE x\n"),
    "sep lines": _filled("Name,AllowCamera\n", "sep=;\n"),
    "pairs of another width": _filled("", "AllowCamera,True\nAllowCamera,True,x\n"),
    "a sheet of many columns": lambda size: "\n".join(
        ["AllowCamera" + ";True" * (size // 60), "AllowWiFi" + ";True" * (size // 60)] * 6
    ),
    "bars": _filled("| Name | AllowCamera |\n", "|"),
    "rules of Markdown": _filled("| Name | AllowCamera |\n", "| --- | --- |\n"),
    "empty rows": _filled("Name,AllowCamera\n", ",\n"),
    "empty lines": _filled("Name,AllowCamera\n", "\n"),
}
XML: dict[str, Maker] = {
    "roots that never close": _filled(f"{_MARK}\n", "<Objs>"),
    "roots with nothing in them": _filled(f"{_MARK}\n", "<Objs></Objs>"),
    "declarations": _filled(f"{_MARK}\n", "<?xml "),
    "ends": _filled(f"{_MARK}\n<Objs>", "</Objs>"),
    "elements that never close": _filled('<Objs><Obj><Props><B N="AllowCamera">true</B></Props></Obj>', "<a>"),
    "attributes": _counted("<Objs><Obj ", 'a%d="" ', '><Props><B N="AllowCamera">true</B></Props></Obj></Objs>'),
    "blanks": _filled("<Objs><Obj><Props><B N=", " ", '"AllowCamera">true</B></Props></Obj></Objs>'),
    "references": _counted("<Objs>", '<Obj RefId="%d"><TNRef RefId="%d"/></Obj>', "</Objs>"),
    "comments": _filled('<Objs><Obj><Props><B N="AllowCamera">true</B></Props></Obj>', "<!---->", "</Objs>"),
    "a page of headings": _filled("<html>", "<th>AllowCamera</th>"),
    "a page of cells": _filled("<html>", "<td>AllowCamera"),
    "a page of names": _filled("<html>", "<p>AllowCamera "),
}
SCRIPT: dict[str, Maker] = {
    "one policy again and again": _filled("", _SET),
    "round brackets": _filled(_SET, "("),
    "braces": _filled(_SET, "{"),
    "expressions in texts": _filled(_SET, '"$('),
    "a text that never ends": _filled(_SET + '"', "a$x"),
    "texts that never end": _filled(_SET, "'\n"),
    "here-strings": _filled(_SET, "@'\n"),
    "comments": _filled(_SET, "<#"),
    "comments that end": _filled(_SET, "<##>"),
    "backticks": _filled("Set-MobileDeviceMailboxPolicy A ", "`\n"),
    "branches": _filled(_SET, "if (1) {"),
    "branches one after another": _filled(_SET, "if (1) { $a = 1 } else { $a = 2 }\n"),
    "loops in loops": _filled(_SET, "foreach ($x in 1) { "),
    "functions in functions": _counted(_SET, "function F%d { "),
    "functions that call one another": _counted(_SET, "function F%d { F1; F2; F3 }\nF%d\n"),
    "tables in tables": _filled(_SET, "@{a="),
    "a large table": _counted(
        "$p = @{ Identity = 'A'; AllowCamera = $false\n", "k%d = 1\n", "}\nSet-MobileDeviceMailboxPolicy @p"
    ),
    "a table that grows": _counted("$p = @{ Identity = 'A' }\n", "$p.k%d = 1\n", "Set-MobileDeviceMailboxPolicy @p"),
    "a list that grows": _filled(
        "$l = @('a')\n", "$l += 'b'\n", "Set-MobileDeviceMailboxPolicy A -ApprovedApplicationList $l"
    ),
    "a list that doubles": _filled(
        "$l = @('a')\n", "$l = $l + $l\n", "Set-MobileDeviceMailboxPolicy A -ApprovedApplicationList $l"
    ),
    "a list of lists": _filled(
        "$l = @('a')\n", "$l = $l, $l\n", "Set-MobileDeviceMailboxPolicy A -ApprovedApplicationList $l"
    ),
    "a text that doubles": _filled(
        "$s = 'ab'\n", '$s = "$s$s"\n', "Set-MobileDeviceMailboxPolicy $s -AllowCamera $false"
    ),
    "a text that doubles by plus": _filled(
        "$s = 'ab'\n", "$s = $s + $s\n", "Set-MobileDeviceMailboxPolicy $s -AllowCamera $false"
    ),
    "variables": _counted("", "$v%d = 'x'\n", _SET),
    "one variable": _filled("", "$v = 'x'\n", _SET),
    "pipes": _filled(_SET + "a", "|a"),
    "commas": _filled(_SET + "$a = 1", ",1"),
    "operators": _filled(_SET + "$a = 1", "+1"),
    "minus signs": _filled(_SET, "- "),
    "parameters": _counted("Set-MobileDeviceMailboxPolicy A", " -p%d 1"),
    "texts that run": _filled(_SET, f"iex '{_SET.strip()}'\n"),
    "dots": _filled(_SET + "$a", ".b"),
    "indexes": _filled(_SET + "$a", "[0]"),
    "casts": _filled(_SET + "$a = ", "[int]", "1"),
    "returns": _filled(_SET, "return\n", _SET),
    "names in comments": _filled(_SET, f"# {_SET}"),
    "catches": _filled(_SET, "try { 1 } catch { 2 } finally { 3 }\n"),
}
LOG: dict[str, Maker] = {
    "brackets": _filled(f"{_LOGGED}START {_SET}", "["),
    "brackets in lines": _filled(f"{_LOGGED}START {_SET}", "[Cmdlet=\n"),
    "cmdlets": _filled(f"{_LOGGED}START {_SET}[", "Cmdlet=a "),
    "starts": _filled("", f"{_LOGGED}START {_SET}"),
    "starts that differ": _counted("", "1 [Cmdlet=Set-MobileDeviceMailboxPolicy, T=%d] START " + _SET),
    "ends": _filled(f"{_LOGGED}START {_SET}", f"{_LOGGED}FINISH\n"),
}
OTHER: dict[str, Maker] = {
    "attributes of the directory": _counted("", "msExchMobileA%d "),
    "one attribute of the directory": _filled("", "msExchMobileFlags "),
    "bytes of no code page": _filled("Name : A\nAllowCamera : True\n", "\x81"),
    "words of a console": _filled("Name : A\nAllowCamera : True\n", "f\x81r "),
    "names without a value": _filled("", "AllowCamera AllowWiFi "),
    "names above a rule": lambda size: ("AllowCamera " * 800 + "\n" + "-" * 9000 + " x\n") * max(1, size // 18_000),
    "dashes": _filled("AllowCamera AllowWiFi\n", "- "),
}
HOSTILE = {
    "list": LIST, "json": JSON, "csv": TABLE, "clixml": XML, "script": SCRIPT, "log of a wizard": LOG, "other": OTHER,
}  # fmt: skip
"""By the kind that they are like, what each does and its maker: a size in characters to a text."""
