"""Shapes of boundaries, and their paths on a page, kept from one drawing to the next.

A boundary's row never changes: a new drawing is a new row. So its number tells its shape.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import shape

from samskap.evidence.compute.shapes import path_of, simplified
from samskap.evidence.models import Boundary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.evidence.compute.frame import Frame

_MOST: Final = 4000
_kept: Final[dict[int, shapely.Geometry]] = {}


def shapes_of(groups: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], shapely.Geometry]:
    """Return, for each group of boundaries by their keys, their shape together, in degrees."""
    wanted = list(groups)
    shapes = _shapes({key for group in wanted for key in group})
    return {
        group: shapes[group[0]]
        if len(group) == 1
        else shapely.coverage_union_all([shapes[key] for key in group])
        for group in wanted
    }


@lru_cache(maxsize=256)
def paths_of(frame: Frame, places: tuple[tuple[str, tuple[int, ...]], ...]) -> dict[str, str]:
    """Return the path on the page of each place, by its key, from the keys of its boundaries."""
    shapes = shapes_of(group for _key, group in places)
    drawn = simplified([frame.drawn(shapes[group]) for _key, group in places])
    cut = {key: path_of(frame.cut(each)) for (key, _group), each in zip(places, drawn, strict=True)}
    return {key: path for key, path in cut.items() if path}


def _shapes(keys: set[int]) -> dict[int, shapely.Geometry]:
    if len(_kept) > _MOST:
        _kept.clear()
    found = {key: each for key in keys if (each := _kept.get(key)) is not None}
    rows = Boundary.objects.filter(pk__in=keys - found.keys()).values_list("pk", "geometry")
    read = {key: shape(geometry) for key, geometry in rows} if keys - found.keys() else {}
    _kept.update(read)
    return found | read
