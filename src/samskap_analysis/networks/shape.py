"""How a network hangs together: how many each is tied to, and in how many pieces it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samskap_analysis.networks.graph import Graph


@dataclass(frozen=True, slots=True)
class Shape:
    """Degrees and pieces of a network. Piece 0 is the largest; equals stand by lowest node."""

    degree: NDArray[np.int64]  # (size,) how many others each node is tied to
    component: NDArray[np.int64]  # (size,) the piece each node lies in
    sizes: NDArray[np.int64]  # (n_pieces,) nodes in each piece, falling

    @property
    def isolated(self) -> NDArray[np.int64]:
        """The nodes that are tied to nobody, in order."""
        return np.flatnonzero(self.degree == 0)


def shape_of(graph: Graph) -> Shape:
    """Return the degrees and pieces of ``graph``.

    >>> from samskap_analysis.networks import graph_of
    >>> shape = shape_of(graph_of(5, [(1, 2), (2, 3)]))
    >>> shape.degree.tolist(), shape.component.tolist(), shape.isolated.tolist()
    ([0, 1, 2, 1, 0], [1, 0, 0, 0, 2], [0, 4])
    """
    degree = np.bincount(graph.edges.ravel(), minlength=graph.size).astype(np.int64)
    if graph.size == 0:
        return Shape(degree, degree.copy(), degree.copy())
    pieces, label = connected_components(graph.adjacency, directed=False)
    counts = np.bincount(label, minlength=pieces)
    _, first = np.unique(label, return_index=True)
    order = np.lexsort((first, -counts))
    rank = np.empty(pieces, dtype=np.int64)
    rank[order] = np.arange(pieces)
    return Shape(degree, rank[label], counts[order].astype(np.int64))
