"""What the world may see of places and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.evidence import queries
from samskap.evidence.compute.ground import (
    GroundArea,
    MapGround,
    NothingToDrawError,
    ScaleBar,
    map_of,
    map_of_places,
)
from samskap.evidence.models import Level
from samskap.kernel.identifiers import Country
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from datetime import date

    from samskap.evidence.models import Place, Source
    from samskap.kernel.text import LocalisedText


__all__ = [
    "GroundArea",
    "Level",
    "MapGround",
    "NothingToDrawError",
    "PublishedPlace",
    "PublishedSource",
    "ScaleBar",
    "map_of",
    "map_of_places",
    "place",
    "place_that_took_over",
    "places",
    "publish_place",
    "publish_source",
    "sources",
]


@dataclass(frozen=True, slots=True)
class PublishedSource:
    """Where a fact comes from; empty text and ``None`` where we do not know."""

    key: str
    title: LocalisedText
    publisher: str
    year: int | None
    url: str
    licence: str
    retrieved_on: date | None


@dataclass(frozen=True, slots=True)
class PublishedPlace:
    """A place under one code; ``centroid`` is latitude and longitude in degrees.

    ``key`` is what means the place in an address today.
    """

    key: str
    country: str
    code: str
    level: str
    name: LocalisedText
    valid_from: date
    valid_to: date | None
    centroid: tuple[float, float] | None


def places(*, on: date, level: str | None = None) -> list[PublishedPlace]:
    """Return the places that hold on ``on``, all or those of ``level``, in Norwegian order."""
    found = queries.places_on(on)
    if level is not None:
        found = found.filter(level=level)
    return [publish_place(place) for place in found]


def place(code: str, *, on: date, country: str = Country.NORWAY) -> PublishedPlace | None:
    """Return the place that ``code`` meant on ``on``; in an address, hand in today."""
    try:
        return publish_place(queries.place_by_code(code, on=on, country=country))
    except queries.UnknownPlaceError:
        return None


def place_that_took_over(key: str, *, on: date) -> PublishedPlace | None:
    """Return the place that alone took over from the one a former code meant, if any."""
    found = queries.successor_of(key, on=on)
    return publish_place(found) if found else None


def sources() -> list[PublishedSource]:
    """Return the sources that everyone may see, by publisher."""
    return [publish_source(source) for source in queries.sources_seen_by(PUBLIC)]


def publish_place(place: Place) -> PublishedPlace:
    """Turn a row into what is published of it; every place is public."""
    return PublishedPlace(
        key=queries.key_in_address(place),
        country=place.country,
        code=place.code,
        level=place.level,
        name=place.name,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        centroid=place.centroid,
    )


def publish_source(source: Source) -> PublishedSource:
    """Turn a row into what is published of it; the caller has asked whether it may be."""
    return PublishedSource(
        key=source.key,
        title=source.title,
        publisher=source.publisher,
        year=source.year,
        url=source.url,
        licence=source.licence,
        retrieved_on=source.retrieved_on,
    )
