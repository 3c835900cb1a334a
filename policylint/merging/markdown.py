"""A merge as Markdown, to paste into a pull request. What an export says stays text there, whatever it is."""

from collections.abc import Callable, Iterator, Sequence

from policylint.judging.report import VERDICTS
from policylint.knowledge.query import fold
from policylint.merging import words
from policylint.merging.admission import judged
from policylint.merging.model import MergedSetting, Preview, Share
from policylint.merging.users import UserMerges
from policylint.writing.markdown import code, escaped, table


def render(preview: Preview) -> Iterator[str]:
    """Yield a merge: tables, what they cannot say, and with `--device` what becomes of the devices."""
    yield from _body(preview)
    if preview.setup.judges:
        yield from _devices(preview)
    yield from _found(preview)


def render_users(merges: UserMerges) -> Iterator[str]:
    """Yield a section for each set of policies, and once what is known of the devices."""
    users = index = 0
    for index, (preview, named) in enumerate(merges, 1):
        if index == 1 and preview.setup.judges:
            yield from _devices(preview)
            yield "\n"
        users += len(named)
        yield f"### {escaped(words.heading(index, len(merges.sets), named))}\n\n"
        yield from _body(preview)
        yield from _found(preview)
        yield "\n"
    yield f"{escaped(words.total(users, index))}\n"


def _found(preview: Preview) -> Iterator[str]:
    yield from _admissions(preview) if preview.setup.judges else _findings(preview)


def _body(preview: Preview) -> Iterator[str]:
    """Yield what holds whatever the devices."""
    for account in preview.accounts:
        policy = account.policy
        yield f"- {code(account.name)}: policy {code(policy.name)} of {code(policy.document.path)}\n"
    yield "\n"
    device = preview.of_scope("device")
    if device:
        yield from _table(preview, device, "effective", words.share)
        yield f"\n{escaped('; '.join(words.legend(device)))}\n"
    else:
        yield "No account demands anything of the device.\n"
    strictness = words.strictness(preview)
    if strictness:
        yield f"\n**{escaped(strictness)}**\n"
    for scope, title in (("account", words.PER_ACCOUNT), ("server", words.SERVER)):
        found = preview.of_scope(scope)
        if found and (scope == "account" or preview.setup.everything):
            yield f"\n**{escaped(title)}**\n\n"
            yield from _table(preview, found, "strictest" if scope == "account" else None, words.value)
    for remark in words.remarks(preview):
        yield f"\n{escaped(remark)}\n"
    yield f"\n**{escaped(words.GATES)}**\n\n"
    for name, told in words.gates(preview):
        yield f"- {code(name)}: {escaped(told)}\n"


def _devices(preview: Preview) -> Iterator[str]:
    """Yield what is known of how each client merges."""
    yield f"\n**{words.KNOWN}**\n\n"
    for each in preview.setup.devices:
        assumed = f" ({words.ASSUMED})" if each.assumed else ""
        yield f"- {escaped(f'{fold(each.targets)}{assumed}: {each.text} {words.cited(each)}'.rstrip())}\n"


def _admissions(preview: Preview) -> Iterator[str]:
    """Yield a verdict table, the findings in short, and counts."""
    targets = preview.setup.stamp.targets
    yield f"\n**{words.JUDGED}**\n\n"
    yield from table(
        ["account", "verdict", "targets"],
        (
            [code(each.account.name), verdict, escaped(targets.fold(each.verdicts.masks[verdict]))]
            for each in preview.admissions
            for verdict in VERDICTS
            if each.verdicts.masks.get(verdict)
        ),
    )
    yield from _findings(preview)
    yield f"\n{escaped(' '.join(words.summary(preview)))}\n"


def _findings(preview: Preview) -> Iterator[str]:
    """Yield what was found, in short."""
    lines = [
        f"- {code(', '.join(named))} {code(words.place(finding))} {finding.rule.severity} {finding.rule.id} "
        f"{escaped(finding.message)}\n"
        for named, verdicts in judged(preview)
        for finding in verdicts.findings
    ]
    yield from ["\n", *lines] if lines else []


def _table(
    preview: Preview, settings: Sequence[MergedSetting], heading: str | None, cell: Callable[[Share], str]
) -> Iterator[str]:
    names = [code(account.name) for account in preview.accounts]
    yield from table(
        ["setting", *([heading] if heading else []), *names],
        (
            [
                code(setting.property.key),
                *([f"**{escaped(words.effective(setting))}**"] if heading else []),
                *(escaped(cell(share)) for share in setting.shares),
            ]
            for setting in settings
        ),
    )
