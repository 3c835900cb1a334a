"""Which names a certificate covers."""

from policylint.certificates.model import Certificate


def covers(certificate: Certificate, host: str) -> bool:
    """Tell whether a certificate is for a host: by its dNSNames, or where there are none at all by its common name.

    A `*` stands for exactly one label, the left-most. Names are compared as they are written, but for their case.
    """
    return any(_is_like(name, host) for name in certificate.names or certificate.common_names)


def _is_like(name: str, host: str) -> bool:
    wanted, given = (text.casefold().rstrip(".") for text in (host, name))
    if wanted == given:
        return True
    first, _, domain = given.partition(".")
    label, _, within = wanted.partition(".")
    return first == "*" and bool(label) and domain == within
