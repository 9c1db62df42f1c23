"""A network as arrays: so many nodes, and which of them are tied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Graph:
    """An undirected network in which two nodes are tied or not; made by ``graph_of``."""

    size: int
    edges: NDArray[np.int64]  # (n_edges, 2), the lower number first, in order, each pair once

    @property
    def adjacency(self) -> csr_array:
        """The (size, size) matrix of 0 and 1 that says who is tied; symmetric."""
        first, second = self.edges.T
        ones = np.ones(2 * len(self.edges), dtype=np.int64)
        places = (np.concatenate([first, second]), np.concatenate([second, first]))
        return csr_array((ones, places), shape=(self.size, self.size))


def graph_of(size: int, pairs: Iterable[tuple[int, int]] | NDArray[np.int64]) -> Graph:
    """Return the network of ``size`` nodes tied as ``pairs`` say.

    A pair that comes again, in either direction, counts once. Raises ``ValueError`` when a pair
    names a node that is not there, or ties a node to itself.

    >>> graph_of(3, [(1, 0), (0, 1), (2, 1)]).edges.tolist()
    [[0, 1], [1, 2]]
    """
    edges = np.asarray(list(pairs), dtype=np.int64).reshape(-1, 2)
    if size < 0 or (len(edges) and (edges.min() < 0 or edges.max() >= size)):
        raise ValueError(f"A pair names a node outside 0 to {size - 1}.")
    if np.any(edges[:, 0] == edges[:, 1]):
        raise ValueError("A node is tied to itself.")
    return Graph(size, np.unique(np.sort(edges, axis=1), axis=0))
