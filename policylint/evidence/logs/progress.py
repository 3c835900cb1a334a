"""How far reading has come, on a terminal: one line that is written over and taken away."""

from typing import TextIO


class Progress:
    """Told how many parts of how many are done (`read_logs(progress=…)`). Writes nothing where nobody looks."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None

    def __call__(self, done: int, parts: int) -> None:
        """Show that so many parts are done."""
        if self._stream:
            said = "" if done == parts else f"reading logs: {100 * done // parts} %"
            self._stream.write(f"\r\x1b[K{said}")
            self._stream.flush()
