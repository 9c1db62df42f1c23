"""A window on the earth, and where a point of it stands on the page."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH: Final = 480.0
# A degree along a meridian, on a sphere as large as the earth.
KM_A_DEGREE: Final = 111.195
_TALLEST: Final = 1.5
_NARROWEST_DEGREES: Final = 0.05
_BEYOND: Final = 4.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of degrees (WGS 84) drawn ``WIDTH`` units wide.

    The projection is equirectangular: a degree of longitude is drawn as long as it is in the
    middle of the frame, cos(latitude) of a degree of latitude. Across a county the error in length
    is under two per cent at the upper and lower edge. docs/methods/maps.md.
    """

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float], *, margin: float) -> Frame:
        """Return the frame around (west, south, east, north), with ``margin`` of it on each side.

        One that is higher than one and a half times its width is made wider.
        """
        west, south, east, north = bounds
        squeeze = cos(radians((south + north) / 2))
        height = max(north - south, _NARROWEST_DEGREES)
        width = max((east - west) * squeeze, _NARROWEST_DEGREES, height / _TALLEST)
        x, y = (west + east) / 2, (south + north) / 2
        edge = margin * max(width, height)
        half_width, half_height = (width / 2 + edge) / squeeze, height / 2 + edge
        return cls(x - half_width, y - half_height, x + half_width, y + half_height)

    @property
    def squeeze(self) -> float:
        """How long a degree of longitude is drawn, of a degree of latitude."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def units_a_degree(self) -> float:
        """Units of the page for a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.squeeze)

    @property
    def units_a_km(self) -> float:
        """Units of the page for a kilometre."""
        return self.units_a_degree / KM_A_DEGREE

    @property
    def height(self) -> float:
        """The height of the page in units."""
        return (self.north - self.south) * self.units_a_degree

    def project(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn (n, 2) longitudes and latitudes into (n, 2) places on the page, y downwards."""
        scale = self.units_a_degree
        x = (degrees[:, 0] - self.west) * self.squeeze * scale
        y = (self.north - degrees[:, 1]) * scale
        return np.column_stack([x, y])

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point stands on the page, to a tenth of a unit."""
        x, y = self.project(np.array([[longitude, latitude]]))[0]
        return round(float(x), 1), round(float(y), 1)

    def drawn(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Return ``shape``, in degrees, as it lies on the page; it may reach beyond the edges."""
        return shapely.transform(shape, self.project)

    def cut(self, drawn: shapely.Geometry) -> shapely.Geometry:
        """Return what of a drawn shape lies on the page, and a little beyond.

        The line along the cut is outside the page, where nobody sees it.
        """
        low, right, below = -_BEYOND, WIDTH + _BEYOND, self.height + _BEYOND
        return shapely.clip_by_rect(drawn, low, low, right, below)
