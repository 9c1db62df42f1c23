"""A real https server on this machine, with a certificate of its own, that says what it is told."""

from __future__ import annotations

import datetime as dt
import re
import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOST = "register.example"
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class HttpsServer:
    """Where it listens, whose word proves who it is, and the first lines it was asked with."""

    port: int
    trust: ssl.SSLContext
    asked: list[str] = field(default_factory=list)

    def address(self, path: str = "/") -> str:
        """Return the address of ``path`` here, under the name that the certificate has."""
        return f"https://{HOST}:{self.port}{path}"


def answer(body: bytes, *, status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole answer; a header's name is written with underscores."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def https_server(folder: Path, reply: Callable[[socket.socket], None]) -> Iterator[HttpsServer]:
    """Listen on a free port until the test is done; ``reply`` answers each question asked."""
    certificate = certificate_of(HOST, folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with _listening() as listener:
        server = HttpsServer(
            port=listener.getsockname()[1], trust=ssl.create_default_context(cafile=certificate)
        )
        thread = threading.Thread(target=_serve, args=(listener, context, server, reply))
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


@contextmanager
def silent_server() -> Iterator[int]:
    """Give the port of a server that takes a call and never says a word."""
    with _listening() as listener:
        yield listener.getsockname()[1]


@contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def _serve(
    listener: socket.socket,
    context: ssl.SSLContext,
    server: HttpsServer,
    reply: Callable[[socket.socket], None],
) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        try:
            with line, context.wrap_socket(line, server_side=True) as caller:
                server.asked.append(_question(caller).partition("\r\n")[0])
                reply(caller)
        except OSError:
            # The caller hung up on us, which is what some tests are about.
            continue


def _question(caller: socket.socket) -> str:
    """Read a question to its end: who closes with something unread resets the line."""
    with caller.makefile("rb") as said:
        head = b"".join(takewhile(lambda line: line.strip(), said))
        said.read(int((_LENGTH.search(head) or [b"", b"0"])[1]))
    return head.decode()


def certificate_of(host: str, folder: Path) -> Path:
    """Write the key and the certificate of ``host``, which vouches for itself, and say where."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
