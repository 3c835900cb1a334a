"""Bytes to certificates, by the library; what it says of them that is judged is taken out here."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from policylint.certificates.error import LibraryMissing
from policylint.certificates.model import Certificate

_HASHES = {
    # names of hashes that the library does not take any more, by the signature they are part of
    "1.2.840.113549.1.1.2": "md2",
    "1.2.840.113549.1.1.3": "md4",
    "1.3.14.3.2.29": "sha1",
}
_KEYS = {"RSA": "rsa", "EllipticCurve": "ec", "EC": "ec", "DSA": "dsa", "Ed25519": "ed25519", "Ed448": "ed448"}


class NoCertificate(Exception):
    """Bytes that are no certificate; the message says what is wrong with them."""


def certificate_of(der: bytes) -> Certificate:
    """Read one certificate in DER. Raises `NoCertificate`."""
    with _library():
        from cryptography import x509

        return _taken(x509.load_der_x509_certificate(der))


def certificates_of(der: bytes) -> list[Certificate]:
    """Read the certificates of a PKCS#7 structure in DER or BER. Raises `NoCertificate`."""
    with _library():
        from cryptography.hazmat.primitives.serialization import pkcs7

        return [_taken(found) for found in pkcs7.load_der_pkcs7_certificates(der)]


def of_library(found: Any) -> Certificate:
    """Take a certificate that the library has read already. Raises `NoCertificate`."""
    with _library():
        return _taken(found)


@contextmanager
def _library() -> Iterator[None]:
    """Turn what the library raises into our errors, and keep its warnings about odd certificates to ourselves."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
    except ImportError:
        raise LibraryMissing("cryptography") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (ValueError, TypeError, OverflowError, UnsupportedAlgorithm) as error:
            raise NoCertificate(str(error).splitlines()[0] if str(error) else "it cannot be read") from None


def _taken(found: Any) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

    def extension(kind: Any) -> Any:
        try:
            return found.extensions.get_extension_for_class(kind).value
        except x509.ExtensionNotFound:
            return None

    constraints = extension(x509.BasicConstraints)
    names = extension(x509.SubjectAlternativeName)
    access = extension(x509.AuthorityInformationAccess) or ()
    key, bits = _key(found)
    return Certificate(
        der=found.public_bytes(Encoding.DER),
        subject=found.subject.rfc4514_string(),
        issuer=found.issuer.rfc4514_string(),
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
        is_authority=constraints is not None and constraints.ca,
        is_self_issued=found.subject == found.issuer,
        names=tuple(names.get_values_for_type(x509.DNSName)) if names is not None else (),
        common_names=tuple(
            str(attribute.value) for attribute in found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        ),
        signature=_signature(found),
        key=key,
        bits=bits,
        addresses=tuple(
            each.access_location.value
            for each in access
            if each.access_method == AuthorityInformationAccessOID.CA_ISSUERS
            and isinstance(each.access_location, x509.UniformResourceIdentifier)
        ),
        parsed=found,
    )


def _signature(found: Any) -> str | None:
    from cryptography.exceptions import UnsupportedAlgorithm

    number = found.signature_algorithm_oid.dotted_string
    if number in _HASHES:
        return _HASHES[number]
    try:
        algorithm = found.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None
    return algorithm.name.replace("-", "") if algorithm is not None else None


def _key(found: Any) -> tuple[str, int | None]:
    """Return the kind and the size of the public key; the kind is the number of the algorithm where it has no name."""
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        key = found.public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return found.public_key_algorithm_oid.dotted_string, None
    kind = type(key).__name__.removesuffix("PublicKey").removeprefix("_")
    return _KEYS.get(kind, kind.casefold()), getattr(key, "key_size", None)
