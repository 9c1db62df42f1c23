"""Shapes on the page: even outlines, and how SVG writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What nobody sees on a screen, in units of the page.
FINEST: Final = 0.6
_SMALLEST_ISLAND: Final = 1.5


def simplified(shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """Return the shapes with fewer corners; an edge that two share stays one edge."""
    return list(shapely.coverage_simplify(np.array(shapes, dtype=object), FINEST))


def polygons_of(shape: shapely.Geometry) -> Iterator[Polygon]:
    """Give the polygons that ``shape`` is made of; lines and points are left out."""
    for part in shapely.get_parts(shape):
        if isinstance(part, Polygon) and not part.is_empty:
            yield part
        elif isinstance(part, MultiPolygon):
            yield from polygons_of(part)


def path_of(shape: shapely.Geometry) -> str:
    """Return the shape as an SVG path, to a tenth of a unit; empty for nothing to see.

    Islands too small to see are left out, except the largest part of a place.
    """
    parts = sorted(polygons_of(shape), key=lambda part: part.area, reverse=True)
    seen = [part for rank, part in enumerate(parts) if not rank or part.area > _SMALLEST_ISLAND]
    return "".join(_ring(ring) for part in seen for ring in (part.exterior, *part.interiors))


def _ring(ring: shapely.LinearRing) -> str:
    corners = np.round(np.asarray(ring.coords)[:-1, :2], 1)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z"
