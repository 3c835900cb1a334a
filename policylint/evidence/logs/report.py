"""What was read of one log file, and what in it was not used: counted and named, never guessed."""

from dataclasses import dataclass, field, fields
from typing import Any, Final

CLOCK_STEP: Final = 300
"""Seconds: a line so much earlier than the line before it means that the clock was set back."""

FAULTS: Final = {
    "misfit": "lines do not fit #Fields",
    "headless": "ActiveSync lines stand before any #Fields line",
    "other-fields": "ActiveSync lines stand under #Fields that name no cs-uri-stem",
    "undated": "ActiveSync lines have no time that can be read",
    "no-device": "ActiveSync lines name no device",
    "too-long": "ActiveSync lines are longer than 1 MiB",
}
"""What is said of ActiveSync lines that were not used, by the name it is counted under."""


NO_VALUES: Final = "no line has a Log= value, as in front-end logs: refusals stand in the logs of the back end (W3SVC2)"
"""What is said of a log that can tell no refusal."""


class LogsError(Exception):
    """Logs cannot be read, or what was kept of them cannot: what is wrong and what to do."""


@dataclass(slots=True)
class FileReport:
    """One file.

    path: as it was given, with `!member` for a file in a ZIP archive
    lines: lines with a stem of ActiveSync; used: those that count for a device; probes: the server's own
    silent: used lines without a `Log=` (front end), which cannot tell a refusal
    faults: lines not used, by the keys of `FAULTS`
    first, last: times of the earliest and latest used line (seconds since 1970)
    header: there is a `#Fields:` line that names cs-uri-stem
    new_fields: how often `#Fields` changed inside the file
    runs: of each part that was read in one go, where it begins, its first and last time as they stand,
      and how often the clock was set back in it
    cut: why the end could not be read; empty if it could
    encoding: empty for plain text, else what it was read as
    same_as: the file that had the same content and was counted in place of this one
    """

    path: str
    lines: int = 0
    used: int = 0
    probes: int = 0
    silent: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None
    header: bool = False
    new_fields: int = 0
    runs: list[tuple[int, int, int, int]] = field(default_factory=list)
    cut: str = ""
    encoding: str = ""
    same_as: str = ""

    def fault(self, name: str, lines: int = 1) -> None:
        """Count lines that are not used."""
        self.faults[name] = self.faults.get(name, 0) + lines

    def span(self, first: int, last: int) -> None:
        """Take in that used lines were between these times."""
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)

    def merge(self, other: "FileReport") -> None:
        """Take in another part of the same file."""
        for name in ("lines", "used", "probes", "silent", "new_fields"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, lines in other.faults.items():
            self.fault(name, lines)
        if other.first is not None and other.last is not None:
            self.span(other.first, other.last)
        self.header = self.header or other.header
        self.runs = sorted({*self.runs, *other.runs})
        self.cut = self.cut or other.cut
        self.encoding = self.encoding or other.encoding

    @property
    def set_back(self) -> int:
        """How often the clock was set back by more than `CLOCK_STEP`."""
        between = zip(self.runs, self.runs[1:], strict=False)
        return sum(run[3] for run in self.runs) + sum(after[1] < run[2] - CLOCK_STEP for run, after in between)

    @property
    def problems(self) -> list[str]:
        """What a reader should know of the file, in plain words, the gravest first."""
        said = []
        if self.same_as:
            return [f"the same as {self.same_as}, counted once"]
        if self.cut:
            said.append(self.cut)
        if not self.header and not self.faults.get("other-fields"):
            said.append("no #Fields line that names cs-uri-stem: not read")
        said += [f"{lines} {FAULTS[name]}: not used" for name, lines in sorted(self.faults.items())]
        if self.used and self.silent == self.used:
            said.append(NO_VALUES)
        if self.set_back:
            said.append(
                f"the clock was set back {self.set_back} time{'s' * (self.set_back > 1)}; times are taken as they stand"
            )
        return said

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "FileReport":
        """Read what `as_json` returned."""
        return cls(**{**said, "runs": [tuple(run) for run in said["runs"]]})
