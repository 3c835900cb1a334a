"""policylint rules experiment: one step of an experiment with one phone. Its state is kept in a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.cli.terminal import fail, note, say, write
from policylint.usage import reason
from policylint.writing.day import today
from policylint.writing.style import printable

if TYPE_CHECKING:
    from policylint.knowledge import Knowledge
    from policylint.knowledge.families import Target
    from policylint.learning.experiment import Experiment

_LARGEST = 1 << 20
"""Bytes; a state is far smaller."""


def experiment(
    query: str | None,
    knowledge: "Knowledge",
    *,
    state: Path | None,
    answer: str | None,
    only: Sequence[str],
    learn: Path | None,
    as_json: bool,
    run: bool,
) -> None:
    """Take the answer to the last step, keep it, and print the next step or what was learned."""
    from policylint.learning.experiment import ExperimentError
    from policylint.learning.pages import json_text, lines

    if query is None or state is None:
        fail("an experiment needs a release and a file: policylint rules experiment TARGET --state FILE")
    target = _target(query, knowledge)
    keys = _properties(only, knowledge)
    try:
        found = _resumed(state, target, knowledge, keys, answer)
        if answer is not None:
            found = found.answered(answer)
    except ExperimentError as error:
        fail(f"{printable(str(state))}: {printable(str(error))}")
    if answer is not None or not state.exists():
        _write(state, found.state())
    if learn is not None:
        _learn(learn, found)
    if as_json:
        write([json_text(found)])
        return
    for line in lines(found, run=run, state=printable(str(state))):
        say(line)


def _target(query: str, knowledge: "Knowledge") -> "Target":
    from policylint.knowledge.query import QueryError, fold, select

    try:
        targets, notes = select([query], knowledge)
    except QueryError as error:
        fail(str(error))
    for text in notes:
        note(text)
    if len(targets) != 1:
        fail(f"{printable(query)} is {fold(targets) or 'no release'}: an experiment is with one release")
    return targets[0]


def _properties(only: Sequence[str], knowledge: "Knowledge") -> list[str]:
    found = []
    for name in only:
        known = knowledge.catalogue.searched(name)
        if known is None or known.kind != "device":
            fail(f"--only {printable(name)}: no setting for devices")
        if known.never_tried is not None:
            fail(f"--only {known.key}: never tried. {known.never_tried}")
        found.append(known.key)
    return found


def _resumed(
    state: Path, target: "Target", knowledge: "Knowledge", only: list[str], answer: str | None
) -> "Experiment":
    from policylint.learning.experiment import ExperimentError, begin, resume

    try:
        if state.stat().st_size > _LARGEST:
            raise ExperimentError("it is too large for the state of an experiment")
        text = state.read_text(encoding="utf-8")
    except FileNotFoundError:
        if answer is not None:
            raise ExperimentError("it is not there: an answer belongs to a step, so begin without --answer") from None
        return begin(target, knowledge, only)
    except UnicodeDecodeError:
        raise ExperimentError("it is damaged: not UTF-8") from None
    except OSError as error:
        raise ExperimentError(f"cannot be read: {reason(error)}") from None
    return resume(text, target, knowledge, only)


def _write(path: Path, text: str) -> None:
    from policylint.writing.whole import write_file

    try:
        write_file(path, [text])
    except OSError as error:
        fail(f"{printable(str(path))}: cannot be written: {reason(error)}")


def _learn(folder: Path, found: "Experiment") -> None:
    from policylint.learning.observed import FILE, observed_text

    if not found.plan.done:
        fail("--learn writes what was learned when every setting is told apart: answer the steps first")
    path = folder / FILE
    if path.exists():
        fail(f"{printable(str(path))} is there already: choose another folder, --rules takes several")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"{printable(str(folder))}: cannot be made: {reason(error)}")
    as_of = today().isoformat()
    _write(
        path, observed_text(found.observations(as_of), f"An experiment with one device of this organisation, {as_of}")
    )
    note(f"{printable(str(path))} holds what was learned; use it with --rules {printable(str(folder))}")
