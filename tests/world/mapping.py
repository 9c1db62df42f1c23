"""Kartverket as the tests' world has it: a real server that says what was recorded."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samskap.connectors.kartverket import Kartverket
from samskap.kernel.http import OutgoingClient
from tests.world.https_server import HOST, HttpsServer, answer, https_server

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

_MISSING = answer(b"{}", status="404 Not Found")


@dataclass
class MappingServer:
    """The service to ask, what it has been told to say of each path, and what it was asked."""

    service: Kartverket
    server: HttpsServer
    says: dict[str, bytes] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in turn."""
        return [line.split()[1] for line in self.server.asked]

    def tell(self, code: str, body: bytes, **how: str) -> None:
        """Let it say ``body`` of where the place ``code`` ends."""
        self.says[path_of(code)] = answer(body, **how)


def path_of(code: str) -> str:
    """Return the path that is asked about the place ``code``."""
    kind = "fylker" if len(code) == 2 else "kommuner"
    return f"/v1/{kind}/{code}/omrade?utkoordsys=4258"


def recorded(name: str) -> bytes:
    """An answer of the documented shape, with a square for an outline."""
    folder = resources.files("samskap.connectors.kartverket") / "recorded"
    return (folder / f"{name}.json").read_bytes()


@contextmanager
def mapping_server(folder: Path) -> Iterator[MappingServer]:
    """Run the service until the test is done; what it was told nothing of, it does not know."""
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
        yield MappingServer(Kartverket(client, base=server.address("/v1")), server, says)


# Files --------------------------------------------------------------------------------------------
def square(west: float, south: float, side: float = 0.1) -> dict[str, Any]:
    """A square as GeoJSON, its south-west corner given, in degrees."""
    corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
    ring = [[round(west + x, 6), round(south + y, 6)] for x, y in corners]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(properties: dict[str, Any], geometry: dict[str, Any] | None) -> dict[str, Any]:
    """A feature of GeoJSON."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(folder: Path, *features: dict[str, Any], **more: Any) -> Path:
    """Write a GeoJSON file of features."""
    path = folder / "places.geojson"
    collection = {"type": "FeatureCollection", "features": list(features), **more}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def public_boundaries() -> list[Path]:
    """Boundary files of the folder SAMSKAP_PUBLIC_DATA names; none where there is no folder."""
    folder = os.environ.get("SAMSKAP_PUBLIC_DATA")
    return sorted((Path(folder) / "geo").glob("*.geojson")) if folder else []
