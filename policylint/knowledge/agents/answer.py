"""What can be said of a text that a client sent."""

from dataclasses import dataclass
from typing import Literal

from policylint.knowledge.families import Family, Target

Kind = Literal["family", "candidates", "imitation", "no-family", "unknown"]


@dataclass(frozen=True, slots=True)
class Identification:
    """The device behind a text, as far as it can be told.

    `kind` is `family` (one client line), `candidates` (several possibilities, none of them preferred), `imitation`
    (known to pose as something else), `no-family` (a client the knowledge has no data for; `client` names it where it
    has a name) or `unknown`. `targets` are the releases it may be: none if the version is older than all releases
    known. `version` is the version as it was read, often finer than any release; `shown` are other readings, each with
    its label. `remarks` are sentences on how this was come by, `trust` is one on how far such texts can be believed at
    all. `platform` is a tag that agents may confirm. Sources are ids of the pack's sources.
    """

    asked: str
    kind: Kind
    families: tuple[Family, ...] = ()
    targets: tuple[Target, ...] = ()
    version: str | None = None
    shown: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    trust: str | None = None
    client: str | None = None
    platform: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def sure(self) -> tuple[str, ...]:
        """How far the answer can be believed, and why, in sentences."""
        open_ = "it cannot be told which of these releases it is" if len(self.targets) > 1 else None
        return (*self.remarks, *(each for each in (open_, self.trust) if each))
