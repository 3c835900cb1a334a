"""From a version that was read to the releases that the knowledge has."""

from collections.abc import Iterable, Sequence

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from policylint.knowledge.families import Family, Target
from policylint.knowledge.pack.schema.agents import Candidate


def possible(candidates: Iterable[Candidate], families: dict[str, Family]) -> tuple[Target, ...]:
    """Return every release that one of the candidates allows, each once."""
    found: dict[Target, None] = {}
    for candidate in candidates:
        found.update(dict.fromkeys(within(families[candidate.family].targets, candidate.versions)))
    return tuple(found)


def within(targets: Iterable[Target], versions: str | None) -> tuple[Target, ...]:
    """Return the targets that meet a requirement, or all of them without one."""
    wanted = SpecifierSet(versions or "")
    return tuple(target for target in targets if target.version in wanted)


def is_version(text: str) -> bool:
    """Tell whether a text can be compared as a version."""
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def nearest(targets: Sequence[Target], text: str) -> tuple[Target | None, str]:
    """Return the release that a version counts as, and how good a fit it is.

    The releases must be of one family, oldest first. It is the nearest at or below; but never one of another span while
    the version's own span has a release, because releases behave alike within a span and not across its ends. A test
    version counts as the version it led to.
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
    newest = bool(below) and below[-1] is known[-1][1]
    if own_below:
        far = "newer than every release the knowledge has" if newest else "no release of its own in the knowledge"
        return own_below[-1], early + f"{base} is {far}; the nearest below it is {own_below[-1].version}"
    if own:
        return own[0], early + f"{base} counts as {own[0].version}, whose span {own[0].span['versions']} holds it"
    return below[-1], early + (
        f"{base} is outside every span the knowledge describes; the nearest release below it is {below[-1].version}, "
        "which may behave differently"
    )
