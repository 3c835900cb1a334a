"""Fetches what a server sends when a phone connects: one TLS handshake, and nothing after it."""

import re
import select
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any

from policylint.certificates.error import ConnectError, LibraryMissing
from policylint.certificates.model import CertificateFile, Chain
from policylint.certificates.parsing import NoCertificate, of_library
from policylint.certificates.reading import MOST
from policylint.usage import UsageError, reason

SECONDS = 10.0
"""How long a connection may take, from the look-up of the name to the end of the handshake."""

_PORT = 443
_ADDRESS = re.compile(r"(?:\[(?P<bracketed>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s:/\[\]]+))(?::(?P<port>[0-9]{1,5}))?")
_SAID = {
    "wrong version number": "it does not speak TLS",
    "packet length too long": "it does not speak TLS",
    "http request": "it does not speak TLS",
    "unexpected message": "it does not speak TLS",
    "unsupported protocol": "it speaks no TLS 1.2 or newer",
    "tlsv1 alert protocol version": "it speaks no TLS 1.2 or newer",
    "no protocols available": "it speaks no TLS 1.2 or newer",
    "excessive message size": "it sends more certificates than any chain has",
}


def address(text: str) -> tuple[str, int]:
    """Read HOST, HOST:PORT or [IPV6]:PORT. Raises `UsageError`."""
    match = _ADDRESS.fullmatch(text)
    host, port = (match["bracketed"] or match["host"], match["port"]) if match else (text, None)
    if not (match or _is_numeric(text)) or not 0 < int(port or _PORT) < 65536:
        raise UsageError(f"--connect {text}: is no address; write HOST or HOST:PORT")
    return host, int(port or _PORT)


def fetch(text: str, host: str | None = None, *, seconds: float = SECONDS) -> Chain:
    """Return what the server at an address sends to a client that asks for `host`, or for the host of the address.

    Raises `ConnectError` within `seconds`.
    """
    name, port = address(text)
    deadline = time.monotonic() + seconds
    try:
        with _connected(name, port, deadline) as connection:
            certificates = [of_library(each) for each in _sent(connection, host or name, deadline)]
        if not certificates:
            raise ConnectError("it sends no certificate")
        if len(certificates) > MOST:
            raise ConnectError(f"it sends {len(certificates)} certificates, and {MOST} are the most that are taken")
    except ConnectError as error:
        why = str(error)
    except NoCertificate as error:
        why = f"a certificate that it sends cannot be read: {error}"
    except TimeoutError:
        why = f"no answer within {seconds:g} seconds"
    except OSError as error:
        why = f"cannot be reached: {reason(error)}"
    else:
        found = [(each, number, number) for number, each in enumerate(certificates, 1)]
        return Chain(CertificateFile(f"{name}:{port}", "connect", found), tuple(certificates), host or name)
    raise ConnectError(f"{name}:{port}: {why}") from None


def _connected(name: str, port: int, deadline: float) -> socket.socket:
    """Connect to the first address of a host that answers."""
    failure: OSError = TimeoutError()
    for family, kind, protocol, _, where in _resolved(name, port, deadline):
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(_left(deadline))
            connection.connect(where)
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure


def _resolved(name: str, port: int, deadline: float) -> list[Any]:
    """Look a name up. The system does that in its own time, so it is left behind when ours is over."""
    answer: list[Any] = []
    failure: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            answer.extend(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if failure:
        raise ConnectError("its name does not resolve")
    if not answer:
        raise TimeoutError
    return answer


def _sent(connection: socket.socket, host: str, deadline: float) -> Sequence[Any]:
    """Shake hands and return the certificates that were sent, as those of the library. Nothing is verified."""
    try:
        from OpenSSL import SSL
    except ImportError:
        raise LibraryMissing("pyOpenSSL") from None
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    # what is weak is to be judged, and so has to be fetched
    context.set_cipher_list(b"ALL:@SECLEVEL=0")
    client = SSL.Connection(context, connection)
    if not _is_numeric(host):
        client.set_tlsext_host_name(_on_the_wire(host))
    client.set_connect_state()
    connection.setblocking(False)
    failure = None
    while failure is None:
        try:
            client.do_handshake()
            break
        except SSL.WantReadError:
            _wait(deadline, reading=[connection])
        except SSL.WantWriteError:
            _wait(deadline, writing=[connection])
        except SSL.SysCallError:
            failure = ConnectError("it closes the connection instead of showing a certificate")
        except SSL.Error as error:
            failure = ConnectError(_said(error))
    # a server that wants a certificate of the client's shows its own before it ends the handshake
    sent: Sequence[Any] = client.get_peer_cert_chain(as_cryptography=True) or ()
    if failure is not None and not sent:
        raise failure
    return sent


def _on_the_wire(host: str) -> bytes:
    try:
        return host.encode("idna")
    except UnicodeError:
        raise ConnectError(f"{host!r} is no name of a host") from None


def _wait(deadline: float, *, reading: Sequence[Any] = (), writing: Sequence[Any] = ()) -> None:
    if not any(select.select(reading, writing, [], _left(deadline))):
        raise TimeoutError


def _said(error: Exception) -> str:
    """Say in plain words why there was no handshake."""
    reasons = [str(entry[-1]) for entry in error.args[0]] if error.args and isinstance(error.args[0], list) else []
    plain = next((_SAID[reason] for reason in reasons if reason in _SAID), None)
    return plain or f"no TLS handshake: {', '.join(filter(None, reasons)) or 'the server breaks it off'}"


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _is_numeric(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except (OSError, ValueError):
            continue
        return True
    return False
