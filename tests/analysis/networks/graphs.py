"""Networks that the tests know: one from the literature, and any that hypothesis can think of."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from samskap_analysis.networks import Graph, graph_of

# Marriages between families of Florence about 1430, Padgett and Ansell (1993), as given by
# Jackson, Social and Economic Networks (2008), 1.2.1; the Pucci married into none of them.
MARRIAGES = (
    ("Acciaiuoli", "Medici"),
    ("Albizzi", "Ginori"),
    ("Albizzi", "Guadagni"),
    ("Albizzi", "Medici"),
    ("Barbadori", "Castellani"),
    ("Barbadori", "Medici"),
    ("Bischeri", "Guadagni"),
    ("Bischeri", "Peruzzi"),
    ("Bischeri", "Strozzi"),
    ("Castellani", "Peruzzi"),
    ("Castellani", "Strozzi"),
    ("Guadagni", "Lamberteschi"),
    ("Guadagni", "Tornabuoni"),
    ("Medici", "Ridolfi"),
    ("Medici", "Salviati"),
    ("Medici", "Tornabuoni"),
    ("Pazzi", "Salviati"),
    ("Peruzzi", "Strozzi"),
    ("Ridolfi", "Strozzi"),
    ("Ridolfi", "Tornabuoni"),
)
FAMILIES = sorted({family for marriage in MARRIAGES for family in marriage})


def florence() -> Graph:
    """The fifteen families that are tied, in alphabetical order."""
    number = {family: place for place, family in enumerate(FAMILIES)}
    return graph_of(len(FAMILIES), [(number[one], number[other]) for one, other in MARRIAGES])


def in_networkx(graph: Graph) -> nx.Graph:
    """The same network, to ask somebody else about."""
    twin = nx.Graph()
    twin.add_nodes_from(range(graph.size))
    twin.add_edges_from(graph.edges.tolist())
    return twin


@st.composite
def graphs(draw: st.DrawFn, *, least: int = 0, most: int = 14) -> Graph:
    """Any network of ``least`` to ``most`` nodes."""
    size = draw(st.integers(least, most))
    every = [(one, other) for one in range(size) for other in range(one + 1, size)]
    return graph_of(size, draw(st.lists(st.sampled_from(every), max_size=40)) if every else [])


def groups_of(graph: Graph, seed: int) -> np.ndarray:
    """A group of three for each node."""
    return np.random.default_rng(seed).integers(0, 3, graph.size)
