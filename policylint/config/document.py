"""The configuration file as a place that findings can point at."""

from policylint.config.reading import Config
from policylint.exports.lines import Lines
from policylint.exports.record import Document, Place


class ConfigDocument(Document):
    """A configuration file. A mark is the number of a line."""

    def __init__(self, config: Config):
        super().__init__(str(config.path), "toml")
        self._lines = Lines(config.text)

    def place(self, mark: int) -> Place:
        """Return the place of a whole line, without its indentation."""
        line = self.line(mark)
        return Place(self.path, mark, len(line) - len(line.lstrip()) + 1, mark, max(len(line.rstrip()), 1) + 1)

    def line(self, number: int) -> str:
        """Return the text of a line, 1-based, without its line break."""
        return self._lines.line(number)
