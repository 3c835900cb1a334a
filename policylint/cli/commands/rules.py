"""policylint rules: the rules there are, and work on packs of them."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli import completion
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.fitting import fitted
from policylint.cli.judging import load_knowledge
from policylint.cli.options import ListForm, ListOutput, OwnRules
from policylint.cli.terminal import fail, say, write
from policylint.writing.day import today

if TYPE_CHECKING:
    from policylint.knowledge import Knowledge

_WORK = ("check", "test", "coverage", "freshness", "changes", "experiment")


class Answer(StrEnum):
    """What --answer takes: what the phone made of the policy of the last step."""

    TOOK_ALL = "took-all"
    TOOK_PART = "took-part"
    REFUSED = "refused"


def rules(
    ctx: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID|check|test|coverage|freshness|changes|experiment]",
            help="A rule's id or name, or a profile, for its whole page; check lints a data pack; test runs the "
            "examples inside rules; coverage tells how much of each family is documented; freshness how old it is; "
            "changes what changed in it; experiment finds out with one phone what nobody knows of it.",
            autocompletion=completion.asked(completion.rules_or_work),
        ),
    ] = None,
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR|SINCE|TARGET]",
            help="The pack to check or test, the one that ships with the program without it; or the version of the "
            "knowledge, or the day, since which to tell changes; or the release to experiment with.",
        ),
    ] = None,
    output: ListOutput = ListForm.TEXT,
    state: Annotated[
        Path | None, typer.Option("--state", help="experiment: the file that keeps where it stands; made if missing.")
    ] = None,
    answer: Annotated[
        Answer | None, typer.Option("--answer", help="experiment: what the phone made of the last step.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="experiment: try this property only. Repeatable.")
    ] = None,
    learn: Annotated[
        Path | None, typer.Option("--learn", help="experiment: write what was learned as a pack for --rules.")
    ] = None,
    run: Annotated[
        bool, typer.Option("--run", help="experiment: print commands that change something, without -WhatIf.")
    ] = False,
    own_rules: OwnRules = None,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """List all rules and profiles of benchmarks, show the page of one, or check, test and measure the knowledge."""
    if what == "experiment":
        from policylint.cli.experimenting import experiment

        experiment(
            subject,
            load_knowledge(ctx, own_rules),
            state=state,
            answer=answer,
            only=only or (),
            learn=learn,
            as_json=output is ListForm.JSON,
            run=run,
        )
        return
    if state or answer or only or learn or run:
        fail("--state, --answer, --only, --learn and --run go with experiment")
    if subject is not None and what not in ("check", "test", "changes"):
        fail("a directory goes with check or test, and a version with changes")
    directory = None if subject is None else Path(subject)
    if output is ListForm.JSON:
        if what is not None:
            fail("--output json goes with the list of all rules")
        from policylint.pages.json import rules_json

        write(fitted([rules_json(load_knowledge(ctx, own_rules))], "json", sys.stdout.encoding))
        return
    match what:
        case "check":
            _check(directory)
        case "test":
            _test(directory)
        case "coverage":
            _coverage(load_knowledge(ctx, own_rules))
        case "freshness":
            _freshness(load_knowledge(ctx, own_rules))
        case "changes":
            _changes(load_knowledge(ctx, own_rules), subject)
        case _:
            _show(what, load_knowledge(ctx, own_rules))


def _show(rule: str | None, knowledge: "Knowledge") -> None:
    from policylint.pages import UnknownSubjectError, explain_rule, profile_list, rule_list

    try:
        lines = explain_rule(rule, knowledge) if rule else (*rule_list(knowledge), *profile_list(knowledge))
    except UnknownSubjectError as error:
        fail(str(error))
    for line in lines:
        say(line)


def _check(directory: Path | None) -> None:
    from policylint.knowledge import pack_directory
    from policylint.knowledge.pack.lint import lint

    errors = lint(_existing(directory) or pack_directory())
    for error in errors:
        say(str(error))
    if errors:
        say(f"{len(errors)} error{'s' if len(errors) > 1 else ''}")
        raise typer.Exit(1)
    say("the pack is in order")


def _test(directory: Path | None) -> None:
    from policylint.certificates.error import INSTALL, LibraryMissing
    from policylint.examples import mismatch
    from policylint.knowledge import load
    from policylint.knowledge.pack.reading import PackError, read_pack

    own = _existing(directory)
    try:
        knowledge = load(own=[own] if own else [])
        chosen = set(read_pack(own, whole=False).rules) if own else {rule.id for rule in knowledge.rulebook.rules}
    except PackError as error:
        fail(str(error))
    run = failed = skipped = 0
    for rule in knowledge.rulebook.rules:
        for example in rule.entry["examples"] if rule.id in chosen else ():
            run += 1
            try:
                wrong = mismatch(rule, example, knowledge)
            except LibraryMissing:
                skipped += 1
                continue
            if wrong:
                failed += 1
                say(f"{rule.id} {rule.name}, {example['title']!r}: {wrong}")
    say(f"{run} examples, {failed} failed" + (f", {skipped} not run: {INSTALL}" if skipped else ""))
    if failed:
        raise typer.Exit(1)


def _coverage(knowledge: "Knowledge") -> None:
    from policylint.knowledge.coverage import coverage

    rows = coverage(knowledge)
    # only with a pack of what was observed on one's own devices
    seen = any(row.observed for row in rows)
    more = f"{'observed':>11}" if seen else ""
    say(f"{'family':26}{'documented':>12}{'inferred':>10}{'unknown':>9}{'known':>8}{more}")
    for row in rows:
        share = "-" if row.share is None else f"{row.share:.0%}"
        also = f"{row.observed:11}" if seen else ""
        say(f"{row.family.id:26}{row.documented:12}{row.inferred:10}{row.unknown:9}{share:>8}{also}")


def _freshness(knowledge: "Knowledge") -> None:
    from policylint.pages.upkeep import freshness_page

    for line in freshness_page(knowledge, today()):
        say(line)


def _changes(knowledge: "Knowledge", version: str | None) -> None:
    from policylint.knowledge.changes import UnknownVersionError, since
    from policylint.pages.upkeep import changes_page

    try:
        found = since(knowledge, version)
    except UnknownVersionError as error:
        fail(str(error))
    for line in changes_page(found):
        say(line)


def _existing(directory: Path | None) -> Path | None:
    if directory is not None and not directory.is_dir():
        fail(f"{directory}: no such directory")
    return directory
