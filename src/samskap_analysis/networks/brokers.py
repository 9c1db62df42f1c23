"""Who ties together those that have no tie of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, diags_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samskap_analysis.networks.graph import Graph


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How many open pairs each node stands between, by whose they are; arrays of shape (size,).

    An open pair of a node is two of its neighbours that are not tied to each other.
    """

    within: NDArray[np.int64]  # both of the node's own group (coordinator)
    inside_another: NDArray[np.int64]  # both of one group, not the node's (itinerant broker)
    own_and_another: NDArray[np.int64]  # one of its own group (gatekeeper or representative)
    two_others: NDArray[np.int64]  # of two groups, neither its own (liaison)

    @property
    def across(self) -> NDArray[np.int64]:
        """Open pairs whose two are of different groups: what a broker between groups ties."""
        return self.own_and_another + self.two_others

    @property
    def total(self) -> NDArray[np.int64]:
        """All open pairs."""
        return self.within + self.inside_another + self.across


def brokerage(graph: Graph, group: NDArray[np.int64]) -> Brokerage:
    """Count the pairs each node brokers, by group, after Gould and Fernandez (1989).

    Parameters
    ----------
    group : (size,) the group of each node, numbered from 0

    A tie here has no direction: each pair counts once, and the two roles that differ in direction
    alone (gatekeeper, representative) are one. Raises ``ValueError`` when ``group`` is not one
    number a node.

    >>> from samskap_analysis.networks import graph_of
    >>> import numpy as np
    >>> told = brokerage(graph_of(4, [(0, 1), (0, 2), (0, 3), (1, 2)]), np.array([0, 0, 1, 1]))
    >>> told.own_and_another.tolist(), told.inside_another.tolist()
    ([1, 0, 0, 0], [1, 0, 0, 0])
    """
    if group.shape != (graph.size,) or (graph.size and group.min() < 0):
        raise ValueError("Give each node one group, numbered from 0.")
    groups = int(group.max()) + 1 if graph.size else 0
    adjacency = graph.adjacency
    member = csr_array(
        (np.ones(graph.size, dtype=np.int64), (np.arange(graph.size), group)),
        shape=(graph.size, groups),
    )
    to_group = (adjacency @ member).toarray()  # (size, groups) neighbours in each group
    closed = _closed(adjacency, group, groups)
    mine = np.arange(graph.size), group
    same = to_group * (to_group - 1) // 2 - closed.same
    degree = to_group.sum(axis=1)
    own_and_another = to_group[mine] * (degree - to_group[mine]) - closed.with_own
    unlike = (degree**2 - (to_group**2).sum(axis=1)) // 2 - closed.unlike
    return Brokerage(
        within=same[mine],
        inside_another=same.sum(axis=1) - same[mine],
        own_and_another=own_and_another,
        two_others=unlike - own_and_another,
    )


@dataclass(frozen=True, slots=True)
class _Closed:
    """Pairs of neighbours that are tied to each other: they need no broker."""

    same: NDArray[np.int64]  # (size, groups) both of the group
    unlike: NDArray[np.int64]  # (size,) of different groups
    with_own: NDArray[np.int64]  # (size,) of different groups, one of them the node's own


def _closed(adjacency: csr_array, group: NDArray[np.int64], groups: int) -> _Closed:
    size = adjacency.shape[0]
    # ordered[v, g, h]: ties from a neighbour of v in group g to a neighbour of v in group h.
    ordered = np.zeros((size, groups, groups), dtype=np.int64)
    for other in range(groups):
        of_group = diags_array((group == other).astype(np.int64), dtype=np.int64)
        # ways[v, i]: for neighbours i of v, how many neighbours of both are in ``other``.
        ways = adjacency.multiply(adjacency @ of_group @ adjacency).tocoo()
        np.add.at(ordered, (ways.row, group[ways.col], other), ways.data.astype(np.int64))
    within = np.einsum("vgg->vg", ordered)
    own = ordered[np.arange(size), group, :].sum(axis=1) - within[np.arange(size), group]
    return _Closed(
        same=within // 2,
        unlike=(ordered.sum(axis=(1, 2)) - within.sum(axis=1)) // 2,
        with_own=own,
    )


def constraint(graph: Graph) -> NDArray[np.float64]:
    """Return Burt's constraint (1992) of each node as an array (size,).

    How far all of a node's ties lead to the same others: low where the node spans holes between
    its neighbours, 1 and a little more where they are all tied to each other. Nobody's neighbour
    is ``nan``.

    >>> from samskap_analysis.networks import graph_of
    >>> constraint(graph_of(4, [(0, 1), (0, 2), (0, 3)])).round(3).tolist()
    [0.333, 1.0, 1.0, 1.0]
    """
    adjacency = graph.adjacency.astype(np.float64)
    degree = adjacency.sum(axis=1)
    share = diags_array(np.divide(1, degree, out=np.zeros_like(degree), where=degree > 0))
    direct = share @ adjacency
    invested = (direct + direct @ direct).multiply(adjacency)
    held = invested.multiply(invested).sum(axis=1)
    return np.where(degree > 0, held, np.nan)


def open_pairs(graph: Graph, group: NDArray[np.int64], node: int) -> NDArray[np.int64]:
    """Return the open pairs of ``node`` by the groups of the two, as (groups, groups); symmetric.

    On the diagonal are pairs within a group.

    >>> from samskap_analysis.networks import graph_of
    >>> import numpy as np
    >>> graph = graph_of(4, [(0, 1), (0, 2), (0, 3), (1, 2)])
    >>> open_pairs(graph, np.array([0, 0, 1, 1]), 0).tolist()
    [[0, 1], [1, 1]]
    """
    adjacency = graph.adjacency
    around = np.flatnonzero(adjacency[[node]].toarray()[0])
    groups = int(group.max()) + 1
    member = np.zeros((len(around), groups), dtype=np.int64)
    member[np.arange(len(around)), group[around]] = 1
    counts = member.sum(axis=0)
    tied = adjacency[around][:, around] @ member
    pairs: NDArray[np.int64] = np.outer(counts, counts) - member.T @ tied
    np.fill_diagonal(pairs, (pairs.diagonal() - counts) // 2)
    return pairs
