"""The one error for what was asked for and cannot be done: on a command line it is a line and exit code 2."""


class UsageError(Exception):
    """What was asked for makes no sense or cannot be read. Each of `messages` is one line, the first one is its text.

    `option` names the parameter of `Session` that is to blame, if it is one.
    """

    def __init__(self, *messages: str, option: str | None = None):
        super().__init__(messages[0])
        self.messages = messages
        self.option = option


def reason(problem: Exception) -> str:
    """Say in a few words why something could not be done, as the system tells it."""
    words = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
    return words[:1].lower() + words[1:]
