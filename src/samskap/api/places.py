"""Places: what a code means, and since when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from samskap.api import shapes
from samskap.api.answers import answer, reader_of
from samskap.api.paging import linked, page_of
from samskap.api.parameters import Asked, AskedForPage, Day, only_known_parameters
from samskap.api.shapes import SHAPE
from samskap.evidence.models import Level
from samskap.evidence.public import publish_source
from samskap.evidence.queries import (
    key_in_address,
    neighbours_of,
    places_in_address,
    places_on,
    sources_seen_by,
)
from samskap.kernel.identifiers import Country

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from samskap.evidence import models
    from samskap.trust.access import Reader

Key = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,40}$")]

router = Router()
router.add_decorator(only_known_parameters, mode="view")

CODE: Final = r"^[0-9A-Za-z-]{1,40}$"
CODE_IS: Final = gettext_noop("The official code: 3105 in Norway, SE-1765 in Sweden.")
_LEVEL: Final = gettext_noop(
    "Whether it is a country, county, municipality, sub-region or labour-market region."
)
_ON: Final = gettext_noop("The day it is to be true of; without it, today.")


class Point(BaseModel):
    """A point on the earth, in degrees (WGS 84)."""

    model_config = SHAPE

    latitude: float = Field(description=gettext_noop("Degrees north."))
    longitude: float = Field(description=gettext_noop("Degrees east."))


class Place(BaseModel):
    """A country, county, municipality or group of municipalities, under one code."""

    model_config = SHAPE

    key: str = Field(description=gettext_noop("What means it in an address today."))
    country: Country = Field(description=gettext_noop("The country, as two letters."))
    code: str = Field(description=gettext_noop("The official code."))
    name: shapes.Text = Field(description=gettext_noop("What it is called."))
    level: Level = Field(description=_LEVEL)
    valid_from: date = Field(description=gettext_noop("The first day the code meant this place."))
    valid_to: date | None = Field(
        description=gettext_noop("The first day it no longer did; null while it still does.")
    )
    parent: str | None = Field(description=gettext_noop("The code of the place it is a part of."))
    members: list[str] = Field(
        description=gettext_noop("The codes that a group of municipalities is made of.")
    )
    member_of: list[str] = Field(
        description=gettext_noop("The codes of the groups it is a member of on that day.")
    )
    replaces: list[str] = Field(description=gettext_noop("The codes it took over from."))
    neighbours: list[str] = Field(
        description=gettext_noop("What means, in an address, the places that lie beside it.")
    )
    centroid: Point | None = Field(description=gettext_noop("A point inside the place."))
    source: shapes.Source | None = Field(description=gettext_noop("Where we have this from."))


class Places(BaseModel):
    """A page of places, in Norwegian order."""

    model_config = SHAPE

    items: list[Place] = Field(description=gettext_noop("The places of this page."))
    count: int = Field(description=gettext_noop("How many there are on all pages."))
    next: str | None = Field(description=gettext_noop("The address of the next page, if any."))


class AskedForPlaces(AskedForPage):
    """How the list of places can be narrowed."""

    level: Level | None = Field(
        None,
        description=_LEVEL,
    )
    country: Country | None = Field(None, description=gettext_noop("The country."))
    beside: Key | None = Field(None, description=gettext_noop("Only the neighbours of this place."))
    member_of: Key | None = Field(
        None,
        description=gettext_noop("Only the members of this sub-region or labour-market region."),
    )
    on: Day | None = Field(None, description=_ON)


class AskedForPlace(Asked):
    """What makes a bare code mean one place."""

    on: Day | None = Field(None, description=_ON)


@router.get(
    "/places",
    response=Places,
    summary=gettext_noop("Find places"),
    description=gettext_noop("The places that hold on a day, in Norwegian order."),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/places?level=municipality",
                "summary": gettext_noop("The municipalities of today"),
            },
            {
                "address": "/api/v1/places?level=municipality&on=2021-06-01",
                "summary": gettext_noop("The municipalities as they were in the summer of 2021"),
            },
            {
                "address": "/api/v1/places?beside={municipality}",
                "summary": gettext_noop("The neighbours of a municipality"),
            },
        ]
    },
)
def places(request: HttpRequest, asked: Query[AskedForPlaces]) -> HttpResponse:
    """Answer with a page of the places that hold on a day."""
    reader = reader_of(request)
    on = asked.on or timezone.localdate()
    found = places_on(on, reader=reader)
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.country:
        found = found.filter(country=asked.country)
    if asked.beside:
        found = found.filter(pk__in=[row.pk for row in _beside(asked.beside, on, reader)])
    if asked.member_of:
        groups = places_in_address([asked.member_of], on=on)
        found = found.filter(sub_regions__in=groups)
    page = page_of(
        found,
        order=("sort_key", "id"),
        request=request,
        limit=asked.limit,
        cursor=asked.cursor,
        prepare=lambda rows: _with_what_is_shown(rows, on, reader),
    )
    sources = _sources(reader, page.rows)
    beside = neighbours_of(page.rows, on=on, reader=reader)
    items = [_place(row, sources, beside[row.pk]) for row in page.rows]
    return linked(answer(Places(items=items, count=page.count, next=page.next)), page)


@router.get(
    "/places/{code}",
    response=Place,
    summary=gettext_noop("What a code means"),
    description=gettext_noop("A bare code means what it means today; a day can be given."),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/places/{municipality}",
                "summary": gettext_noop("A municipality by the code it has today"),
            },
        ]
    },
)
def place(
    request: HttpRequest,
    code: Annotated[str, Path(pattern=CODE, description=CODE_IS)],
    asked: Query[AskedForPlace],
) -> HttpResponse:
    """Answer with the place that a code meant on a day."""
    on, reader = asked.on or timezone.localdate(), reader_of(request)
    row = place_in_address(code, on=on)
    prefetch_related_objects([row], _groups(on, reader))
    beside = neighbours_of([row], on=on, reader=reader)
    return answer(_place(row, _sources(reader, [row]), beside[row.pk]))


def place_in_address(code: str, *, on: date) -> models.Place:
    """Return the place that ``code`` of an address means on ``on``; raises ``Http404``."""
    found = places_in_address([code], on=on)
    if not found:
        raise Http404
    return found[0]


def _beside(key: str, on: date, reader: Reader) -> list[models.Place]:
    places = places_in_address([key], on=on)
    return [row for group in neighbours_of(places, on=on, reader=reader).values() for row in group]


def _with_what_is_shown(
    rows: QuerySet[models.Place], on: date, reader: Reader
) -> QuerySet[models.Place]:
    shown = ("members", "predecessors", _groups(on, reader))
    return rows.select_related("parent").prefetch_related(*shown)


def _groups(on: date, reader: Reader) -> Prefetch[str]:
    return Prefetch("sub_regions", places_on(on, reader=reader).order_by("sort_key", "id"))


def _sources(reader: Reader, rows: list[models.Place]) -> dict[int, shapes.Source]:
    seen = sources_seen_by(reader).filter(pk__in={row.source_id for row in rows})
    return {row.pk: shapes.source(publish_source(row)) for row in seen}


def _place(
    row: models.Place, sources: Mapping[int, shapes.Source], beside: list[models.Place]
) -> Place:
    return Place(
        key=key_in_address(row),
        country=Country(row.country),
        code=row.code,
        name=shapes.text(row.name),
        level=Level(row.level),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        parent=row.parent.code if row.parent else None,
        members=[member.code for member in row.members.all()],
        member_of=[group.code for group in row.sub_regions.all()],
        replaces=[former.code for former in row.predecessors.all()],
        neighbours=[key_in_address(neighbour) for neighbour in beside],
        centroid=_point(row),
        source=sources.get(row.source_id),
    )


def _point(row: models.Place) -> Point | None:
    if row.centroid is None:
        return None
    latitude, longitude = row.centroid
    return Point(latitude=latitude, longitude=longitude)
