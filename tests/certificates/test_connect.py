"""What servers send: real ones on loopback, some of them broken."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import tls
from chains import HOST, ISSUING, LEAF, ROOT

from policylint.certificates.connect import address, fetch
from policylint.certificates.error import ConnectError
from policylint.certificates.model import Chain
from policylint.certificates.reading import read_chain
from policylint.usage import UsageError


def subjects(chain: Chain | None) -> list[str]:
    assert chain is not None
    return [each.subject for each in chain.certificates]


@pytest.mark.parametrize("chain", [(), (ISSUING,), (ISSUING, ROOT)], ids=("leaf only", "whole", "with root"))
def test_what_a_server_sends_is_fetched(chain: tuple[object, ...], tmp_path: Path) -> None:
    with tls.serving(tls.tls(tmp_path, LEAF, *chain)) as port:  # type: ignore[arg-type]
        fetched = fetch(f"127.0.0.1:{port}", HOST)
        assert subjects(fetched) == [LEAF.subject, *(each.subject for each in chain)]  # type: ignore[attr-defined]
        assert (fetched.host, fetched.document.path) == (HOST, f"127.0.0.1:{port}")
        assert fetch(f"localhost:{port}").host == "localhost"


def test_a_server_that_wants_a_certificate_shows_its_own_first(tmp_path: Path) -> None:
    with tls.serving(tls.tls(tmp_path, LEAF, ISSUING, client_certificate=True)) as port:
        assert subjects(fetch(f"127.0.0.1:{port}")) == [LEAF.subject, ISSUING.subject]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (tls.hang, "no answer within 0.3 seconds"),
        (tls.dribble, "no answer within 0.3 seconds"),
        (tls.reset, "closes the connection"),
        (tls.close, "closes the connection"),
        (tls.plain, "does not speak TLS"),
        (tls.http, "does not speak TLS"),
        (tls.tls_1_0(LEAF), "speaks no TLS 1.2 or newer"),
    ],
    ids=["hang", "dribble", "reset", "close", "plain", "http", "tls 1.0"],
)
def test_a_server_that_shows_nothing_is_an_error(answer: Callable[[socket.socket], None], said: str) -> None:
    seconds = 0.3 if "seconds" in said else 10
    with tls.serving(answer) as port, pytest.raises(ConnectError, match=said) as caught:
        fetch(f"127.0.0.1:{port}", seconds=seconds)
    assert str(caught.value).startswith(f"127.0.0.1:{port}: ")
    assert "\n" not in str(caught.value)


def test_a_port_where_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ConnectError, match=f"127.0.0.1:{port}: cannot be reached: connection refused"):
        fetch(f"127.0.0.1:{port}")


def test_a_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(ConnectError, match=r"^mail\.contoso\.example:443: its name does not resolve$"):
        fetch(HOST)


def test_a_name_server_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [over.wait()])
    try:
        with pytest.raises(ConnectError, match=r"no answer within 0\.2 seconds"):
            fetch(HOST, seconds=0.2)
    finally:
        over.set()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mail.contoso.example", ("mail.contoso.example", 443)),
        ("mail.contoso.example:8443", ("mail.contoso.example", 8443)),
        ("[::1]", ("::1", 443)),
        ("[::1]:8443", ("::1", 8443)),
        ("::1", ("::1", 443)),
    ],
)
def test_addresses(text: str, read: tuple[str, int]) -> None:
    assert address(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":443",
        "host:",
        "host:x",
        "host:0",
        "host:65536",
        "host:-1",
        "[::1",
        "[::1]x",
        "a:b:c:d.e",
        "https://host/x",
        "host/x",
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(UsageError, match="is no address"):
        address(text)


OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="the openssl program is not installed")


def s_client(port: int, *options: str) -> bytes:
    """Return what the real program prints, with what it says on the side."""
    command = [str(OPENSSL), "s_client", "-connect", f"127.0.0.1:{port}", "-servername", HOST, *options]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30, check=False
    )
    return done.stdout


@needs_openssl
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_text_of_s_client(encoding: str, tmp_path: Path) -> None:
    with tls.serving(tls.tls(tmp_path, LEAF, ISSUING)) as port:
        text = s_client(port, "-showcerts").decode()
    read = read_chain(text.encode(encoding), "text")
    assert not read.errors
    assert subjects(read.chain) == [LEAF.subject, ISSUING.subject]
    assert read.chain is not None
    assert read.chain.document.format == "s_client"


@needs_openssl
def test_without_showcerts_only_a_lone_certificate_is_believed(tmp_path: Path) -> None:
    with tls.serving(tls.tls(tmp_path, LEAF, ISSUING)) as port:
        whole = read_chain(s_client(port), "text")
    assert "-showcerts" in str(whole.errors[0])
    with tls.serving(tls.tls(tmp_path, LEAF)) as port:
        assert subjects(read_chain(s_client(port), "text").chain) == [LEAF.subject]
        assert subjects(read_chain(s_client(port, "-showcerts"), "text").chain) == [LEAF.subject]


@needs_openssl
def test_the_text_of_a_connection_that_failed() -> None:
    with tls.serving(tls.close) as port:
        text = s_client(port, "-showcerts")
    assert "no certificate was sent" in str(read_chain(text, "text").errors[0])


OLD = """CONNECTED(00000003)
depth=1 /O=Contoso/CN=Contoso Issuing CA
verify error:num=20:unable to get local issuer certificate
OCSP response:
{responder}======================================
---
Certificate chain
 0 s:/CN=mail.contoso.example
   i:/O=Contoso/CN=Contoso Issuing CA
{leaf} 1 s:/O=Contoso/CN=Contoso Issuing CA
   i:/O=Contoso/CN=Contoso Root CA
{issuing}---
Server certificate
{leaf}subject=/CN=mail.contoso.example
issuer=/O=Contoso/CN=Contoso Issuing CA
---
"""


def test_only_the_chain_of_s_client_counts() -> None:
    text = OLD.format(responder=ROOT.pem, leaf=LEAF.pem, issuing=ISSUING.pem)
    assert subjects(read_chain(text.encode(), "text").chain) == [LEAF.subject, ISSUING.subject]


def test_two_connections_in_a_file_are_an_error() -> None:
    text = OLD.format(responder="", leaf=LEAF.pem, issuing=ISSUING.pem)
    line = text.count("\n") + text[: text.index("Certificate chain")].count("\n") + 1
    assert str(read_chain((text * 2).encode(), "text").errors[0]).startswith(f"text:{line}: a second connection")
