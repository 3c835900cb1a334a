"""Makes the certificates that an example describes: invented names, keys of the moment, signed for real."""

import datetime
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from policylint.certificates.error import LibraryMissing
from policylint.certificates.model import Certificate
from policylint.certificates.parsing import certificate_of

_FROM, _UNTIL = "2020-01-01", "2050-01-01"
_RSA_BITS = 2048
# signatures that the library makes no more, by the last byte of their number, in which they differ from SHA-256
_OUTDATED = {"md5": 4, "sha1": 5}
_RSA_WITH_SHA256 = bytes.fromhex("2a864886f70d01010b")


class Making:
    """Makes certificates out of descriptions. The same name has the same key, unless another is asked for.

    A description has a `subject` and an `issuer` (common names; without an issuer it issues itself), and may have
    `names`, `authority`, `not_before`, `not_after`, `signature`, `key` and `other_key`.
    """

    def __init__(self, described: Iterable[Mapping[str, Any]]):
        self._described = list(described)
        self._issuing = {each.get("issuer", each["subject"]) for each in self._described}
        # what is signed in an outdated way is signed with RSA
        self._with_rsa = {
            each.get("issuer", each["subject"]) for each in self._described if each.get("signature") in _OUTDATED
        }

    def made(self) -> list[Certificate]:
        """Return the certificates, in the order of their descriptions: one for each that is described alike."""
        alike = [tuple(sorted((key, str(value)) for key, value in each.items())) for each in self._described]
        made = {key: self._made(each) for key, each in zip(alike, self._described, strict=True)}
        return [certificate_of(der(made[key])) for key in alike]

    def _made(self, one: Mapping[str, Any]) -> Any:
        try:
            from cryptography import x509
            from cryptography.hazmat.primitives import hashes
        except ImportError:
            raise LibraryMissing("cryptography") from None
        subject, issuer = one["subject"], one.get("issuer", one["subject"])
        authority = one.get("authority", subject in self._issuing)
        names = one.get("names", () if authority else (subject,))
        key = _key(subject, one.get("key") or self._kind(subject), one.get("other_key", False))
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(subject))
            .issuer_name(_name(issuer))
            .public_key(key.public_key())
            .serial_number(1 + len(subject) + one.get("serial", 0))
            .not_valid_before(_moment(one.get("not_before", _FROM)))
            .not_valid_after(_moment(one.get("not_after", _UNTIL)))
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
        )
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), False)
        if "aia" in one:
            where = x509.UniformResourceIdentifier(one["aia"])
            method = x509.oid.AuthorityInformationAccessOID.CA_ISSUERS
            access = x509.AuthorityInformationAccess([x509.AccessDescription(method, where)])
            builder = builder.add_extension(access, critical=False)
        signer = key if issuer == subject else _key(issuer, self._kind(issuer), False)
        signature = one.get("signature", "sha256")
        if signature in _OUTDATED:
            return _outdated(builder.sign(signer, hashes.SHA256()), signer, signature)
        return builder.sign(signer, getattr(hashes, signature.upper())())

    def _kind(self, name: str) -> str:
        stated = [each["key"] for each in self._described if each["subject"] == name and "key" in each]
        return stated[0] if stated else f"rsa-{_RSA_BITS}" if name in self._with_rsa else "ec"


def der(certificate: Any) -> bytes:
    """Return the bytes of a certificate of the library, or those that stand for one."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate if isinstance(certificate, bytes) else certificate.public_bytes(Encoding.DER)


@cache
def _key(name: str, kind: str, other: bool) -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if kind.startswith("rsa-"):
        return rsa.generate_private_key(65537, int(kind.removeprefix("rsa-")))
    return ec.generate_private_key(ec.SECP256R1())


def _name(common: str) -> Any:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def _outdated(certificate: Any, signer: Any, signature: str) -> bytes:
    """Sign a certificate anew, in a way that the library takes and does not make."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    number = _RSA_WITH_SHA256[:-1] + bytes([_OUTDATED[signature]])
    signed = certificate.tbs_certificate_bytes.replace(_RSA_WITH_SHA256, number)
    made = signer.sign(signed, padding.PKCS1v15(), getattr(hashes, signature.upper())())
    whole = der(certificate).replace(certificate.tbs_certificate_bytes, signed).replace(_RSA_WITH_SHA256, number)
    return whole.replace(certificate.signature, made)
