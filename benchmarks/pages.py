"""How long the server takes over the portal's pages and the API, each over the same region."""

from __future__ import annotations

import argparse

import convention
from world import get, region

PAGES = {
    "home": "/nb/",
    "strategy": "/nb/strategi/",
    "directory": "/nb/hvem-er-hvem/",
    "coverage": "/nb/dekning/",
    "api_actors": "/api/v1/actors",
}


def main() -> None:
    """Time each page, and print the slowest's 95th percentile."""
    asked = _arguments()
    with region(actors=asked.actors):
        sizes = {name: len(get(address)) for name, address in PAGES.items()}
        convention.compared(
            f"Server time of {len(PAGES)} addresses through WSGI in one process, a region with"
            f" {asked.actors} actors, {asked.rounds} rounds each in turn"
        )
        works = {name: (lambda address=address: get(address)) for name, address in PAGES.items()}
        timings = convention.side_by_side(works, rounds=asked.rounds)
    for name, size in sizes.items():
        convention.figure(f"{name}_size", size / 1000, "kB")
    convention.figures(timings)
    convention.worst_p95(timings)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=10_000, help="how many actors there are")
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is asked for")
    return parser.parse_args()


if __name__ == "__main__":
    main()
