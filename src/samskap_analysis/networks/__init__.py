"""Who is tied to whom: how a network hangs together, who ties it, and how it is drawn.

Everything is counted in nodes numbered from 0. Methods, examples and limits are told in
docs/methods/networks.md.
"""

from samskap_analysis.networks.brokers import Brokerage, brokerage, constraint, open_pairs
from samskap_analysis.networks.centrality import betweenness
from samskap_analysis.networks.graph import Graph, graph_of
from samskap_analysis.networks.layout import layout
from samskap_analysis.networks.paths import Connection, connection
from samskap_analysis.networks.shape import Shape, shape_of

__all__ = [
    "Brokerage",
    "Connection",
    "Graph",
    "Shape",
    "betweenness",
    "brokerage",
    "connection",
    "constraint",
    "graph_of",
    "layout",
    "open_pairs",
    "shape_of",
]
