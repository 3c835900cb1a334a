"""The entry of the program: `policylint`, and `python -m policylint`.

Ctrl-C ends it quietly at any moment, with the exit code 130 that shells expect. While modules are imported there is
nothing to put in order, and no traceback that would help anybody.
"""

import gc
import os
import signal
import sys

INTERRUPTED = 130


def _leave(*_: object) -> None:
    os._exit(INTERRUPTED)


def main() -> None:
    """Run the program."""
    # a run makes millions of objects and no cycles to speak of: collecting them would visit all, again and again
    gc.disable()
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, _leave)
    from policylint.cli import main as run

    try:
        if interruptible:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        code = run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    if interruptible:
        signal.signal(signal.SIGINT, _leave)
    sys.exit(code)


if __name__ == "__main__":
    main()
