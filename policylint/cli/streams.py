"""The streams of the program, which may be full, closed, or read by nobody: none of that is an exit code 1.

Exit code 1 means findings, to a build and to a hook. So whatever standard output cannot take is told in a line, and
ends the program with exit code 2; a reader who stops early has seen enough; and what nobody can be told, since stderr
is full or closed, changes nothing.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterable
from typing import TextIO, cast

from policylint.usage import UsageError, reason


class OutputError(UsageError):
    """Standard output cannot take what is written to it."""


class Guarded:
    """A stream to write text to. It has no `buffer`: nobody gets past it."""

    def __init__(self, stream: TextIO | None, *, is_for_people: bool):
        self._stream = stream
        self._is_for_people = is_for_people
        self._refused: str | None = None

    @property
    def encoding(self) -> str:
        """The encoding of the stream; any will do for one that is closed."""
        return self._stream.encoding if self._stream is not None else "utf-8"

    def write(self, text: str) -> int:
        """Write a text."""
        self._do(lambda stream: stream.write(text))
        return len(text)

    def writelines(self, pieces: Iterable[str]) -> None:
        """Write pieces of text. Where nobody reads them, they are not even made."""
        self._do(lambda stream: stream.writelines(pieces))

    def flush(self) -> None:
        """Write what is kept back."""
        if self._stream is not None:
            self._do(lambda stream: stream.flush())

    def isatty(self) -> bool:
        """Tell whether somebody looks at it."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """Return the number of the stream; raises `OSError` for one that is closed."""
        if self._stream is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return self._stream.fileno()

    def _do(self, act: Callable[[TextIO], object]) -> None:
        if self._stream is None:
            self._refused = "standard output is closed"
        elif self._refused is None:
            try:
                act(self._stream)
            except OSError as problem:
                # else Python fails over what is left once more while it ends, and gives an exit code of its own
                with contextlib.suppress(OSError, ValueError):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
                if not isinstance(problem, BrokenPipeError):
                    self._refused = f"standard output cannot be written: {reason(problem)}"
        # said each time: libraries try a stream out before they use it, and hide what that raises
        if self._refused and not self._is_for_people:
            raise OutputError(self._refused)


def guard() -> None:
    """Put guards before the streams of the program, and let no file take the number of one that is closed."""
    with contextlib.suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(number)
    for stream in (sys.stdout, sys.stderr):
        # a report quotes names from anywhere in the world; a terminal that cannot show them must not end the run
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.stdout = Guarded(sys.stdout, is_for_people=False)
    sys.stderr = Guarded(sys.stderr, is_for_people=True)


def release() -> None:
    """Take the guard of standard output away: when Python ends it writes once more, and nobody can be told by then."""
    sys.stdout = cast(TextIO, sys.__stdout__)
