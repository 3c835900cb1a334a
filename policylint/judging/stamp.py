"""What everything that a run says was made with: whoever reads it later must be able to tell."""

from collections.abc import Sequence
from typing import NamedTuple

from policylint import __version__
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.profiles import Profile
from policylint.knowledge.servers import Server


class Stamp(NamedTuple):
    """The versions of program and knowledge, the targets and who chose them, the server and the profiles, by id."""

    program: str
    knowledge: str
    as_of: str
    targets: TargetSet
    chosen_by: str
    server: str | None = None
    profiles: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        knowledge: Knowledge,
        targets: TargetSet,
        chosen_by: str,
        server: Server | None = None,
        profiles: Sequence[Profile] = (),
    ) -> "Stamp":
        """Stamp what this very program makes."""
        return cls(
            __version__,
            knowledge.version,
            knowledge.as_of,
            targets,
            chosen_by,
            server.id if server else None,
            tuple(profile.id for profile in profiles),
        )
