"""What is known: properties, device families, rules and the sources of all of it.

`load()` answers from the data pack `rules/`: from its compiled form where that is up to date, and from the TOML files
themselves otherwise. A wheel holds the compiled form. A checkout makes it when it is missing or a file of the pack was
changed, and keeps it beside the files it is made of, where git does not look: whoever could put something else there
could change the files as well, and it goes when the checkout goes.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from policylint.knowledge.catalogue import Catalogue
from policylint.knowledge.digest import COMPILED, digest, stored_form
from policylint.knowledge.evidence import EvidenceKinds
from policylint.knowledge.families import Family, Target
from policylint.knowledge.profiles import profile_of
from policylint.knowledge.rulebook import Rulebook
from policylint.knowledge.servers import fact_of, server_of

_PACKAGE = Path(__file__).parent.parent


class Source(NamedTuple):
    """Where a fact was read. `url` and `date` (of the source, as precise as known) may be missing."""

    id: str
    title: str
    url: str | None
    date: str | None

    @property
    def dated(self) -> str:
        """The title, with the date behind it if one is known."""
        return f"{self.title} ({self.date})" if self.date else self.title


class Knowledge:
    """Everything a run needs to know, built from the compiled form of a pack."""

    def __init__(self, compiled: dict[str, Any]):
        self.version: str = compiled["pack"]["version"]
        self.as_of: str = compiled["pack"]["as_of"]
        self.changes: list[dict[str, Any]] = compiled["pack"]["changes"]
        self.notes: list[str] = compiled.get("notes", [])
        self.catalogue = Catalogue(compiled["properties"])
        self.rulebook = Rulebook.of_entries(compiled["rules"])
        self.sources = {
            name: Source(name, entry["title"], entry["url"], entry["date"])
            for name, entry in compiled["sources"].items()
        }
        self.servers = tuple(server_of(entry) for entry in compiled["servers"])
        self.server_facts = tuple(fact_of(entry) for entry in compiled["server_facts"])
        self.profiles = tuple(profile_of(entry, self.catalogue) for entry in compiled["profiles"])
        self.evidence = EvidenceKinds(compiled.get("evidence", []))
        self.families: dict[str, Family] = {entry["family"]: Family(entry) for entry in compiled["families"]}

    @property
    def targets(self) -> list[Target]:
        """Every release of every family, oldest first within a family."""
        return [target for family in self.families.values() for target in family.targets]


def pack_directory() -> Path:
    """Find the data pack: inside an installed package, or beside it in a checkout."""
    inside = _PACKAGE / "rules"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"


def is_checkout(directory: Path) -> bool:
    """Tell whether a pack stands beside the package: there, compiled forms may be kept."""
    return directory.parent != _PACKAGE


def compile_pack(directory: Path, own: Sequence[Path] = ()) -> dict[str, Any]:
    """Read and check the TOML files of a pack, with packs of one's own laid over it, and return its compiled form.

    `notes` in it says what an own pack replaces. Raises `pack.PackError`.
    """
    from policylint.knowledge.pack.link import link
    from policylint.knowledge.pack.lint import check_queries
    from policylint.knowledge.pack.reading import lay_over, read_pack, refuse

    files = read_pack(directory)
    notes = [note for path in own for note in lay_over(files, read_pack(path, whole=False))]
    compiled = link(files)
    if not own:
        return compiled
    check_queries(files, Knowledge(compiled), refuse)
    return {**compiled, "notes": notes}


def load(directory: Path | None = None, own: Sequence[Path] = ()) -> Knowledge:
    """Load the pack of a directory, by default the one that ships with the program, and packs of one's own over it.

    Raises `pack.PackError`.
    """
    chosen = directory or pack_directory()
    if own:
        return Knowledge(compile_pack(chosen, own))
    try:
        stored = stored_form(chosen / COMPILED, digest(chosen) if is_checkout(chosen) else None)
    except OSError:
        stored = None  # told with its place by what reads the files
    if stored is None:
        from policylint.knowledge.pack.compile import compiled, keep

        stored = compiled(chosen)
        if directory is None and is_checkout(chosen):
            keep(stored, chosen / COMPILED)
    return Knowledge(stored)
