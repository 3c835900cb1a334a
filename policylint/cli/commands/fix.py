"""policylint fix: what to change so that devices can live with a policy, as a script that is printed and never run."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from policylint import __version__
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.judging import Gate, Scope, read, scope
from policylint.cli.options import AssumeGate, Colouring, Devices, MaxSize, OwnRules, ServerName
from policylint.cli.terminal import USAGE, Colour, fail, note, style_for, write

if TYPE_CHECKING:
    from policylint.fixing.plan import Plan
    from policylint.fixing.subject import Subject


class Strategy(StrEnum):
    """What --strategy takes."""

    SEPARATE = "separate"
    RELAX = "relax"
    OPEN_GATE = "open-gate"


def fix(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Exports, directories to search for them, or - for stdin."),
    ],
    device: Devices = None,
    strategy: Annotated[
        Strategy | None,
        typer.Option(help="Print the script of one strategy; without it, all are compared."),
    ] = None,
    apply_ready: Annotated[
        bool, typer.Option("--apply-ready", help="Leave out -WhatIf, so that the commands change something.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Try the changes in memory and say what is cured and what remains.")
    ] = False,
    assume_gate: AssumeGate = None,
    server: ServerName = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Print what to change so that devices are not refused any more. Nothing is changed anywhere.

    Exit code 0 means that all refusals are cured by what was printed (or that there were none), 1 that some remain, 2
    that something could not be read or understood.
    """
    if strategy is None and (apply_ready or verify):
        fail("--apply-ready and --verify go with a script: choose a --strategy")
    chosen = scope(ctx, device, own_rules=own_rules, server=server)
    subjects, failed = _subjects(paths, chosen, assume_gate, max_size)
    from policylint.fixing.strategies import STRATEGIES

    if strategy is None:
        from policylint.fixing.comparison import comparison

        for subject in subjects:
            write(comparison(subject, [plan(subject) for plan in STRATEGIES.values()], style_for(color)))
        if subjects:
            note("--strategy prints the script of one of them")
        remain = False
    else:
        plans = [STRATEGIES[strategy](subject) for subject in subjects]
        write(f"{line}\n" for line in _script(plans, chosen, what_if=not apply_ready, verified=verify))
        remain = not all(plan.cures_everything for plan in plans)
    if not subjects and not failed:
        note("none of these devices is refused because of a policy: nothing to change")
    if failed:
        raise typer.Exit(USAGE)
    raise typer.Exit(1 if remain else 0)


def _subjects(paths: list[str], scope: Scope, assume_gate: Gate | None, max_size: int) -> "tuple[list[Subject], bool]":
    """Read the policies, and return those that refuse some of the devices."""
    from policylint.fixing.subject import refused

    inputs = read(paths, scope.knowledge.catalogue, max_size=max_size)
    subjects = refused(
        inputs.policies,
        scope.knowledge,
        scope.targets,
        scope.query,
        server=scope.server,
        assume_gate=assume_gate is Gate.TRUE,
    )
    return list(subjects), bool(inputs.errors)


def _script(plans: "list[Plan]", scope: Scope, *, what_if: bool, verified: bool) -> Iterator[str]:
    from policylint.fixing.plan import verify
    from policylint.fixing.script import comment, script, verification

    knowledge = scope.knowledge
    yield comment(f"policylint {__version__}, knowledge {knowledge.version} (as of {knowledge.as_of})")
    yield comment(f"devices: {scope.chosen_by}")
    yield comment(
        "-WhatIf shows what a command would do; without it (--apply-ready) it does it"
        if what_if
        else "each command changes something"
    )
    for plan in plans:
        yield ""
        yield from script(plan, what_if=what_if)
        if verified:
            yield from verification(plan, verify(plan))
