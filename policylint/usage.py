"""The one error for what was asked for and cannot be done: on a command line it is a line and exit code 2."""


class UsageError(Exception):
    """What was asked for makes no sense or cannot be read. Each of `messages` is one line, the first one is its text.

    `option` names the parameter of `Session` that is to blame, if it is one.
    """

    def __init__(self, *messages: str, option: str | None = None):
        super().__init__(messages[0])
        self.messages = messages
        self.option = option
