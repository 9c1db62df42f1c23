"""Enhetsregisteret as the tests' world has it: a real server that says what was recorded."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

from samskap.connectors.enhetsregisteret import Register
from samskap.kernel.http import OutgoingClient
from tests.world.https_server import HOST, HttpsServer, answer, https_server

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

_MISSING = answer(b'{"status": 404}', status="404 Not Found")


@dataclass
class RegisterServer:
    """The register to ask, what it has been told to say of each path, and what it was asked."""

    register: Register
    server: HttpsServer
    says: dict[str, bytes] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in turn."""
        return [line.split()[1] for line in self.server.asked]


def recorded(name: str) -> bytes:
    """An answer of the documented shape, about an organisation that does not exist."""
    folder = resources.files("samskap.connectors.enhetsregisteret") / "recorded"
    return (folder / f"{name}.json").read_bytes()


@contextmanager
def register_server(folder: Path) -> Iterator[RegisterServer]:
    """Run a register until the test is done; what it was told nothing of, it does not know."""
    says: dict[str, bytes] = {}
    lines: list[str] = []

    def reply(caller: socket.socket) -> None:
        caller.sendall(says.get(lines[-1].split()[1], _MISSING))

    with https_server(folder, reply) as server:
        lines = server.asked
        client = OutgoingClient(
            hosts=frozenset({f"{HOST}:{server.port}"}),
            deadline_s=5,
            resolver=lambda *_: ["127.0.0.1"],
            may_reach=lambda _: True,
            trust=server.trust,
        )
        yield RegisterServer(Register(client, base=server.address("/api")), server, says)
