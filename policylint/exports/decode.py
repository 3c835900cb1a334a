"""Bytes to text: which encoding an export is in, and what was lost on the way."""

from typing import NamedTuple

from policylint.exports.error import ExportError, NotAnExport


class Text(NamedTuple):
    """The text of an export (without a byte order mark), its encoding, and notes on how it was found.

    `is_guess` tells that letters beyond ASCII may be others than those that were written.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    is_guess: bool = False


# UTF-32 LE comes first: its mark begins with the mark of UTF-16 LE.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_FOREIGN = (
    (b"PK\x03\x04", "an Excel workbook or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or another Office document"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"MZ\x90\x00", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ElfFile\x00", "a Windows event log"),
    (b"{\\rtf", "a rich text document"),
)

_PAGES = {
    "cp1252": "the Western European code page (1252)",
    "cp850": "the code page of Western European consoles (850)",
}

_SAMPLE = 64
"""How many bytes decide about UTF-16 without a byte order mark: every export begins with ASCII characters."""


def decode(data: bytes) -> Text:
    """Decode an export, by its byte order mark first.

    Windows PowerShell writes UTF-16 from `Export-Clixml` and `>` and the ANSI code page from `Set-Content`;
    PowerShell 6 and later write UTF-8. An XML declaration is not asked: it says utf-8 even in UTF-16 files.
    Raises `ExportError` for an empty file and for binary data, saying what it is.
    """
    if not data:
        raise ExportError("the file is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_text(_forgiving(data[len(mark) :], encoding))
    for magic, name in _FOREIGN:
        if data.startswith(magic):
            raise NotAnExport(f"this is {name}, not an export")
    utf16 = _unmarked_utf16(data[:_SAMPLE])
    if utf16:
        note = f"read as {utf16.upper()}, although the file has no byte order mark"
        return _as_text(_forgiving(data, utf16, note))
    try:
        return _as_text(Text(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        from policylint.exports.code_pages import likelier

        page = likelier(data)
        note = f"not UTF-8, read in {_PAGES[page]}; letters of names may be wrong"
        return _as_text(_forgiving(data, page, note)._replace(is_guess=True))


def _unmarked_utf16(sample: bytes) -> str | None:
    """Tell UTF-16 by the NULs in it: ASCII characters have one in every other byte, always on the same side."""
    first, second = sample[::2], sample[1::2]
    enough = 0.7 * len(second)
    if second.count(0) > enough and not first.count(0):
        return "utf-16-le"
    if first.count(0) > enough and not second.count(0):
        return "utf-16-be"
    return None


def _forgiving(data: bytes, encoding: str, *notes: str) -> Text:
    """Decode, replacing what the encoding does not know with U+FFFD, and note that this happened."""
    try:
        return Text(data.decode(encoding), encoding, notes)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        lost = f"some characters are not valid {encoding.upper()} (the first at byte {error.start + 1}) and are lost"
        return Text(text, encoding, (*notes, lost))


def _as_text(decoded: Text) -> Text:
    """Return `decoded` unless it holds a NUL, which no text does."""
    nul = decoded.text.find("\0")
    if nul >= 0:
        line = decoded.text.count("\n", 0, nul) + 1
        raise NotAnExport("this is binary data, not an export (it has a NUL character)", line=line)
    return decoded
