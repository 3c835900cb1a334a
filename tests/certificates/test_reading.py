"""Files to chains: by what they hold, with the line of what is wrong."""

import json

import pytest
from chains import HOST, ISSUING, LEAF, NOW, ROOT, block, key, made, pem, pkcs7_of
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from policylint.certificates.reading import Read, read_chain

PEM = pem(LEAF, ISSUING)


def read(data: str | bytes) -> Read:
    return read_chain(data.encode() if isinstance(data, str) else data, "served")


def subjects(data: str | bytes) -> list[str]:
    found = read(data)
    assert not found.errors
    assert found.chain is not None
    return [each.subject for each in found.chain.certificates]


def error(data: str | bytes) -> str:
    found = read(data)
    assert found.chain is None
    return "\n".join(map(str, found.errors))


@pytest.mark.parametrize(
    "data",
    [
        PEM.encode(),
        PEM.replace("\n", "\r\n").encode(),
        PEM.replace("\n", "\r").encode(),
        PEM.encode("utf-8-sig"),
        PEM.encode("utf-16"),
        PEM.encode("utf-16-le"),
        b"Bag Attributes\r\nfriendlyName: M\xfcller\r\n" + LEAF.pem.encode() + b"\0\xff0\x82\n" + ISSUING.pem.encode(),
        b"0\x82\n" + PEM.encode(),
        ("# first\n" + LEAF.pem + "\n\n----- not a marker -----\nMIIB\n" + ISSUING.pem + "the end").encode(),
        "".join(f"   {line}  \n" for line in PEM.splitlines()).encode(),
        (block(LEAF.der, "X509 CERTIFICATE") + block(ISSUING.der + b"0\x00", "TRUSTED CERTIFICATE")).encode(),
    ],
    ids=["plain", "crlf", "cr", "bom", "utf-16", "unmarked", "bags", "junk", "comments", "indented", "labels"],
)  # fmt: skip
def test_pem_is_read_whatever_stands_beside_the_blocks(data: bytes) -> None:
    assert subjects(data) == [LEAF.subject, ISSUING.subject]


def test_what_is_taken_out_of_a_certificate() -> None:
    chain = read(LEAF.pem).chain
    assert chain is not None
    (leaf,) = chain.certificates
    assert (leaf.subject, leaf.issuer) == (f"CN={HOST}", "CN=Contoso Issuing CA,O=Contoso")
    assert (leaf.names, leaf.common_names) == ((HOST,), (HOST,))
    assert (leaf.signature, leaf.key, leaf.bits) == ("sha256", "ec", 256)
    assert leaf.addresses == ("http://pki.contoso.example/issuing.crt",)
    assert not leaf.is_authority
    assert not leaf.is_self_issued
    assert (NOW - leaf.not_before).days == 100


def test_a_certificate_stands_at_its_block() -> None:
    chain = read("\n\n" + PEM).chain
    assert chain is not None
    lines = ("\n\n" + PEM).splitlines()
    place = chain.document.place(1)
    assert lines[place.line - 1] == "-----BEGIN CERTIFICATE-----"
    assert lines[place.end_line - 1] == "-----END CERTIFICATE-----"
    assert place.line > 3
    assert chain.document.line(place.line) == ISSUING.subject


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (PEM, "pem"),
        (LEAF.der, "der"),
        (pkcs7_of(LEAF, ISSUING), "pkcs7"),
        (block(pkcs7_of(LEAF, ISSUING), "PKCS7"), "pkcs7"),
        (block(pkcs7_of(LEAF, ISSUING), "CERTIFICATE"), "pkcs7"),
    ],
    ids=range(5),
)
def test_the_format_shows_in_the_content(data: str | bytes, form: str) -> None:
    chain = read(data).chain
    assert chain is not None
    assert chain.document.format == form
    assert chain.is_ordered is (form != "pkcs7")
    assert LEAF.subject in [each.subject for each in chain.certificates]


def test_damage_is_told_with_its_line_and_nothing_is_judged() -> None:
    lines = PEM.splitlines()
    second = lines.index("-----BEGIN CERTIFICATE-----", 1)
    broken = [*lines]
    broken[second + 2] = broken[second + 2][:10] + "!?" + broken[second + 2][12:]
    assert error("\n".join(broken)).startswith(f"served:{second + 3}: damaged base64")
    assert f"begins on line {second + 1}" in error("\n".join(broken))
    short = [*lines]
    short[second + 2] = short[second + 2][:-1]
    assert error("\n".join(short)).startswith(f"served:{second + 1}: the base64")
    assert error("\n".join(lines[:-1])).startswith(f"served:{second + 1}: the block that begins here is cut")
    assert error("\n".join(lines[5:])).startswith(f"served:{second - 5}: a block ends here that begins nowhere")
    assert error("\n".join(lines[: second - 4] + lines[second:])).startswith(
        "served:1: the block that begins here is cut"
    )


def test_all_damage_in_a_file_is_told() -> None:
    told = error(pem(LEAF) + block(b"no certificate") + block(b"nor this"))
    assert len(told.splitlines()) == 2


@pytest.mark.parametrize(
    "content", [b"", b"0", b"0\x82\xff", b"no certificate", LEAF.der[:-1], LEAF.der + b"x"], ids=range(6)
)
def test_a_block_has_to_hold_a_certificate(content: bytes) -> None:
    assert "served:1: this block is no certificate" in error(block(content))


@pytest.mark.parametrize("label", ["CERTIFICATE REQUEST", "X509 CRL", "PUBLIC KEY", "DH PARAMETERS"])
def test_other_blocks_are_told_by_name(label: str) -> None:
    assert f"served:1: this block is no certificate but a {label}" in error(block(b"0\x00", label) + PEM)


@pytest.mark.parametrize(
    "data", [LEAF.der[:-1], LEAF.der[:100], b"0\x80", b"0\x82", b"0\x84\xff\xff", b"\0\1\2" * 50, b"text", b"\xff"],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_certificate_is_an_error(data: bytes) -> None:
    assert "no certificate" in error(data)


def test_an_empty_file_is_an_error() -> None:
    assert error(b"") == "served: the file is empty"


def test_a_private_key_earns_a_warning_and_is_never_shown() -> None:
    found = read(LEAF.key_pem + PEM)
    secret = LEAF.key_pem.splitlines()[1]
    assert found.chain is not None
    assert len(found.chain.certificates) == 2
    (warning,) = found.warnings
    assert warning.startswith("served:1: a private key")
    assert secret not in repr(found)
    assert all(found.chain.document.line(number) in ("", LEAF.subject, ISSUING.subject) for number in range(99))
    alone = read(LEAF.key_pem)
    assert alone.chain is None
    assert alone.warnings
    assert "holds no certificate but a private key" in str(alone.errors[0])
    assert secret not in str(alone.errors[0])


@pytest.mark.parametrize("label", ["RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"])
def test_every_kind_of_private_key_is_one(label: str) -> None:
    old = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"
    text = block(b"secret" * 20, label).replace("-----\n", f"-----\n{old}", 1)
    assert len(read(PEM + text).warnings) == 1
    assert read(PEM + text).chain is not None
    assert len(read(PEM + text.rpartition("-----END")[0]).warnings) == 1


def test_pkcs12_is_refused_by_what_it_is() -> None:
    bundle = pkcs12.serialize_key_and_certificates(
        b"x", LEAF.key, LEAF.certificate, None, BestAvailableEncryption(b"x")
    )
    assert "PKCS#12" in error(bundle)


def test_one_hundred_certificates_are_the_most() -> None:
    assert len(subjects(pem(LEAF) + pem(ISSUING) * 99)) == 100
    assert "holds 101 certificates" in error(pem(LEAF) + pem(ISSUING) * 100)


def test_one_megabyte_is_the_most() -> None:
    filler = "x" * 79 + "\n"
    assert subjects(PEM + filler * ((1_000_000 - len(PEM)) // 80)) == [LEAF.subject, ISSUING.subject]
    assert "larger than 1 MB" in error(PEM + filler * (1_000_000 // 80))


_EXCHANGE = {
    "CertificateDomains": [HOST], "HasPrivateKey": True, "IsSelfSigned": False, "NotAfter": "2027-01-01",
    "Services": "IMAP, POP, IIS, SMTP", "Subject": f"CN={HOST}", "Thumbprint": "0123456789ABCDEF",
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        "\n".join(f"{name.ljust(20)}: {value}" for name, value in _EXCHANGE.items()),
        ",".join(f'"{name}"' for name in _EXCHANGE) + "\n" + ",".join(f'"{value}"' for value in _EXCHANGE.values()),
        '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj><Props>'
        + "".join(f'<S N="{name}">{value}</S>' for name, value in _EXCHANGE.items())
        + "</Props></Obj></Objs>",
        json.dumps(_EXCHANGE),
        "Thumbprint                                Services   Subject\n----------   -----\n0123  IP.WS..  CN=x",
    ],
    ids=["list", "csv", "clixml", "json", "table"],
)
def test_what_exchange_holds_is_the_wrong_end(data: str) -> None:
    for encoded in (data.encode(), data.encode("utf-16")):
        told = error(encoded)
        assert "Get-ExchangeCertificate" in told
        assert "not what phones are shown" in told
        assert "openssl s_client" in told


def test_a_certificate_request_in_der_is_none() -> None:
    request = x509.CertificateSigningRequestBuilder().subject_name(LEAF.certificate.subject)
    der = request.sign(key("x"), hashes.SHA256()).public_bytes(Encoding.DER)
    assert "no certificate" in error(der)


def test_a_pkcs7_without_certificates_is_an_error() -> None:
    empty = bytes.fromhex("302306092a864886f70d010702a0163014020101310030" + "0b06092a864886f70d0107013100")
    assert "no certificate" in error(empty)


def test_no_basic_constraints_is_no_authority() -> None:
    chain = read(made("CN=old", ca=None).pem).chain
    assert chain is not None
    assert not chain.certificates[0].is_authority
    other = read(ROOT.pem).chain
    assert other is not None
    assert other.certificates[0].is_authority
