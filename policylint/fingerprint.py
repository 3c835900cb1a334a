"""What identifies a finding from one run to the next."""


def fingerprint(*parts: str) -> str:
    """Return a short name for a few texts, the same in every run."""
    import hashlib  # felt at start-up, and the text report has no fingerprints

    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
