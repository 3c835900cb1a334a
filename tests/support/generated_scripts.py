"""Scripts made at random: any that PowerShell's grammar allows or nearly allows, and some that set policies."""

from collections.abc import Callable
from random import Random

SET = "Set-MobileDeviceMailboxPolicy"
_BOOLEANS = ("AllowCamera", "AllowWiFi", "PasswordEnabled", "AllowBrowser")


class Grammar:
    """Makes scripts of any kind; one in two is spoiled by a character."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def script(self) -> str:
        """Return a script, which may be none to PowerShell."""
        made = self._one("", "", "param($q)\n", "param([string]$a = 'x', $b)\n") + self._statements(3)
        if self._random.random() < 0.5:
            return made
        at, cut = self._random.randrange(len(made) + 1), self._random.randint(0, 2)
        return made[:at] + self._one(*"}){(',;\n|$@` =&x\"", "") + made[at + cut :]

    def _one(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _made(self, *makers: Callable[[], str]) -> str:
        """Return what one of some makers makes: the others are not asked, as each may ask many."""
        return self._random.choice(makers)()

    def _lines(self) -> str:
        return self._one("", " ", "\n", " # note\n", "\r\n  ")

    def _blank(self) -> str:
        return self._one(" ", " ", "  ", "\t", " `\n ", " <# c #> ", "\u00a0")

    def _text(self, deep: int) -> str:
        plain = ("'a'", "''", "'it''s'", '"b"', '"q $x r"', '"$x.y"', '"a`tb"', "‘c’", "“d”")
        if self._random.random() < 0.15 and deep > 0:
            return '"$(' + self._statement(deep - 1).replace('"', "") + ')"'
        return self._one(*plain, "@'\nhere 'x'\n'@", '@"\nr $x\n"@')

    def _value(self, deep: int) -> str:
        variables = ("$x", "$p", "$list", "$script:y", "$env:T", "${a b}", "$true", "$null", "$_")
        numbers = ("1", "0", "10MB", "0x1f", "1.5", "2kb", "1e3", "7d", "8l")
        return self._made(lambda: self._one(*variables), lambda: self._one(*numbers), lambda: self._text(deep))

    def _expression(self, deep: int) -> str:
        if deep <= 0:
            return self._value(0)
        member = self._one(".Length", "['k']", "[0]", ".'q'", ".A.B", "::C", ".M(1, $x)", ".Add('a')")
        operator = self._one(" -eq ", " + ", ",", " -and ", " -f ", " .. ", " -is ", " * ", " -join ", ",\n")
        before = self._one("-not ", "!", "-", "+", ",", "-join ", "[int]", "[string[]]", "[bool] ")
        return self._made(
            lambda: f"({self._lines()}{self._run(deep - 1)}{self._lines()})",
            lambda: f"@({self._lines()}{self._statements(deep - 1)})",
            lambda: f"$({self._statements(deep - 1)})",
            lambda: f"{{{self._lines()}{self._statements(deep - 1)}}}",
            lambda: self._table(deep - 1),
            lambda: f"{self._value(0)}{operator}{self._expression(deep - 1)}",
            lambda: before + self._value(0),
            lambda: self._one("$x", "$p") + member,
            lambda: f"[Math]::Max({self._expression(deep - 1)},{self._lines()}1)",
            lambda: self._value(deep),
        )

    def _table(self, deep: int) -> str:
        keys = self._random.sample(("a", "'b c'", "Name", "3", '"d"'), self._random.randint(0, 3))
        separator = self._one("\n", "; ", "\r\n")
        return "@{" + separator.join(f"{key}{self._one(' = ', '=')}{self._run(deep)}" for key in keys) + "}"

    def _argument(self, deep: int) -> str:
        words = ("word", "a.b", "x#y", "-5", "C:\\x", "*", "[int]", "a=b", "$x-y", "$x.y", "a$x", "@splat", "a,b", "5z")
        return self._made(
            lambda: self._one(*words),
            lambda: self._one("1,\n2", "Größe", "😀", "%", "'a', 'b'"),
            lambda: f"({self._run(deep - 1)})" if deep > 0 else "w",
            lambda: self._value(deep),
        )

    def _command(self, deep: int) -> str:
        made = self._one("Foo", "Set-X", "Mod\\Set-Z", "& 'A b'", "& $x", "%", "?", ". x.ps1", "7z")
        for _ in range(self._random.randint(0, 4)):
            made += self._blank() + self._made(
                lambda: self._argument(deep),
                lambda: f"-Name{self._blank()}{self._argument(deep)}",
                lambda: self._one("-Flag", "-N: w", "–P", "2>&1"),
            )
        return made

    def _run(self, deep: int) -> str:
        made = self._command(deep) if self._random.random() < 0.7 else self._expression(deep)
        for _ in range(self._random.choice((0, 0, 0, 1, 2))):
            made += self._one(" | ", "|", " |\n ") + self._command(deep)
        return made

    def _block(self, deep: int) -> str:
        inside = self._statements(deep - 1) if deep > 0 else ""
        return "{" + self._one("", " ", "\n") + inside + self._one("", "\n") + "}"

    def _statement(self, deep: int) -> str:
        if deep <= 0:
            return self._run(0)

        def block() -> str:
            return self._block(deep - 1)

        target = self._one("$x", "[string]$p", "$p.A", "$p['k']", "$script:y")
        assignment = [lambda: f"{target}{self._one(' = ', '=', ' += ')}{self._run(deep - 1)}"] * 3
        return self._made(
            lambda: f"if ({self._run(deep - 1)}){self._lines()}{block()}{self._lines()}else{self._lines()}{block()}",
            lambda: f"if({self._value(0)}) {block()}",
            lambda: f"foreach ($i in {self._run(deep - 1)}){self._lines()}{block()}",
            lambda: f"while ({self._expression(deep - 1)}) {block()}",
            lambda: f"function F($a, [int]$b = 3) {block()}",
            lambda: f"try {block()}{self._lines()}{self._one('catch', 'finally', 'catch [X],[Y]')} {block()}",
            lambda: f"switch ({self._expression(deep - 1)}) {{ 'a' {block()} default {block()} }}",
            lambda: self._one("return", "throw", "exit", "break", "return 1", "throw 'x'"),
            lambda: f"do {block()} until ({self._value(0)})",
            lambda: f"for ($i = 0; $i -lt 3; $i++) {block()}",
            *assignment,
            *[lambda: self._run(deep)] * 4,
        )

    def _statements(self, deep: int) -> str:
        return self._one("\n", "; ", "\r\n").join(self._statement(deep) for _ in range(self._random.randint(1, 3)))


class Deployments:
    """Makes scripts that set policies, with variables, tables and branches between."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def script(self) -> str:
        """Return a script of a few statements."""
        return "\n".join(self._statement(2) for _ in range(self._random.randint(2, 7)))

    def _one(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _boolean(self) -> str:
        return self._one("$true", "$false", "$b", "$p.AllowCamera", "(-not $b)", "([bool]1)", "0")

    def _name(self) -> str:
        return self._one("A", "'B'", "$n", '"$n$m"', '"x$($n)"', "$t.N", "($n + 'z')")

    def _command(self) -> str:
        verb = self._one("Set", "Set", "Set", "New")
        made = f"{verb}-MobileDeviceMailboxPolicy {self._name()}"
        for key in self._random.sample(_BOOLEANS, self._random.randint(0, 2)):
            made += f" -{key}{self._one(' ', ':')}{self._boolean()}"
        if self._random.random() < 0.4:
            made += self._one(" @p", " @q", " @p @r")
        return made + self._one("", "", " | Out-Null", " -MinPasswordLength $i", " -MinPasswordLength 6")

    def _change(self) -> str:
        key = self._random.choice(_BOOLEANS)
        return self._one(
            f"$p = @{{ {key} = {self._boolean()} }}",
            f"$q = @{{ {key} = $false; {self._one('AllowIrDA', 'AllowPOPIMAPEmail')} = $true }}",
            "$r = @{ AllowHTMLEmail = $false }",
            "$q = $p",
            "$p = $q",
            "$q = $p.Clone()",
            f"$p.{key} = {self._boolean()}",
            f"$p['{key}'] = $true",
            f"$p.Remove('{key}')",
            f"$p.Add('{key}', $false)",
            "$p += $r",
            "$p = $p + $r",
            "$b = $true",
            "$b = !$b",
            "[bool]$b = 1",
            "$n = 'A'",
            "$n = $m",
            "$m = 'M'",
            "$n += 'x'",
            "[string]$n = 7",
            "$i = 4",
            "$i++",
            "$t = @{ N = $n }",
            "$t.N = 'B'",
            "$n, $m = 'P', 'Q'",
            "$u = $n = 'U'",
            "Remove-Variable m -ErrorAction Ignore",
            f"function F {{ {self._one('$p.AllowCamera = $true', '$script:n = 1', '$n = 2', 'return', 'throw 1')} }}",
            "F",
            "$null = F",
            "[void]($n = 'V')",
            "& { $n = 'W'; $p.AllowWiFi = $true }",
            ". { $n = 'X' }",
            "'Y' | ForEach-Object { $n = $_ }",
            "Write-Output $p | ForEach-Object { $_.AllowWiFi = $false }",
            "$l = @($p, $q)",
            "$l | ForEach-Object { $_['AllowBrowser'] = $true }",
            '"$($n = 1)" | Out-Null',
            "Write-Host $n $p",
        )

    def _statement(self, deep: int) -> str:
        if deep and self._random.random() < 0.25:
            inner = "; ".join(self._statement(deep - 1) for _ in range(self._random.randint(1, 2)))
            leaving = self._one("", "", "; return", "; throw 'x'", "; break")
            return self._one(
                f"if ({self._one('$b', '1', '$false')}) {{ {inner}{leaving} }}",
                f"foreach ($n in 'F', 'G') {{ {inner} }}",
                f"foreach ($i in 1..2) {{ {inner}{self._one('', '; continue', '; break')} }}",
                f"try {{ {inner}{leaving} }} catch {{ {self._change()} }}",
                f"switch ($b) {{ $true {{ {inner} }} default {{ {self._change()} }} }}",
                f"while ($i -lt 3) {{ $i++; {inner} }}".replace("while ($i", "$i = 1; while ($i"),
                f"1 | ForEach-Object {{ {inner} }}",
            )
        return self._command() if self._random.random() < 0.4 else self._change()
