"""Places and sources as a document tells of them, before the database has seen them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from samskap.kernel.identifiers import Country
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from samskap.evidence.models import Level
    from samskap.kernel.text import LocalisedText


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """A code, and the day on which it is to be understood."""

    code: str
    on: date
    country: str = Country.NORWAY


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Where facts come from; ``key`` is the source's own, and stays when the rest changes."""

    key: str
    title: LocalisedText
    publisher: str
    year: int | None = None
    url: str = ""
    licence: str = ""
    retrieved_on: date | None = None
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place under one code, from ``valid_from`` until, and not including, ``valid_to``.

    Codes are of the same country, and of a day: ``parent`` and ``members`` on ``valid_from``,
    ``replaces`` on the day before. ``shares`` tells, by the code of a place in ``replaces`` that
    became several, how much of it came here. ``source`` is the key of a source.
    """

    country: str
    code: str
    level: Level
    name: LocalisedText
    valid_from: date
    source: str
    valid_to: date | None = None
    parent: str = ""
    members: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the code means this place on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class NeighbourFacts:
    """Two places beside each other, on the word of the source with the key ``source``."""

    one: PlaceCode
    other: PlaceCode
    source: str


@dataclass(frozen=True, slots=True)
class BoundaryFacts:
    """Where a place ends: a GeoJSON MultiPolygon in degrees (WGS 84), and what it encloses."""

    place: PlaceCode
    geometry: Mapping[str, Any]
    area_km2: float
    fetched_on: date


@dataclass(frozen=True, slots=True)
class Geography:
    """Places in an order in which each comes after those it points to, and their sources."""

    sources: tuple[SourceFacts, ...] = ()
    places: tuple[PlaceFacts, ...] = ()
    neighbours: tuple[NeighbourFacts, ...] = ()
