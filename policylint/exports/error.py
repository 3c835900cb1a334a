"""The one error that unreadable input raises."""


class ExportError(Exception):
    """An export that cannot be read: where, what is wrong, and what to do about it.

    `advised` tells that the message says what to do; else whoever knows what the file was meant to be adds it.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        line: int | None = None,
        column: int | None = None,
        advised: bool = False,
    ):
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.advised = advised

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class CommandError(ExportError):
    """A script whose commands set policies, and none of them can be read: an error wherever it is found."""


class NotAnExport(ExportError):
    """A file that is something else altogether: an error where it was named as an export, else passed over."""
