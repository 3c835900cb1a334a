"""What of the findings counts: waivers and the baseline take some out, --select and --ignore drop others.

All of it is understood before any export is read, so that a slip ends the program at once.
"""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from policylint.cli.configured import blame, given
from policylint.cli.terminal import fail, note, reason

if TYPE_CHECKING:
    from policylint.acceptance.baseline import Baseline
    from policylint.acceptance.selection import Selection
    from policylint.config.reading import Config
    from policylint.judging.report import Report, Verdicts
    from policylint.knowledge import Knowledge
    from policylint.session import Session


class WaiversInForce:
    """The waivers of the configuration, if there are any."""

    def __init__(self, ctx: typer.Context, run: "Session"):
        config: Config | None = ctx.obj
        self._config = config
        self._run = run
        self._waivers = None
        if config is None or not config.values.get("waivers"):
            return
        from policylint.acceptance.waivers import Waivers
        from policylint.config.applied import ConfigDocument, waivers_of
        from policylint.config.reading import ConfigError

        try:
            understood = waivers_of(config, run.knowledge, run.targets)
        except ConfigError as error:
            fail(str(error))
        self._waivers = Waivers(understood, ConfigDocument(config), datetime.date.today())
        # with devices other than those of the configuration it is open which waivers are of use
        self._tell_unused = "devices" not in config.values or not given(ctx, "device")

    def mark(self, verdicts: "Sequence[Verdicts]") -> None:
        """Mark what is waived."""
        if self._waivers is not None:
            self._waivers.apply(verdicts)

    def apply(self, report: "Report") -> None:
        """Mark what is waived, and add what there is to say of waivers."""
        if self._waivers is None or self._config is None:
            return
        self.mark(report.verdicts)
        absent = self._waivers.report(report.verdicts, self._run.knowledge, report.targets, unused=self._tell_unused)
        if absent:
            plural = "s name policies" if absent > 1 else " names a policy"
            note(f"{self._config.path}: {absent} waiver{plural} not read in this run")


def selection_of(
    ctx: typer.Context, knowledge: "Knowledge", select: list[str] | None, ignore: list[str] | None
) -> "Selection":
    """Understand --select and --ignore."""
    from policylint.acceptance.selection import Selection, SelectorError, selectors

    found = []
    for option, texts in (("select", select), ("ignore", ignore)):
        try:
            found.append(selectors(texts or [], knowledge))
        except SelectorError as error:
            blame(ctx, option, str(error))
    return Selection(*found)


def baseline_in(path: Path) -> "Baseline":
    """Read the file of a baseline."""
    from policylint.acceptance.baseline import BaselineError, read

    try:
        return read(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fail(f"--baseline {path}: no such file (policylint baseline create makes it)")
    except UnicodeDecodeError:
        fail(f"--baseline {path}: is not UTF-8")
    except OSError as error:
        fail(f"--baseline {path}: cannot be read: {reason(error)}")
    except BaselineError as error:
        fail(f"--baseline {path}: {error}")


def mark_known(report: "Report", baseline: "Baseline", path: Path) -> None:
    """Mark what is in the baseline, and tell if it holds what is gone."""
    _, stale = baseline.without_gone(report.verdicts, report.targets)
    baseline.mark(report.verdicts, report.targets)
    if stale.gone:
        what = "entry is" if stale.gone == 1 else "entries are"
        note(f"{path}: {stale.gone} {what} no longer found as it stands (policylint baseline prune)")
