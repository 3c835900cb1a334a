"""Whose key verifies whose signature: a name alone is not enough to be an issuer."""

import warnings
from typing import Any

from policylint.certificates.model import Certificate


def signed_by(certificate: Certificate, issuer: Certificate) -> bool | None:
    """Tell whether the key of `issuer` verifies the signature of `certificate`; None where this cannot be checked."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            _verify(certificate.parsed, issuer.parsed.public_key())
        except InvalidSignature:
            return False
        except (ValueError, TypeError, AttributeError, UnsupportedAlgorithm):
            return None
    return True


def _verify(certificate: Any, key: Any) -> None:
    """Raise what says that a signature does not hold, or cannot be checked."""
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa

    signature, signed = certificate.signature, certificate.tbs_certificate_bytes
    if isinstance(key, rsa.RSAPublicKey):
        # the library names no parameters for signatures it would not make any more, such as those with MD5
        how = certificate.signature_algorithm_parameters or padding.PKCS1v15()
        key.verify(signature, signed, how, certificate.signature_hash_algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(certificate.signature_hash_algorithm))
    elif isinstance(key, dsa.DSAPublicKey):
        key.verify(signature, signed, certificate.signature_hash_algorithm)
    else:
        key.verify(signature, signed)
