"""What goes wrong before there is anything to judge."""

from policylint.usage import UsageError

INSTALL = "python -m pip install 'policylint[certificates]'"


class LibraryMissing(UsageError):
    """A library of the extra is not installed; the message says how to install it."""

    def __init__(self, library: str):
        super().__init__(f"chain needs {library}, which comes with an extra: {INSTALL}")


class ConnectError(Exception):
    """A server that did not show its certificates in time; the message says what happened."""
