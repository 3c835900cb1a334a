"""Other names for people, devices and addresses: stable under a key, and not to be turned back without it."""

import hmac
from collections.abc import Callable

Rename = Callable[[str, str], str]
"""From `device`, `user` or `address` (or `check`, see `Logs.names`) and a name in lower case to the new name."""


def keyed(key: bytes) -> Rename:
    """Return names that depend on nothing but the key and the old name: `user-8c2f41d09a3b`."""

    def rename(kind: str, name: str) -> str:
        digest = hmac.digest(key, f"{kind}\0{name}".encode("utf-8", "surrogatepass"), "sha256")
        return f"{kind}-{digest.hex()[:12]}"

    return rename
