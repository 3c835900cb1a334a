"""A file to a chain, by what it holds and never by its name."""

import re
from dataclasses import dataclass, field

from policylint.certificates import s_client
from policylint.certificates.model import Certificate, CertificateFile, Chain
from policylint.certificates.parsing import NoCertificate, certificate_of, certificates_of
from policylint.certificates.pem import Block, blocks
from policylint.exports.decode import decode
from policylint.exports.error import ExportError

MOST = 100
"""How many certificates a chain may have."""

MAX_BYTES = 1_000_000

_SEQUENCE = 0x30
_BEGIN = b"-----BEGIN "
_LINE_END = re.compile(r"\r\n|\r|\n")
_WRONG_END = re.compile(r"\b(?:CertificateDomains|RootCAType|HasPrivateKey|Services|NotAfter)\b", re.IGNORECASE)
_THUMBPRINT = re.compile(r"\bThumbprint\b", re.IGNORECASE)
_ADVICE = "openssl s_client -showcerts -connect HOST:443 prints what is served"

Found = tuple[Certificate, int, int]


@dataclass(slots=True)
class Read:
    """What came of a file: its chain, or errors that say where and why not. `warnings` hold in either case."""

    chain: Chain | None = None
    errors: list[ExportError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_chain(data: bytes, path: str, *, most: int = MOST) -> Read:
    """Read a file of at most `most` certificates and `MAX_BYTES`."""
    read = Read()
    try:
        form, found = _certificates(data, path, read)
        if len(found) > most:
            raise ExportError(f"holds {len(found)} certificates, and {most} are the most that are taken", path=path)
        if not read.errors:
            read.chain = Chain(CertificateFile(path, form, found), tuple(each for each, _, _ in found))
    except ExportError as error:
        read.errors.append(error)
    return read


def _certificates(data: bytes, path: str, read: Read) -> tuple[str, list[Found]]:
    """Return the format of a file, and its certificates with their lines."""
    if len(data) > MAX_BYTES:
        raise ExportError("is larger than 1 MB, and no chain is", path=path)
    if not data:
        raise ExportError("the file is empty", path=path)
    if data[0] == _SEQUENCE and data[1:2] >= b"\x80" and _BEGIN not in data:
        return _binary(data, path)
    return _text(_decoded(data, path), path, read)


def _decoded(data: bytes, path: str) -> str:
    try:
        return decode(data).text
    except ExportError:
        if _BEGIN in data:  # whatever stands beside the blocks
            return data.decode("latin-1")
        raise ExportError(f"holds no certificate; {_ADVICE}", path=path) from None


def _text(text: str, path: str, read: Read) -> tuple[str, list[Found]]:
    lines = _LINE_END.split(text)
    form, first, end = "pem", 0, len(lines)
    if s_client.is_s_client(text):
        form = "s_client"
        first, end, wrong = s_client.sent(lines)
        if wrong:
            raise ExportError(wrong, path=path, line=first + 1 if first else None)
    inside = list(blocks(lines, first, end))
    for block in inside if form == "pem" else blocks(lines):
        if block.is_key:
            read.warnings.append(
                f"{path}:{block.first}: a private key stands here, which no server sends: keep it out of such files"
            )
    found: list[Found] = []
    for block in inside:
        if block.is_key:
            continue
        try:
            is_set, certificates = _content(block)
            form = "pkcs7" if is_set and form == "pem" else form
            found += [(each, block.first, block.last) for each in certificates]
        except NoCertificate as error:
            read.errors.append(ExportError(str(error), path=path, line=block.first))
    if not found and not read.errors:
        raise ExportError(_nothing(text, inside), path=path)
    return form, found


def _nothing(text: str, inside: list[Block]) -> str:
    """Say what a text without a certificate is."""
    if not inside and _THUMBPRINT.search(text) and _WRONG_END.search(text):
        what = "is an export of Get-ExchangeCertificate: what Exchange holds"
        return f"{what}, and not what phones are shown. {_ADVICE}"
    return f"holds no certificate{' but a private key' if inside else ''}; {_ADVICE}"


def _content(block: Block) -> tuple[bool, list[Certificate]]:
    """Return the certificates of a block, and whether they are a set (PKCS#7). Raises `NoCertificate`."""
    if block.wrong:
        raise NoCertificate(block.wrong)
    if block.label in ("PKCS7", "PKCS #7 SIGNED DATA", "CMS"):
        return True, _set(block.content)
    if block.label not in ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"):
        raise NoCertificate(f"this block is no certificate but a {block.label}: take it out")
    content = _first_element(block.content) if block.label.startswith("TRUSTED") else block.content
    try:
        return False, [certificate_of(content)]
    except NoCertificate as error:
        try:
            # a Windows authority hands out PKCS#7 under this label
            return True, certificates_of(content)
        except NoCertificate:
            raise NoCertificate(f"this block is no certificate: {error}") from None


def _binary(data: bytes, path: str) -> tuple[str, list[Found]]:
    try:
        return "der", [(certificate_of(data), 1, 1)]
    except NoCertificate as error:
        reason = str(error)
    try:
        return "pkcs7", [(each, number, number) for number, each in enumerate(_set(data), 1)]
    except NoCertificate:
        what = "a PKCS#12 file, which holds a private key: export the certificates alone (openssl pkcs12 -nokeys)"
        reason = f"is {what}" if _is_pkcs12(data) else f"is no certificate: {reason}"
        raise ExportError(reason, path=path) from None


def _set(content: bytes) -> list[Certificate]:
    found = certificates_of(content)
    if not found:
        raise NoCertificate("this PKCS#7 structure holds no certificate")
    return found


def _first_element(data: bytes) -> bytes:
    """Return the first element of DER; OpenSSL's trusted certificates have one more behind."""
    if len(data) < 2 or data[1] < 0x80:
        return data
    count = data[1] & 0x7F
    return data[: 2 + count + int.from_bytes(data[2 : 2 + count], "big")]


def _is_pkcs12(data: bytes) -> bool:
    """Tell a PFX by what it begins with: its version, which is 3, and then data that is encrypted or signed."""
    return b"\x02\x01\x03\x30" in data[:12]
