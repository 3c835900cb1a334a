"""The file with the key of pseudonyms."""

import os
import secrets
from pathlib import Path

_SHORTEST = 16


class KeyProblem(Exception):
    """The file holds no key that could be used."""


def key_in(path: Path) -> bytes:
    """Return the key in a file; where there is no file, one with a new key is made. Raises `OSError`, `KeyProblem`."""
    try:
        key = path.read_bytes().strip()
    except FileNotFoundError:
        key = secrets.token_hex(32).encode()
        # nobody else may read it: who has the key can tell whose pseudonym is whose
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key + b"\n")
        return key
    if len(key) < _SHORTEST:
        raise KeyProblem(f"a key has {_SHORTEST} characters or more; name a file that is not there, and one is made")
    return key
