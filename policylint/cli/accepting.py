"""What of the findings counts: waivers and the baseline take some out, --select and --ignore drop others.

All of it is understood before any export is read, so that a slip ends the program at once.
"""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from policylint.cli.configured import blame, given
from policylint.cli.terminal import fail, note
from policylint.usage import reason

if TYPE_CHECKING:
    from policylint.acceptance.baseline import Baseline
    from policylint.acceptance.selection import Selection
    from policylint.acceptance.waivers import Waivers
    from policylint.config.reading import Config
    from policylint.judging.report import Report
    from policylint.knowledge import Knowledge
    from policylint.session import Session


class Acceptance:
    """What of a report counts, by the configuration and the options of a command.

    `about` is what the report is about: waivers for anything else are not heeded. Without `tells` nothing is said about
    the waivers themselves.
    """

    def __init__(
        self,
        ctx: typer.Context,
        run: "Session",
        *,
        select: list[str] | None = None,
        ignore: list[str] | None = None,
        baseline: Path | None = None,
        about: str = "policy",
        tells: bool = True,
    ):
        self._selection = _selection(ctx, run.knowledge, select, ignore)
        self._waivers = _waivers(ctx, run, about, tells=tells)
        self._path = baseline
        self._baseline = baseline_in(baseline, run.max_bytes) if baseline is not None else None

    def of(self, report: "Report") -> "Report":
        """Return a report in which is marked what does not count; tell what of all this is out of date."""
        if self._waivers is None and self._baseline is None and self._selection is None:
            return report
        from policylint.acceptance.accepted import accepted

        report, absent, stale = accepted(report, self._waivers, self._baseline, self._selection)
        if absent and self._waivers is not None and self._waivers.tells:
            from policylint.report.words import plural_of

            plural = f"s name {plural_of(report.about)}" if absent > 1 else f" names a {report.about}"
            note(f"{self._waivers.document.path}: {absent} waiver{plural} not read in this run")
        if stale.gone:
            what = "entry is" if stale.gone == 1 else "entries are"
            note(f"{self._path}: {stale.gone} {what} no longer found as it stands (policylint baseline prune)")
        return report


def _waivers(ctx: typer.Context, run: "Session", about: str, *, tells: bool) -> "Waivers | None":
    config: Config | None = ctx.obj
    if config is None or not config.values.get("waivers"):
        return None
    from policylint.acceptance.waivers import Waivers
    from policylint.config.applied import ConfigDocument, waivers_of
    from policylint.config.reading import ConfigError

    try:
        understood = waivers_of(config, run.knowledge, run.targets, about)
    except ConfigError as slip:
        fail(str(slip))
    # with devices other than those of the configuration it is open which waivers are of use
    tells_unused = "devices" not in config.values or not given(ctx, "device")
    document = ConfigDocument(config)
    return Waivers(understood, document, run.knowledge.rulebook, datetime.date.today(), tells, tells_unused)


def _selection(
    ctx: typer.Context, knowledge: "Knowledge", select: list[str] | None, ignore: list[str] | None
) -> "Selection | None":
    if not select and not ignore:
        return None
    from policylint.acceptance.selection import Selection, SelectorError, selectors

    found = []
    for option, texts in (("select", select), ("ignore", ignore)):
        try:
            found.append(selectors(texts or [], knowledge))
        except SelectorError as slip:
            blame(ctx, option, str(slip))
    return Selection(*found)


def baseline_in(path: Path, max_bytes: int) -> "Baseline":
    """Read the file of a baseline, which may be as large as an export."""
    from policylint.acceptance.baseline import BaselineError, read
    from policylint.exports.bounded import read_text

    try:
        return read(read_text(path, max_bytes))
    except FileNotFoundError:
        fail(f"--baseline {path}: no such file (policylint baseline create makes it)")
    except UnicodeDecodeError:
        fail(f"--baseline {path}: is not UTF-8")
    except OSError as problem:
        fail(f"--baseline {path}: cannot be read: {reason(problem)}")
    except BaselineError as slip:
        fail(f"--baseline {path}: {slip}")
