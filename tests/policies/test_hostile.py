"""Whatever becomes of a file, it is read or refused with the one declared error, and every place is in it."""

import gzip
import io
import os
import zipfile

from formats import Formats
from forms import LISTS, TEXTS, Forms
from hypothesis import given, settings
from hypothesis import strategies as st
from policies import THREE, policy

from policylint.knowledge import load
from policylint.policies.disk import Files
from policylint.policies.files import Inputs, read_inputs

CATALOGUE = load().catalogue
FORMATS, FORMS = Formats(CATALOGUE), Forms(Formats(CATALOGUE))
_WHOLE = policy(THREE, gate=False, name="Büro 1")
SHORT = [
    {key: _WHOLE[key] for key in ("Name", "Guid", "AllowNonProvisionableDevices", "AllowCamera", "MaxAttachmentSize")},
    {**dict.fromkeys(("Guid", "MaxAttachmentSize")), "Name": "B", "AllowNonProvisionableDevices": True},
]
for _one in SHORT:
    _one.update(ApprovedApplicationList=["a.exe", "b c.exe"], MaxInactivityTimeDeviceLock="00:15:00", AllowCamera=False)


def _samples() -> list[str]:
    whole = [dict(sorted(one.items())) for one in SHORT]
    listing = FORMATS.listing(whole)
    plain = {**FORMATS.all(whole), **FORMS.all(whole), **FORMS.scripts(whole)}
    pasted = [change(listing) for change in LISTS.values()]
    return [*plain.values(), *pasted, *(around(text) for around in TEXTS.values() for text in plain.values())]


SAMPLES = _samples()
PIECES = (
    "\n", "\r", "\t", " ", "\u00a0", "\x1b[0m", "\0", '"', "'", "`", "{", "}", "[", "]", "(", ")", "<", ">", "</", "|",
    ",", ";", ":", " : ", "= ", "@{", "$", "$(", "#", "<#", "#>", "@'\n", "\n'@", "...", "AllowCamera", "Name : X\n",
    "AllowCamera : True\n", '{"AllowCamera": 1}', "Name,AllowCamera\n", "| --- |\n", "```\n", "PS C:\\> ", "-AllowWiFi",
    "Set-MobileDeviceMailboxPolicy A ", "if (1) {", "return\n", "START ", "FINISH", "dn: x\n", "msExchMobileFlags: 1\n",
    "<th>AllowCamera</th>", "<!DOCTYPE x>", "&x;", "#TYPE x\n", "sep=;\n", "é", "😀", "\ud800", "9" * 30, "-----\n",
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A form of the same policies, cut, doubled, mixed with another or strewn with what means something somewhere."""
    text = SAMPLES[draw(st.integers(0, len(SAMPLES) - 1))]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        match draw(st.integers(0, 5)):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:end] + text[end:]
            case 2:
                text = text[:start] + PIECES[draw(st.integers(0, len(PIECES) - 1))] + text[end:]
            case 3:
                text = text[:start] + PIECES[draw(st.integers(0, len(PIECES) - 1))] + text[start:]
            case 4:
                other = SAMPLES[draw(st.integers(0, len(SAMPLES) - 1))]
                text = text[:start] + other[draw(st.integers(0, len(other))) :]
            case _:
                text = text[:start]
    return text


def read(data: bytes) -> Inputs:
    files = Files(lambda _: True, lambda _: False, lambda _: iter(()), lambda path, _: (data, path))
    return read_inputs(["x"], CATALOGUE, max_bytes=1 << 20, skip_non_exports=True, files=files)


def hold(found: Inputs, data: bytes, text: str) -> None:
    assert len(found.errors) <= 1
    assert found.policies or found.errors or any(note.startswith("x: passed over") for note in found.notes)
    lines = text.count("\n") + text.count("\r") + 1
    for one in found.policies:
        held = [one.get(known.key) for known in CATALOGUE]
        for mark in (one.mark, *(each.mark for each in held if each), *(each.mark for each in one.problems)):
            place = one.place(mark)
            assert 1 <= place.line <= place.end_line <= lines
            assert place.column >= 1


LONG = settings(max_examples=int(os.environ.get("POLICYLINT_EXAMPLES", "100")), deadline=None)
"""A run by hand tries more: `POLICYLINT_EXAMPLES=20000 pytest tests/policies/test_hostile.py`."""


@LONG
@given(spoiled(), st.sampled_from(["utf-8", "utf-16", "cp1252", "cp850"]))
def test_a_spoiled_file_is_read_or_refused(text: str, encoding: str) -> None:
    data = text.encode(encoding, "replace")
    hold(read(data), data, data.decode(encoding))


@LONG
@given(spoiled(), st.booleans(), st.integers(0, 400), st.binary(max_size=8))
def test_so_it_is_in_a_spoiled_archive(text: str, is_zip: bool, at: int, noise: bytes) -> None:
    data = text.encode("utf-8", "replace")
    if is_zip:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/p", data)
            archive.writestr("[Content_Types].xml" if at % 5 == 0 else "b", b"hello")
        packed = made.getvalue()
    else:
        packed = gzip.compress(data)
    packed = packed[:at] + noise + packed[at + len(noise) :] if noise else packed
    read(packed)
