"""From a version to the release that it counts as: releases behave alike within a span, and not across its ends."""

from collections.abc import Iterable, Sequence

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from policylint.knowledge.families import Target


def is_version(text: str) -> bool:
    """Tell whether a text can be compared as a version."""
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def within(targets: Iterable[Target], versions: str | None) -> tuple[Target, ...]:
    """Return the targets that meet a requirement, or all of them without one."""
    wanted = SpecifierSet(versions or "")
    return tuple(target for target in targets if target.version in wanted)


def counted_as(targets: Sequence[Target], text: str) -> tuple[Target | None, str]:
    """Return the release that a version counts as, and how good a fit it is.

    The releases must be of one family, oldest first. It is the nearest at or below; but never one of another span while
    the version's own span has a release. A test version counts as the version it led to.
    """
    version = Version(text)
    base = Version(version.base_version)
    known = [(Version(target.version), target) for target in targets]
    early = f"{text} is a test version, counted as {base}; " if version.is_prerelease else ""
    for at, target in known:
        if at == base:
            return target, early + f"{target.version} is a release the knowledge has"
    below = [target for at, target in known if at < base]
    own = [target for _, target in known if base in SpecifierSet(target.span["versions"])]
    if not below and not own:
        return None, early + f"{base} is older than every release the knowledge has"
    own_below = [target for target in own if target in below]
    if own_below:
        newest = own_below[-1] is known[-1][1]
        rank = "newest release the knowledge describes" if newest else "nearest release below it"
        return own_below[-1], early + f"{base} counts as {own_below[-1].version}, the {rank}"
    if own:
        return own[0], early + f"{base} counts as {own[0].version}, whose span {own[0].span['versions']} holds it"
    return below[-1], early + (
        f"{base} is outside every span the knowledge describes; the nearest release below it is {below[-1].version}, "
        "which may behave differently"
    )


def stand_ins(targets: Sequence[Target], versions: str) -> list[tuple[str, Target]]:
    """Return the releases that stand for versions which a requirement names and no release has.

    The targets are those of one family. Each comes with the version it stands for, which lies in its span. Raises
    `ValueError` where `versions` is no requirement.
    """
    wanted = SpecifierSet(versions)
    found: list[tuple[str, Target]] = []
    for part in wanted:
        named = part.version.removesuffix(".*")
        if part.operator not in ("==", ">=", "~=", ">") or not is_version(named) or not targets:
            continue
        others = SpecifierSet([each for each in wanted if each is not part])
        if Version(named) not in (others if part.operator == ">" else wanted):
            continue
        target, _ = counted_as(targets, named)
        exact = target is not None and Version(target.version) == Version(named)
        if target and not exact and Version(named) in SpecifierSet(target.span["versions"]):
            found.append((named, target))
    return found
