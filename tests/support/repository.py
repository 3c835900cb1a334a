"""A git repository to commit to, which knows nothing of the person who runs the tests."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(sys.executable).parent
"""Where `policylint` and `pre-commit` are installed beside the Python that runs the tests."""


class Repository:
    """A git repository with settings of its own: neither those of the machine nor those of the user reach it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        foreign = ("GIT_", "PRE_COMMIT", "SKIP", "FORCE_COLOR", "NO_COLOR")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(foreign)},
            "PATH": os.pathsep.join([str(SCRIPTS), os.environ["PATH"]]),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ada",
            "GIT_AUTHOR_EMAIL": "ada@contoso.example",
            "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@contoso.example",
            "PRE_COMMIT_HOME": str(home),
            "PYTHONIOENCODING": "utf-8",
        }
        folder.mkdir(parents=True)
        self.git("init", "--quiet")

    def run(self, *command: str, check: bool = False) -> "subprocess.CompletedProcess[str]":
        """Run a command in the repository; both streams come back as one text, as a person sees them."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout
        return done

    def git(self, *arguments: str) -> None:
        """Run a git command that has to succeed."""
        self.run("git", *arguments, check=True)

    def commit(self, **files: str | bytes) -> "subprocess.CompletedProcess[str]":
        """Write, stage and try to commit files."""
        for name, content in files.items():
            (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--", *files)
        return self.run("git", "commit", "--quiet", "--message", "Change")
