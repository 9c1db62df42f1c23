"""What is read of places and sources."""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003 - a dataclass keeps its types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from samskap.evidence.models import Level, Place, Source
from samskap.kernel.identifiers import Country
from samskap.kernel.period import valid_on
from samskap.trust.access import PUBLIC, visible_to

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.access import Reader


# An address may hold anything at all, also what no database can be asked about.
_KEY: Final = re.compile(r"[0-9A-Za-z-]{1,40}")
# Places that are made of municipalities, and have no line of their own on a map.
GROUPS: Final = (Level.SUB_REGION, Level.LABOUR_MARKET_REGION)

_MEMBERS: Final = Place.members.through.objects.filter(from_place=OuterRef("pk")).order_by("pk")


class UnknownPlaceError(LookupError):
    """No place had this code on this day."""

    def __init__(self, code: str, *, on: date, country: str) -> None:
        super().__init__(code, on, country)
        self.code, self.on, self.country = code, on, country


def places_seen_by(_reader: Reader) -> QuerySet[Place]:
    """Return every place: official geography is public, whoever reads."""
    return Place.objects.order_by("sort_key", "id")


def sources_seen_by(reader: Reader) -> QuerySet[Source]:
    """Return the sources ``reader`` may see."""
    return Source.objects.filter(visible_to(reader)).order_by("publisher", "key")


def places_on(day: date, *, reader: Reader = PUBLIC) -> QuerySet[Place]:
    """Return the places that hold on ``day``."""
    return places_seen_by(reader).filter(valid_on(day))


def place_by_code(code: str, *, on: date, country: str = Country.NORWAY) -> Place:
    """Return the place that ``code`` meant on the day ``on``.

    In an address or a form a bare code means the place valid today: hand in today. Raises
    ``UnknownPlaceError`` when the code meant nothing that day.
    """
    try:
        return places_on(on).get(country=country, code=code)
    except Place.DoesNotExist as unknown:
        raise UnknownPlaceError(code, on=on, country=country) from unknown


def places_by_code(
    codes: Iterable[str], *, on: date, country: str = Country.NORWAY
) -> dict[str, Place]:
    """Return the places that ``codes`` meant on the day ``on``, those that meant one."""
    found = places_on(on).filter(country=country, code__in=set(codes))
    return {place.code: place for place in found}


def municipalities_of(county: Place, *, on: date) -> QuerySet[Place]:
    """Return the municipalities of ``county`` on the day ``on``, in Norwegian order."""
    return places_on(on).filter(parent=county, level=Level.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class Region:
    """What a partnership calls home: a county, its municipalities and how they go together.

    Municipalities, sub-regions and labour-market regions stand in Norwegian order. ``members`` are
    the database keys of the places in each sub-region and labour-market region, by its own.
    """

    county: Place
    municipalities: tuple[Place, ...]
    sub_regions: tuple[Place, ...]
    labour_market_regions: tuple[Place, ...] = ()
    members: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @property
    def home_keys(self) -> frozenset[int]:
        """The database keys of every place that is home."""
        return frozenset(
            place.pk
            for place in (
                self.county,
                *self.municipalities,
                *self.sub_regions,
                *self.labour_market_regions,
            )
        )


def region_around(
    county: str, *, municipalities: Iterable[str], on: date, country: str = Country.NORWAY
) -> Region:
    """Return the region of a county and some municipalities, by their codes on ``on``.

    One question to the database. Raises ``UnknownPlaceError`` when there is no such county then.
    """
    wanted = set(municipalities)
    home = list(
        places_on(on)
        .annotate(told_members=ArraySubquery(_MEMBERS.values("to_place_id")))
        .filter(country=country)
        .filter(
            Q(code=county)
            | Q(code__in=wanted)
            | Q(level__in=GROUPS, parent__code=county, parent__country=country)
        )
    )
    found = next((place for place in home if place.code == county), None)
    if found is None:
        raise UnknownPlaceError(county, on=on, country=country)
    return Region(
        county=found,
        municipalities=tuple(place for place in home if place.code in wanted),
        sub_regions=tuple(place for place in home if place.level == Level.SUB_REGION),
        labour_market_regions=tuple(
            place for place in home if place.level == Level.LABOUR_MARKET_REGION
        ),
        members={
            place.pk: frozenset(place.told_members) for place in home if place.level in GROUPS
        },
    )


def members_of(places: Iterable[Place]) -> dict[int, frozenset[int]]:
    """Return the database keys of the members of each of ``places``, by the place's own."""
    pairs = Place.members.through.objects.filter(
        from_place__in=[place.pk for place in places]
    ).values_list("from_place_id", "to_place_id")
    members: dict[int, set[int]] = {place.pk: set() for place in places}
    for place, member in pairs:
        members[place].add(member)
    return {place: frozenset(inside) for place, inside in members.items()}


def key_in_address(place: Place) -> str:
    """Return what means ``place`` in an address today: 3105 at home, SE-1765 over the border."""
    return place.code if place.country == Country.NORWAY else f"{place.country}-{place.code}"


def places_in_address(keys: Iterable[str], *, on: date) -> list[Place]:
    """Return the places that ``keys`` of an address mean on ``on``, those that mean one."""
    return list(places_on(on).filter(meant_by(keys)))


def meant_by(keys: Iterable[str]) -> Q:
    """Select the places that ``keys`` of an address mean, on whichever day."""
    wanted = Q(pk__in=[])
    for key in filter(_KEY.fullmatch, keys):
        country, dash, code = key.partition("-")
        if dash and country in set(Country):
            wanted |= Q(country=country, code=code)
        else:
            wanted |= Q(country=Country.NORWAY, code=key)
    return wanted


def inside(place: Place) -> Q:
    """Select the places that are ``place``, its parts, their parts, or its members."""
    return Q(pk=place.pk) | Q(parent=place) | Q(parent__parent=place) | Q(sub_regions=place)
