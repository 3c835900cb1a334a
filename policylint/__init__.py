"""policylint: which phones an Exchange ActiveSync mailbox policy will break.

What stands in `__all__` is for other programs, and docs/python.md tells how to use it. Everything else may change with
any release. It is imported when it is asked for: the command line needs none of it to print a version.
"""

TYPE_CHECKING = False  # not by way of `typing`: it takes its time, and a Ctrl-C at that moment would be told at length
if TYPE_CHECKING:
    from policylint.report.formats import rendered
    from policylint.session import Session
    from policylint.usage import UsageError

__version__ = "0.1.0"

__all__ = ["Session", "UsageError", "__version__", "rendered"]

_HOMES = {
    "Session": "policylint.session",
    "UsageError": "policylint.usage",
    "rendered": "policylint.report.formats",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
