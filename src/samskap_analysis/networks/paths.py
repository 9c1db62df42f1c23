"""How two nodes hang together: the shortest ways between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from samskap_analysis.networks.graph import Graph

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Connection:
    """The shortest ways from one node to another, as the nodes each goes by, ends included."""

    steps: int  # ties on each way; -1 when there is none
    count: int  # how many shortest ways there are
    ways: tuple[tuple[int, ...], ...]  # the first of them, in order of their nodes

    @property
    def exists(self) -> bool:
        """Whether there is a way at all."""
        return self.steps >= 0


def connection(graph: Graph, one: int, other: int, *, at_most: int = _SHOWN) -> Connection:
    """Return the shortest ways from ``one`` to ``other``, at most ``at_most`` of them.

    A node is connected to itself by the way without a step. Raises ``ValueError`` for a node that
    is not there.

    >>> from samskap_analysis.networks import graph_of
    >>> connection(graph_of(5, [(0, 1), (1, 3), (0, 2), (2, 3)]), 0, 3)
    Connection(steps=2, count=2, ways=((0, 1, 3), (0, 2, 3)))
    """
    if not (0 <= one < graph.size and 0 <= other < graph.size):
        raise ValueError(f"There are nodes 0 to {graph.size - 1}.")
    adjacency = graph.adjacency
    left = dijkstra(adjacency, directed=False, unweighted=True, indices=other)
    if not np.isfinite(left[one]):
        return Connection(steps=-1, count=0, ways=())
    ahead = _Ahead(adjacency.indptr, adjacency.indices, left)
    ways = tuple(way for way, _ in zip(ahead.ways(one), range(at_most), strict=False))
    return Connection(steps=int(left[one]), count=ahead.count(one), ways=ways)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """Where to go from each node so that one step less is left."""

    starts: NDArray[np.int32]
    neighbours: NDArray[np.int32]
    left: NDArray[np.float64]

    def nearer(self, node: int) -> list[int]:
        around = self.neighbours[self.starts[node] : self.starts[node + 1]]
        return sorted(around[self.left[around] == self.left[node] - 1].tolist())

    def ways(self, node: int) -> Iterator[tuple[int, ...]]:
        """Give the ways from ``node`` to the end, in order; a step at a time, never recursive."""
        waiting: list[tuple[int, ...]] = [(node,)]
        while waiting:
            way = waiting.pop()
            if self.left[way[-1]] == 0:
                yield way
            waiting += [(*way, each) for each in reversed(self.nearer(way[-1]))]

    def count(self, node: int) -> int:
        """Count the ways, level by level; there may be more than anybody can list."""
        level = {node: 1}
        for _ in range(int(self.left[node])):
            further: dict[int, int] = {}
            for here, ways in level.items():
                for there in self.nearer(here):
                    further[there] = further.get(there, 0) + ways
            level = further
        return sum(level.values())
