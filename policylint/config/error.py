"""The one error of a configuration file."""

from pathlib import Path


class ConfigError(Exception):
    """A configuration that cannot be used: file, line, what is wrong and what to do."""

    def __init__(self, path: Path, line: int, message: str):
        super().__init__(f"{path}:{line}: {message}")
