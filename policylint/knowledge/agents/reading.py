"""From the groups that a pattern matched to the version, and to the releases that are left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from packaging.specifiers import SpecifierSet

from policylint.knowledge.agents.builds import Builds
from policylint.knowledge.agents.entries import Candidate, VersionRule
from policylint.knowledge.families import Family, Target
from policylint.knowledge.releases import counted_as, is_version, within


def possible(candidates: Iterable[Candidate], families: dict[str, Family]) -> tuple[Target, ...]:
    """Return every release that one of the candidates allows, each once."""
    found: dict[Target, None] = {}
    for candidate in candidates:
        found.update(dict.fromkeys(within(families[candidate.family].targets, candidate.versions)))
    return tuple(found)


Labelled = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: an exact `version`, or a requirement that all possible versions meet (`within`), or neither.

    `shown` are other things read, each with its label; `how` says what is doubtful about the reading; `sources` are
    those of a table that was asked.
    """

    version: str | None = None
    within: str | None = None
    shown: Labelled = ()
    how: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def read_version(rule: VersionRule, groups: Mapping[str, str], tables: Mapping[str, Builds]) -> Reading:
    """Apply a rule of the data to what its pattern matched."""
    text = groups.get(rule.group)
    if not text:
        return Reading()
    if rule.means is not None:
        return Reading(within=rule.means.get(text))
    match rule.decode:
        case "build-number":
            assert rule.table is not None
            return _from_table(text, tables[rule.table])
        case "packed":
            version = unpacked(text)
            if version is None:
                return Reading(how=(f"{text} cannot be read as a version",))
            doubt = rule.unconfirmed is not None and version in SpecifierSet(rule.unconfirmed)
            return Reading(version, how=("it is not confirmed that such numbers are formed this way",) if doubt else ())
        case _:
            return Reading(text if is_version(text) else None)


def _from_table(number: str, table: Builds) -> Reading:
    found = table.read(number)
    shown: Labelled = (("build", found.build),) if found.build else ()
    if found.version:
        return Reading(found.version, None, shown, (), found.sources)
    if found.major is not None:
        how = f"{number} is not in the table of builds: only the major version {found.major} is certain"
        return Reading(None, f"=={found.major}.*", shown, (how,), found.sources)
    if found.beyond is not None:
        how = f"{number} is newer than every build in the table: it counts as the newest release known here"
        return Reading(None, f">={found.beyond}", shown, (how,), found.sources)
    how = f"{number} is not in the table of builds, and neither is its major version"
    return Reading(None, None, shown, (how,))


def unpacked(digits: str) -> str | None:
    """Read a version that has two digits for each part after the first: 20303 is 2.3.3, 1001 is 10.1."""
    if len(digits) < 3 or not digits.isascii() or not digits.isdecimal() or digits.startswith("0"):
        return None
    first = 2 - len(digits) % 2
    parts = [digits[:first], *(digits[at : at + 2] for at in range(first, len(digits), 2))]
    return ".".join(str(int(part)) for part in parts) if len(parts) <= 3 else None


def narrowed(targets: Sequence[Target], reading: Reading) -> tuple[tuple[Target, ...], tuple[str, ...]]:
    """Return the releases that a reading leaves of those possible, and sentences on how it did so."""
    if reading.version:
        left: list[Target] = []
        fits: list[str] = []
        for family in dict.fromkeys(target.family for target in targets):
            target, fit = counted_as([each for each in targets if each.family is family], reading.version)
            left += [target] if target else []
            fits.append(fit)
        return tuple(left), (*reading.how, *dict.fromkeys(fits))
    if reading.within:
        return within(targets, reading.within), reading.how
    return tuple(targets), reading.how
