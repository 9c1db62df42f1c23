"""What a map says: the places that are drawn, the points on them, and the table beside it.

Where things stand on the page comes from a ``Ground``; what they mean comes from the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The circle of a point, in units of the page.
POINT_RADIUS = 6.5


class GroundArea(Protocol):
    """A place on the page, as whoever draws the ground hands it over."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> object: ...  # noqa: D102
    @property
    def x(self) -> float: ...  # noqa: D102
    @property
    def y(self) -> float: ...  # noqa: D102
    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def circle(self) -> tuple[float, float, float] | None: ...  # noqa: D102
    @property
    def is_beside(self) -> bool: ...  # noqa: D102


class ScaleBar(Protocol):
    """How long a number of kilometres is on the page."""

    @property
    def km(self) -> int: ...  # noqa: D102
    @property
    def length(self) -> float: ...  # noqa: D102


class Ground(Protocol):
    """Places laid out on a page; ``samskap.evidence.public.map_of`` makes one."""

    @property
    def width(self) -> float: ...  # noqa: D102
    @property
    def height(self) -> float: ...  # noqa: D102
    @property
    def coast(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102
    @property
    def areas(self) -> Sequence[GroundArea]: ...  # noqa: D102
    @property
    def scale(self) -> ScaleBar: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class AreaLook:
    """What a page says of an area: where it leads, what stands on it, how it is coloured.

    ``css_class`` is home, here, gap, or step-1 to step-5 (more, darker); ``value`` is what is
    written under the name; ``label`` is the sentence a screen reader hears and hovering shows.
    """

    href: str = ""
    value: str = ""
    label: str = ""
    css_class: str = "home"


@dataclass(frozen=True, slots=True)
class MapArea:
    """A place on the map: a path or a circle (x, y, radius), its name standing at x and y."""

    key: str
    name: str
    href: str
    value: str
    label: str
    css_class: str
    x: float
    y: float
    path: str = ""
    circle: tuple[float, float, float] | None = None

    @property
    def is_gap(self) -> bool:
        """Whether it is hatched, since there is nothing there."""
        return self.css_class == "gap"

    @property
    def name_y(self) -> float:
        """Where the name stands: in the middle of a shape, below a circle."""
        return round(self.y + self.circle[2] + 13, 1) if self.circle else self.y

    @property
    def value_y(self) -> float:
        """Where the value stands, a line below the name."""
        return round(self.name_y + 14, 1)


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A thing on the map; ``letter`` is one, such as a factor's, and ``css_class`` its colour."""

    name: str
    href: str
    css_class: str
    x: float
    y: float
    letter: str = ""

    @property
    def radius(self) -> float:
        """The radius of its circle."""
        return POINT_RADIUS


@dataclass(frozen=True, slots=True)
class MapRow:
    """A row of the table beside a map; ``values`` stand under the columns after the first."""

    name: str
    values: Sequence[object]
    href: str = ""


@dataclass(frozen=True, slots=True)
class MapTable:
    """The table that says the same as the map; the first of ``columns`` is what a row is of."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[MapRow]


@dataclass(frozen=True, slots=True)
class MapKey:
    """What a colour means: the class of an area or a point, and its words."""

    css_class: str
    label: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map whose ``title`` states what it shows; ``table`` says the same in words."""

    title: str
    width: float
    height: float
    areas: Sequence[MapArea]
    table: MapTable
    points: Sequence[MapPoint] = ()
    note: str = ""
    description: str = ""
    coast: str = ""
    scale: ScaleBar | None = None
    legend: Sequence[MapKey] = ()
    key: str = "map"

    @property
    def has_links(self) -> bool:
        """Whether there is something on it to go to."""
        return any(area.href for area in self.areas) or any(point.href for point in self.points)

    @property
    def scale_y(self) -> float:
        """How far down the bar of the scale stands."""
        return round(self.height - 12, 1)

    @property
    def scale_end(self) -> float:
        """Where the bar of the scale ends; it begins ten units in."""
        return round(10 + self.scale.length, 1) if self.scale else 10.0

    @property
    def scale_text_y(self) -> float:
        """Where the words of the scale stand."""
        return round(self.scale_y - 6, 1)


def picture(
    ground: Ground,
    *,
    title: str,
    table: MapTable,
    looks: Mapping[str, AreaLook] | None = None,
    points: Sequence[MapPoint] = (),
    description: str = "",
    legend: Sequence[MapKey] = (),
    key: str = "map",
) -> MapPicture:
    """Return the map of what a page says (``looks``, by the key of an area) on a ground.

    An area without a look is plain; one that lies beside is drawn as what is around. ``key`` is
    the map's own among the ids of the page.
    """
    return MapPicture(
        title=title,
        description=description,
        width=ground.width,
        height=ground.height,
        areas=[_area(each, (looks or {}).get(each.key)) for each in _from_behind(ground)],
        points=points,
        note=ground.note,
        table=table,
        coast=ground.coast,
        scale=ground.scale,
        legend=legend,
        key=key,
    )


def _from_behind(ground: Ground) -> list[GroundArea]:
    """Return the areas in the order they are drawn: what lies around first."""
    return sorted(ground.areas, key=lambda area: not area.is_beside)


def _area(area: GroundArea, look: AreaLook | None) -> MapArea:
    plain = AreaLook(css_class="beside" if area.is_beside else "home")
    said = look or plain
    return MapArea(
        key=area.key,
        name=str(area.name),
        href=said.href,
        value=said.value,
        label=said.label or str(area.name),
        css_class=said.css_class,
        x=area.x,
        y=area.y,
        path=area.path,
        circle=area.circle,
    )
