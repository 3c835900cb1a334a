"""Servers on the loopback interface, in all the states that a TLS client meets."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from chains import Made, pem
from OpenSSL import SSL


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Answer every connection until the block ends; give the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def accept() -> None:
        while not done.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                threading.Thread(target=_answered, args=(answer, connection), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        done.set()
        with suppress(OSError):  # wakes accept
            socket.create_connection(listener.getsockname()).close()
        listener.close()


def _answered(answer: Callable[[socket.socket], None], connection: socket.socket) -> None:
    with connection, suppress(OSError, SSL.Error):
        connection.settimeout(30)
        answer(connection)


def tls(folder: Path, leaf: Made, *chain: Made, client_certificate: bool = False) -> Callable[[socket.socket], None]:
    """Speak TLS with these certificates; `client_certificate` demands one of the client, which has none."""
    file = folder / f"{len(chain)}.pem"
    file.write_text(pem(leaf, *chain) + leaf.key_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    if client_certificate:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.verify_mode = ssl.CERT_REQUIRED

    def answer(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            wrapped.recv(1)

    return answer


def tls_1_0(leaf: Made) -> Callable[[socket.socket], None]:
    """Speak TLS 1.0 and nothing newer."""
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_VERSION)
    context.set_max_proto_version(SSL.TLS1_VERSION)
    context.set_cipher_list(b"ALL:@SECLEVEL=0")
    context.use_certificate(leaf.certificate)
    context.use_privatekey(leaf.key)

    def answer(connection: socket.socket) -> None:
        connection.settimeout(None)
        server: Any = SSL.Connection(context, connection)
        server.set_accept_state()
        server.do_handshake()

    return answer


def hang(connection: socket.socket) -> None:
    """Say nothing until the client goes."""
    while connection.recv(4096):
        pass


def dribble(connection: socket.socket) -> None:
    """Begin a record of TLS and go on with it for ever."""
    connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xf0")
    while True:
        connection.sendall(b"\x00")
        threading.Event().wait(0.02)


def reset(connection: socket.socket) -> None:
    """Break the connection off after the first bytes."""
    connection.recv(16)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def close(connection: socket.socket) -> None:
    """End the connection in good order after the first bytes."""
    connection.recv(4096)


def plain(connection: socket.socket) -> None:
    """Speak something that is no TLS."""
    connection.sendall(b"220 mail.contoso.example ESMTP\r\n")
    connection.recv(4096)


def http(connection: socket.socket) -> None:
    """Speak HTTP without TLS."""
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
