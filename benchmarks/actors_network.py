"""The network at full size: measured beside networkx, and drawn in a real browser.

Both find the same figures on the same graph: that is checked before anything is timed. The picture
is timed from the click on the tab to the first whole frame with someone pointed at.
"""

from __future__ import annotations

import argparse
import shutil
import threading
import time
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import convention
import networkx as nx
import numpy as np
from django.conf import settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import sync_playwright
from world import get, region

from samskap.actors.compute.layout import lay_out
from samskap.config.wsgi import application
from samskap_analysis import networks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

_SEED = 1814
_MOST_S = 60
_DIRECTORY, _NETWORK = "/nb/hvem-er-hvem/", "/nb/hvem-er-hvem/nettverk/"


def main() -> None:
    """Measure, draw, and print."""
    asked = _arguments()
    with region(actors=asked.actors):
        pairs = tie(asked.ties)
        graph, twin = _twins(asked.actors, pairs)
        _same(graph, twin)
        convention.compared(
            "The picture in headless Chromium with software for a graphics card; and, of"
            f" {graph.size} actors with {len(graph.edges)} tied pairs, degrees, pieces, constraint"
            f" and a shortest way, by ours and by networkx, {asked.rounds} rounds each in turn"
        )
        timings = convention.side_by_side(
            {"ours": lambda: _measured(graph), "networkx": lambda: _measured_there(twin)},
            rounds=asked.rounds,
        )
        convention.figures(timings)
        begun = time.perf_counter()
        lay_out(at=timezone.now())
        convention.figure("job", time.perf_counter() - begun, "s")
        for name, address in {"page": _NETWORK, "columns": "/api/v1/network?lang=nb"}.items():
            get(address)
            begun = time.perf_counter()
            size = len(get(address))
            convention.figure(f"{name}_server", (time.perf_counter() - begun) * 1000, "ms")
            convention.figure(f"{name}_size", size / 1000, "kB")
        if not asked.without_browser:
            for name, value in drawn(rounds=asked.draws).items():
                convention.figure(name, value, "ms")
    convention.ratio(timings["ours"], timings["networkx"])


def tie(ties: int) -> list[tuple[int, int]]:
    """Tie the actors of the region: half of the ties to one in thirty, half near the neighbours."""
    rng = np.random.default_rng(_SEED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM actors_actor ORDER BY id")
        actors = np.array([row[0] for row in cursor.fetchall()])
        one = rng.integers(0, len(actors), 2 * ties)
        hub = 30 * rng.integers(0, len(actors) // 30 + 1, 2 * ties) % len(actors)
        near = (one + rng.integers(1, 40, 2 * ties)) % len(actors)
        other = np.where(rng.integers(0, 2, 2 * ties) == 0, hub, near)
        ends = np.unique(np.sort(np.stack([one, other], axis=1)[one != other], axis=1), axis=0)
        ends = ends[np.sort(rng.permutation(len(ends))[:ties])]
        cursor.execute("SELECT id FROM evidence_source ORDER BY id LIMIT 1")
        source = cursor.fetchone()[0]
        with cursor.copy(
            "COPY actors_tie (key, visibility, kind, from_actor_id, to_actor_id, source_id,"
            " confidence, role, source_note, is_demo) FROM STDIN"
        ) as copy:
            for number, (first, second) in enumerate(actors[ends].tolist()):
                kind = ("cooperates-with", "supplies", "member-of", "funds")[number % 4]
                key = f"00000000-0000-4000-8000-{number:012d}"
                copy.write_row(
                    (key, "public", kind, first, second, source, "reported", "{}", "{}", False)
                )
        cursor.execute("ANALYZE")
    return [(int(first), int(second)) for first, second in ends]


def _twins(size: int, pairs: list[tuple[int, int]]) -> tuple[networks.Graph, nx.Graph]:
    graph = networks.graph_of(size, pairs)
    twin = nx.Graph()
    twin.add_nodes_from(range(size))
    twin.add_edges_from(pairs)
    return graph, twin


def _same(graph: networks.Graph, twin: nx.Graph) -> None:
    shape, way = _measured(graph)
    pieces, length = _measured_there(twin)
    if (len(shape.sizes), way.steps) != (pieces, length):
        raise SystemExit("The two do not find the same; nothing was timed.")
    if graph.size <= 500 and not np.allclose(  # noqa: PLR2004 - networkx needs an hour for 10 000
        networks.betweenness(graph), list(nx.betweenness_centrality(twin).values())
    ):
        raise SystemExit("The two do not find the same betweenness; nothing was timed.")


def _ends(twin: nx.Graph) -> tuple[int, int]:
    largest = max(nx.connected_components(twin), key=len)
    return min(largest), max(largest)


def _measured(graph: networks.Graph) -> tuple[networks.Shape, networks.Connection]:
    shape = networks.shape_of(graph)
    networks.constraint(graph)
    inside = np.flatnonzero(shape.component == 0)
    return shape, networks.connection(graph, int(inside[0]), int(inside[-1]))


def _measured_there(twin: nx.Graph) -> tuple[int, int]:
    pieces = nx.number_connected_components(twin)
    dict(twin.degree)
    nx.constraint(twin)
    return pieces, nx.shortest_path_length(twin, *_ends(twin))


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the product on a free port of this machine."""
    settings.SECURE_SSL_REDIRECT = False
    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def drawn(*, rounds: int) -> dict[str, float]:
    """Return the median times from a click to the whole picture, and to an answer to pointing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        spot = _somebody(page, url)
        times = [_once(page, url, spot) for _ in range(rounds + 1)][1:]
        browser.close()
    # The server's threads hold connections of their own; the database is thrown away after this.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    names = ("click_to_first_frame", "click_to_hover")
    return {
        name: float(np.median(each))
        for name, each in zip(names, zip(*times, strict=True), strict=True)
    }


def _once(page: Page, url: str, spot: tuple[float, float]) -> tuple[float, float]:
    begun = _clicked(page, url)
    frame = time.perf_counter() - begun
    page.mouse.move(*spot)
    page.wait_for_selector("figure[data-pointed]", timeout=_MOST_S * 1000)
    return frame * 1000, (time.perf_counter() - begun) * 1000


def _clicked(page: Page, url: str) -> float:
    """Go from the directory to the picture; return when it was clicked, once it is drawn."""
    page.goto(f"{url}{_DIRECTORY}")
    link = page.locator(f"a[href^='{_NETWORK}']").first
    begun = time.perf_counter()
    link.click()
    page.wait_for_selector("figure[data-drawn]", timeout=_MOST_S * 1000)
    return begun


def _somebody(page: Page, url: str) -> tuple[float, float]:
    """Return where on the screen somebody stands: the picture is the same each time."""
    _clicked(page, url)
    spot = page.locator("figure[data-drawn]").evaluate(_FIRST_POINTED_AT)
    if spot is None:
        raise SystemExit("Nobody in the picture can be pointed at; nothing is told.")
    return spot["x"], spot["y"]


# Line by line, as a hand would: the middle of the first stretch that answers.
_FIRST_POINTED_AT = """
figure => {
  const canvas = figure.querySelector(".network__canvas").lastElementChild;
  const { left, top, right, bottom } = canvas.getBoundingClientRect();
  const isPointedAt = (clientX, clientY) => {
    canvas.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true }));
    return figure.hasAttribute("data-pointed");
  };
  for (let y = Math.ceil(top) + 2; y < Math.min(bottom, innerHeight); y += 2) {
    for (let x = Math.ceil(left) + 2; x < Math.min(right, innerWidth); x += 2) {
      if (!isPointedAt(x, y)) continue;
      let end = x;
      while (end < right && isPointedAt(end + 1, y)) end += 1;
      return { x: Math.round((x + end) / 2), y };
    }
  }
  return null;
}
"""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=10_000, help="how many actors there are")
    parser.add_argument("--ties", type=int, default=40_000, help="how many ties there are")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    parser.add_argument("--draws", type=int, default=3, help="how often the picture is drawn")
    parser.add_argument("--without-browser", action="store_true", help="measure, and draw nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
