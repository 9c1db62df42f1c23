"""Where each node is drawn: those that are tied stand near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from samskap_analysis.networks.packing import packed, ranged_around
from samskap_analysis.networks.repulsion import repulsion
from samskap_analysis.networks.shape import shape_of
from samskap_analysis.networks.spacing import spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samskap_analysis.networks.graph import Graph

# Rounds of pushing and pulling; in each, no node moves further than what is left of the heat.
_ROUNDS: Final = 300
_REPULSION: Final = 0.6
_GRAVITY: Final = 0.05


def layout(graph: Graph, *, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a point in the unit square for each node, as an array (size, 2).

    Tied nodes pull at each other, all nodes push each other away, those with many ties the most
    (the forces of Jacomy et al. 2014, cooled as by Fruchterman and Reingold 1991). Each piece is
    drawn by itself; the pieces are packed side by side, the largest in the middle; nodes without a
    tie stand in rings around them, in their order.

    Parameters
    ----------
    rng : source of the first, random points; the same seed gives the same picture

    >>> from samskap_analysis.networks import graph_of
    >>> import numpy as np
    >>> points = layout(graph_of(3, [(0, 1)]), rng=np.random.default_rng(1))
    >>> points.shape, bool(points.min() >= 0), bool(points.max() <= 1)
    ((3, 2), True, True)
    """
    points = np.zeros((graph.size, 2))
    if graph.size == 0:
        return points
    shape = shape_of(graph)
    pieces = [np.flatnonzero(shape.component == piece) for piece in np.flatnonzero(shape.sizes > 1)]
    drawn = [_piece(graph, nodes, rng=rng) for nodes in pieces]
    radii = np.array([np.hypot(*piece.T).max() for piece in drawn])
    centres = packed(radii + 0.6)
    for nodes, piece, centre in zip(pieces, drawn, centres, strict=True):
        points[nodes] = piece + centre
    reach = float((np.hypot(*centres.T) + radii).max()) if len(radii) else 0.0
    points[shape.isolated] = ranged_around(reach, len(shape.isolated))
    return _in_the_unit_square(points)


def _piece(
    graph: Graph, nodes: NDArray[np.int64], *, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw one piece around the origin; neighbours in the picture stand about 1 apart."""
    number = np.empty(graph.size, dtype=np.int64)
    number[nodes] = np.arange(len(nodes))
    edges = number[graph.edges[np.isin(graph.edges[:, 0], nodes)]]
    mass = 1.0 + np.bincount(edges.ravel(), minlength=len(nodes)).astype(np.float64)
    reach = 0.8 * float(np.sqrt(len(nodes)))
    points = rng.uniform(-reach, reach, size=(len(nodes), 2))
    for heat in np.linspace(reach / 4, 0.02 * reach, _ROUNDS):
        points += _step(points, edges, mass, heat=heat)
    points -= points.mean(axis=0)
    points *= reach / max(float(np.quantile(np.hypot(*points.T), 0.95)), 1e-9)
    return spaced(points)


def _step(
    points: NDArray[np.float64],
    edges: NDArray[np.int64],
    mass: NDArray[np.float64],
    *,
    heat: float,
) -> NDArray[np.float64]:
    force = _REPULSION * mass[:, None] * repulsion(points, mass)
    between = points[edges[:, 1]] - points[edges[:, 0]]
    for axis in (0, 1):
        force[:, axis] += np.bincount(edges[:, 0], between[:, axis], minlength=len(points))
        force[:, axis] -= np.bincount(edges[:, 1], between[:, axis], minlength=len(points))
    force -= _GRAVITY * mass[:, None] * points
    # The forces grow with a node's ties; its step does not, so that hubs do not swing.
    force /= mass[:, None]
    length = np.hypot(*force.T)
    force *= 0.5 * np.minimum(1.0, heat / np.maximum(length, 1e-12))[:, None]
    return force


def _in_the_unit_square(points: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = points.min(axis=0), points.max(axis=0)
    span = float((high - low).max())
    if span == 0:
        return np.full_like(points, 0.5)
    inside: NDArray[np.float64] = np.clip((points - (low + high) / 2) / span + 0.5, 0.0, 1.0)
    return inside
