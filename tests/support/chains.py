"""Certificates made for tests: real signatures, invented names, keys that last as long as the tests."""

import base64
import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7

HOST = "mail.contoso.example"
NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
_SHA256 = bytes.fromhex("2a864886f70d01010b")


@dataclass(frozen=True)
class Made:
    """A certificate that was made, with its key."""

    certificate: x509.Certificate
    der: bytes
    key: Any

    @property
    def subject(self) -> str:
        return self.certificate.subject.rfc4514_string()

    @property
    def pem(self) -> str:
        return block(self.der)

    @property
    def key_pem(self) -> str:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@cache
def key(name: str, kind: str = "ec") -> Any:
    """Return the key of a name: the same at every call."""
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, int(kind))


def made(
    subject: str,
    issuer: str | None = None,
    *,
    ca: bool | None = False,
    names: tuple[str, ...] = (),
    days: tuple[int, int] = (-100, 1000),
    kind: str = "ec",
    signer: Any = None,
    own: Any = None,
    signature: str = "sha256",
    aia: str | None = None,
) -> Made:
    """Make a certificate by the key of its issuer, valid from one day to another counted from `NOW`."""
    issuer = issuer or subject
    own = own or key(subject, kind)
    signer = signer or (own if issuer == subject else key(issuer, "2048" if signature in ("md5", "sha1") else "ec"))
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name.from_rfc4514_string(subject))
        .issuer_name(x509.Name.from_rfc4514_string(issuer))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + datetime.timedelta(days=days[0]))
        .not_valid_after(NOW + datetime.timedelta(days=days[1]))
    )
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca, None), critical=True)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), False)
    if aia:
        method, place = x509.oid.AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(aia)
        builder = builder.add_extension(
            x509.AuthorityInformationAccess([x509.AccessDescription(method, place)]), critical=False
        )
    if signature in ("md5", "sha1"):
        return _outdated(builder.sign(signer, hashes.SHA256()), own, signer, signature)
    certificate = builder.sign(signer, getattr(hashes, signature.upper())())
    return Made(certificate, certificate.public_bytes(Encoding.DER), own)


def _outdated(certificate: x509.Certificate, own: Any, signer: Any, signature: str) -> Made:
    """Put another signature in the place of the one with SHA-256: the library signs with the old ones no more."""
    number = _SHA256[:-1] + bytes([{"md5": 4, "sha1": 5}[signature]])
    signed = certificate.tbs_certificate_bytes.replace(_SHA256, number)
    fresh = signer.sign(signed, padding.PKCS1v15(), getattr(hashes, signature.upper())())
    der = certificate.public_bytes(Encoding.DER).replace(_SHA256, number).replace(certificate.signature, fresh)
    return Made(x509.load_der_x509_certificate(der), der, own)


def block(der: bytes, label: str = "CERTIFICATE") -> str:
    """Write bytes as a block of PEM."""
    text = base64.encodebytes(der).decode().replace("\n", "")
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def pem(*certificates: Made) -> str:
    """Write certificates one below the other."""
    return "".join(each.pem for each in certificates)


def pkcs7_of(*certificates: Made) -> bytes:
    """Put certificates into a PKCS#7 structure."""
    return pkcs7.serialize_certificates([each.certificate for each in certificates], Encoding.DER)


ROOT = made("CN=Contoso Root CA,O=Contoso", ca=True)
ISSUING = made("CN=Contoso Issuing CA,O=Contoso", ROOT.subject, ca=True)
LEAF = made(f"CN={HOST}", ISSUING.subject, names=(HOST,), aia="http://pki.contoso.example/issuing.crt")
OTHER_ROOT = made("CN=Fabrikam Root CA", ca=True)
STRANGER = made("CN=Fabrikam Issuing CA", OTHER_ROOT.subject, ca=True)
