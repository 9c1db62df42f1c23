"""Outlines as they come from outside: valid, even, in degrees, and how much they enclose."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, mapping, shape

from samskap.evidence.compute.shapes import polygons_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

# About fifty metres: finer than a map of a region on a screen, coarser than a land register.
_FINEST_DEGREES: Final = 0.0005
_DECIMALS: Final = 5
_SEMI_MAJOR_KM: Final = 6378.137
_ECCENTRICITY: Final = 0.0818191908426


class NotAnOutlineError(ValueError):
    """The geometry is not a polygon that encloses anything; the argument says what it is."""


@dataclass(frozen=True, slots=True)
class CleanOutline:
    """A GeoJSON MultiPolygon in degrees, with few corners, and what the original enclosed."""

    geometry: dict[str, Any]
    area_km2: float


def shape_from(geometry: Any) -> MultiPolygon:
    """Return a GeoJSON geometry as a valid shape; what crosses itself is put right.

    Raises ``NotAnOutlineError`` when it is no polygon, or encloses nothing.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise NotAnOutlineError(str(kind))
    try:
        read = shape({"type": kind, "coordinates": geometry["coordinates"]})
    except (KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError) as broken:
        raise NotAnOutlineError(str(kind)) from broken
    flat = shapely.force_2d(read)
    parts = [part for part in polygons_of(shapely.make_valid(flat)) if part.area > 0]
    if not parts:
        raise NotAnOutlineError(str(kind))
    return MultiPolygon(parts)


def clean(shapes: Sequence[MultiPolygon]) -> list[CleanOutline]:
    """Return the outlines with fewer corners; an edge that two share stays one edge.

    Islands smaller than what is left out of an edge may go, but never the whole of a place.
    """
    simple = shapely.coverage_simplify(np.array(shapes, dtype=object), _FINEST_DEGREES)
    return [
        CleanOutline(_geojson(even, whole), round(area_km2(whole), 3))
        for even, whole in zip(simple, shapes, strict=True)
    ]


def joined(geometries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return stored outlines of one map as one; the edges between them are gone."""
    if len(geometries) == 1:
        return dict(geometries[0])
    whole = shapely.coverage_union_all([shape(dict(each)) for each in geometries])
    plain: dict[str, Any] = json.loads(json.dumps(mapping(MultiPolygon(list(polygons_of(whole))))))
    return plain


def area_km2(outline: shapely.Geometry) -> float:
    """Return what an outline in degrees encloses on the earth (WGS 84), in square kilometres.

    It is laid on a cylinder of equal area, where edges are straight: for edges of some kilometres
    the difference from geodesics is far below a thousandth.

    A degree by a degree at the equator: 111.32 km by 110.57 km.

    >>> round(area_km2(shapely.box(10, 0, 11, 1)))
    12309
    """
    on_cylinder = shapely.transform(outline, _equal_area)
    return float(shapely.area(on_cylinder))


def _equal_area(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    sine = np.sin(np.radians(degrees[:, 1]))
    e = _ECCENTRICITY
    q = (1 - e**2) * (
        sine / (1 - (e * sine) ** 2) - np.log((1 - e * sine) / (1 + e * sine)) / (2 * e)
    )
    east = np.radians(degrees[:, 0])
    return np.column_stack([_SEMI_MAJOR_KM * east, _SEMI_MAJOR_KM * q / 2])


def _geojson(even: shapely.Geometry, whole: MultiPolygon) -> dict[str, Any]:
    """Return the even outline to the metre, or the whole one where nothing would be left."""
    for candidate in (even, whole):
        rounded = shapely.transform(candidate, lambda points: np.round(points, _DECIMALS))
        parts = [part for part in polygons_of(shapely.make_valid(rounded)) if part.area > 0]
        if parts:
            # As JSON gives it back: lists, which compare equal to what was stored.
            plain: dict[str, Any] = json.loads(json.dumps(mapping(MultiPolygon(parts))))
            return plain
    raise NotAnOutlineError("MultiPolygon")
