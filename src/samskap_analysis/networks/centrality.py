"""Who lies between others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import rustworkx

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samskap_analysis.networks.graph import Graph


def betweenness(graph: Graph) -> NDArray[np.float64]:
    """Return each node's betweenness as an array (size,), a share from 0 to 1.

    Of all pairs of other nodes, the share whose shortest ways run through the node; where a pair
    has several shortest ways, each counts for its part. Exact (Brandes 2001): work grows with
    nodes times ties. Fewer than three nodes lie between nobody: 0.

    >>> from samskap_analysis.networks import graph_of
    >>> betweenness(graph_of(4, [(0, 1), (0, 2), (0, 3)])).tolist()
    [1.0, 0.0, 0.0, 0.0]
    """
    network = rustworkx.PyGraph(multigraph=False)
    network.add_nodes_from(range(graph.size))
    network.extend_from_edge_list([(int(one), int(other)) for one, other in graph.edges])
    between = rustworkx.graph_betweenness_centrality(network, normalized=True)
    return np.array([between[node] for node in range(graph.size)], dtype=np.float64)
