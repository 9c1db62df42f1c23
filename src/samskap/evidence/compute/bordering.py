"""Which places share an edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def pairs_that_touch(geometries: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Return the pairs, by their positions, whose outlines have a stretch in common.

    ``geometries`` are GeoJSON of one source, which draws the edge between two places once. Places
    that meet in a point, or that water parts, are no pair.
    """
    shapes = [shape(dict(geometry)) for geometry in geometries]
    tree = shapely.STRtree(shapes)
    near = tree.query(shapes, predicate="intersects").T
    pairs = sorted({(int(one), int(other)) for one, other in near if one < other})
    return [
        (one, other)
        for one, other in pairs
        if shapely.length(shapely.intersection(shapes[one].boundary, shapes[other].boundary)) > 0
    ]
