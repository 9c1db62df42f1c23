"""The ground of a map: places as shapes on a page, or as circles where we have no boundary."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from django.utils.translation import gettext as _

from samskap.evidence.compute.cartogram import radii
from samskap.evidence.compute.coast import coast_within
from samskap.evidence.compute.drawn import paths_of, shapes_of
from samskap.evidence.compute.frame import WIDTH, Frame
from samskap.evidence.queries import boundaries_of, key_in_address, places_in_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from samskap.evidence.models import Boundary, Place
    from samskap.evidence.queries import Outline
    from samskap.kernel.text import LocalisedText

_MARGIN: Final = 0.03
_MARGIN_OF_POINTS: Final = 0.16
_BARS_KM: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
# The golden angle: points laid out by it stand evenly, however many they are.
_TURN: Final = pi * (3 - sqrt(5))
_STEP: Final = 8.5


@dataclass(frozen=True, slots=True)
class GroundArea:
    """A place on the page: a ``path``, or a ``circle`` (x, y, radius) where we have no boundary.

    ``x`` and ``y`` are where its name stands. ``is_beside`` is for what lies around.
    """

    key: str
    name: LocalisedText
    x: float
    y: float
    path: str = ""
    circle: tuple[float, float, float] | None = None
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """How long a number of kilometres is on the page."""

    km: int
    length: float


@dataclass(frozen=True, slots=True)
class MapGround:
    """Places drawn on a page ``width`` units wide; lengths are in its units.

    ``coast`` is the land behind the circles, as a path; empty where every place has its boundary.
    """

    frame: Frame
    areas: tuple[GroundArea, ...]
    coast: str = ""
    boundaries: tuple[Boundary, ...] = field(default=(), repr=False)

    @property
    def width(self) -> float:
        """The width of the page."""
        return WIDTH

    @property
    def height(self) -> float:
        """The height of the page."""
        return round(self.frame.height, 1)

    @property
    def missing(self) -> tuple[GroundArea, ...]:
        """The places that are circles, since we have no boundary of them."""
        return tuple(area for area in self.areas if area.circle is not None)

    @property
    def is_cartogram(self) -> bool:
        """Whether a place is drawn as a circle."""
        return bool(self.missing)

    @property
    def note(self) -> str:
        """Why there are circles, and what to do about it; empty when there are none."""
        if not self.is_cartogram:
            return ""
        remedy = _(
            "Whoever runs the site loads boundaries with samskap places refresh, "
            "or from a file with samskap places load."
        )
        if len(self.missing) == len(self.areas):
            why = _("Each circle stands for a place: their boundaries are not loaded here.")
        else:
            why = _("A circle stands for each place whose boundary is not loaded here.")
        return f"{why} {remedy}"

    @property
    def scale(self) -> ScaleBar:
        """The longest round number of kilometres that is under a quarter of the width."""
        fits = [km for km in _BARS_KM if km * self.frame.units_a_km <= WIDTH / 4]
        km = fits[-1] if fits else _BARS_KM[0]
        return ScaleBar(km, round(km * self.frame.units_a_km, 1))

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point stands on the page."""
        return self.frame.at(latitude, longitude)

    def around(self, key: str, count: int) -> list[tuple[float, float]]:
        """Return ``count`` points around the middle of an area, evenly, the first in the middle.

        For things of which we know the place but not the point.
        A place that is not on the map has no points.
        """
        area = next((each for each in self.areas if each.key == key), None)
        if area is None:
            return []
        reach = [_STEP * sqrt(number) for number in range(count)]
        return [
            (
                round(area.x + far * cos(number * _TURN), 1),
                round(area.y + far * sin(number * _TURN), 1),
            )
            for number, far in enumerate(reach)
        ]


class NothingToDrawError(LookupError):
    """None of the places is known that day, or none of them has a boundary or a point."""


def map_of(
    keys: Iterable[str],
    *,
    on: date,
    beside: Iterable[str] = (),
    values: Mapping[str, float] | None = None,
) -> MapGround:
    """Return the ground of a map of places, in the frame that holds them.

    Parameters
    ----------
    keys : what means the places in an address on the day ``on``: "3105", "SE-1486"
    beside : places around, drawn as far as the frame reaches
    values : what the area of a circle stands for, by key; without it all are as large

    Places we have neither boundary nor point of are left out. Raises ``NothingToDrawError`` when
    none is left.
    """
    wanted, around = list(keys), list(beside)
    places = places_in_address([*wanted, *around], on=on)
    return _drawn(wanted, around, places, values)


def map_of_places(
    places: Iterable[Place],
    *,
    beside: Iterable[Place] = (),
    values: Mapping[str, float] | None = None,
) -> MapGround:
    """Return the ground of a map of places that are at hand, as ``map_of`` does.

    One question to the database, two when a group of municipalities is among them.
    """
    drawn, around = list(places), list(beside)
    keys, others = ([key_in_address(place) for place in each] for each in (drawn, around))
    return _drawn(keys, others, [*drawn, *around], values)


def _drawn(
    wanted: Sequence[str],
    around: Sequence[str],
    places: Sequence[Place],
    values: Mapping[str, float] | None,
) -> MapGround:
    outlines = boundaries_of(places)
    placed = {key_in_address(each.place): each for each in outlines if _can_be_drawn(each)}
    inner = [placed[key] for key in wanted if key in placed]
    if not inner:
        raise NothingToDrawError(wanted)
    frame = _frame(inner)
    outer = [placed[key] for key in around if key in placed and key not in set(wanted)]
    return _ground(frame, inner, _reaching(frame, outer), values)


def _can_be_drawn(outline: Outline) -> bool:
    return bool(outline.boundaries) or outline.place.centroid is not None


def _keys_of(outline: Outline) -> tuple[int, ...]:
    return tuple(each.pk for each in outline.boundaries)


def _shapes_of(outlines: Sequence[Outline]) -> list[shapely.Geometry | None]:
    """Return each place's shape in degrees: its own, or that of its members together."""
    groups = [_keys_of(each) for each in outlines]
    shapes = shapes_of(group for group in groups if group)
    return [shapes.get(group) for group in groups]


def _point_of(place: Place, outline: shapely.Geometry | None) -> tuple[float, float]:
    """Return latitude and longitude of where a place's name stands."""
    if place.centroid is not None:
        return place.centroid
    inside = np.asarray(shapely.get_coordinates(shapely.point_on_surface(outline)))
    return float(inside[0, 1]), float(inside[0, 0])


def _as_point(place: Place) -> shapely.Geometry:
    latitude, longitude = _point_of(place, None)
    return shapely.Point(longitude, latitude)


def _frame(outlines: Sequence[Outline]) -> Frame:
    shapes = _shapes_of(outlines)
    drawn = [
        outline or _as_point(each.place) for each, outline in zip(outlines, shapes, strict=True)
    ]
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(drawn))
    has_points = any(outline is None for outline in shapes)
    margin = _MARGIN_OF_POINTS if has_points else _MARGIN
    return Frame.around((west, south, east, north), margin=margin)


def _reaching(frame: Frame, outlines: Sequence[Outline]) -> list[Outline]:
    """Return the places around that come into the frame."""
    window = shapely.box(frame.west, frame.south, frame.east, frame.north)
    return [
        each
        for each, drawn in zip(outlines, _shapes_of(outlines), strict=True)
        if shapely.intersects(window, drawn or _as_point(each.place))
    ]


def _ground(
    frame: Frame,
    inner: Sequence[Outline],
    outer: Sequence[Outline],
    values: Mapping[str, float] | None,
) -> MapGround:
    everyone = [*inner, *outer]
    keys = [key_in_address(each.place) for each in everyone]
    shapes = _shapes_of(everyone)
    paths = paths_of(
        frame,
        tuple(
            (k, _keys_of(each)) for k, each in zip(keys, everyone, strict=True) if each.boundaries
        ),
    )
    middles = {
        key: frame.at(*_point_of(each.place, outline))
        for key, each, outline in zip(keys, everyone, shapes, strict=True)
    }
    sizes = radii({key: xy for key, xy in middles.items() if key not in paths}, values)
    areas = tuple(
        GroundArea(
            key=key,
            name=each.place.name,
            x=middles[key][0],
            y=middles[key][1],
            path=paths.get(key, ""),
            circle=(*middles[key], sizes[key]) if key in sizes else None,
            is_beside=rank >= len(inner),
        )
        for rank, (key, each) in enumerate(zip(keys, everyone, strict=True))
    )
    return MapGround(
        frame=frame,
        areas=areas,
        coast=coast_within(frame) if sizes else "",
        boundaries=tuple(each for outline in everyone for each in outline.boundaries),
    )
