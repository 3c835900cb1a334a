"""Puts the knowledge into the wheel, with its compiled form, so that what is installed starts fast."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeHook(BuildHookInterface[Any]):
    """Compiles the pack for a wheel. A checkout compiles its own, see `policylint.knowledge`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files of the pack and their compiled form. A pack with a mistake in it ends the build."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from policylint.knowledge import Knowledge
        from policylint.knowledge.agents.compile import compiled_agents
        from policylint.knowledge.digest import COMPILED, COMPILED_AGENTS
        from policylint.knowledge.pack.compile import compiled, compiled_text

        rules = Path(self.root, "rules")
        self._made = tempfile.TemporaryDirectory()
        pack = compiled(rules)
        forms = {COMPILED: pack, COMPILED_AGENTS: compiled_agents(Knowledge(pack), rules)}
        placed = {}
        for name, form in forms.items():
            made = Path(self._made.name, name)
            made.write_text(compiled_text(form), encoding="utf-8", newline="\n")
            placed[made] = name
        for path in sorted(rules.rglob("*")):
            if path.is_file() and not path.name.startswith("compiled"):
                placed[path] = path.relative_to(rules).as_posix()
        build_data["force_include"] |= {str(path): f"policylint/rules/{place}" for path, place in placed.items()}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what was made for the build."""
        if version != "editable":
            self._made.cleanup()
