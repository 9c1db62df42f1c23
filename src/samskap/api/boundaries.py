"""Where a place ends, as GeoJSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from samskap.api import shapes
from samskap.api.answers import answer, reader_of
from samskap.api.parameters import only_known_parameters
from samskap.api.places import CODE, CODE_IS, AskedForPlace, place_in_address
from samskap.api.shapes import SHAPE
from samskap.evidence.compute.outlines import joined
from samskap.evidence.models import Level
from samskap.evidence.public import publish_source
from samskap.evidence.queries import boundaries_of, key_in_address

if TYPE_CHECKING:
    from samskap.evidence import queries

MEDIA_TYPE: Final = "application/geo+json"

router = Router()
router.add_decorator(only_known_parameters, mode="view")


class Outline(BaseModel):
    """Where a place ends, in degrees (WGS 84), longitude first."""

    model_config = SHAPE

    type: Literal["MultiPolygon"] = Field(description=gettext_noop("The kind of geometry."))
    coordinates: list[list[list[list[float]]]] = Field(
        description=gettext_noop("Polygons, each of rings, each of points.")
    )


class BoundaryFacts(BaseModel):
    """What a boundary is of, and who drew it."""

    model_config = SHAPE

    key: str = Field(description=gettext_noop("What means the place in an address today."))
    name: shapes.Text = Field(description=gettext_noop("What the place is called."))
    level: Level = Field(description=gettext_noop("How wide the place is."))
    area_km2: float | None = Field(
        description=gettext_noop("What it encloses, in square kilometres.")
    )
    fetched_on: date | None = Field(
        description=gettext_noop("The day the oldest part was fetched.")
    )
    sources: list[shapes.Source] = Field(
        description=gettext_noop("Who drew it and on which terms; name them where you use it.")
    )


class Boundary(BaseModel):
    """A place's boundary as a feature of GeoJSON."""

    model_config = SHAPE

    type: Literal["Feature"] = Field(description=gettext_noop("The kind of object."))
    id: str = Field(description=gettext_noop("What means the place in an address today."))
    properties: BoundaryFacts = Field(description=gettext_noop("What it is a boundary of."))
    geometry: Outline | None = Field(
        description=gettext_noop("Where the place ends; null where no boundary is loaded.")
    )


@router.get(
    "/places/{code}/boundary",
    response=Boundary,
    summary=gettext_noop("Where a place ends"),
    description=gettext_noop(
        "Its boundary, simplified for maps on a screen; a group of municipalities has those of its"
        " members together. Where no boundary is loaded, its geometry is null."
    ),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/places/{municipality}/boundary",
                "summary": gettext_noop("The boundary of a municipality"),
            },
        ],
        "responses": {
            200: {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Boundary"}}}}
        },
    },
)
def boundary(
    request: HttpRequest,
    code: Annotated[str, Path(pattern=CODE, description=CODE_IS)],
    asked: Query[AskedForPlace],
) -> HttpResponse:
    """Answer with where a place ends."""
    on, reader = asked.on or timezone.localdate(), reader_of(request)
    row = place_in_address(code, on=on)
    (outline,) = boundaries_of([row], reader=reader)
    told = answer(_told(outline))
    told.headers["Content-Type"] = MEDIA_TYPE
    return told


def _told(outline: queries.Outline) -> Boundary:
    drawn, key = outline.boundaries, key_in_address(outline.place)
    sources = {each.source.key: each.source for each in drawn}
    return Boundary(
        type="Feature",
        id=key,
        properties=BoundaryFacts(
            key=key,
            name=shapes.text(outline.place.name),
            level=Level(outline.place.level),
            area_km2=round(sum(each.area_km2 for each in drawn), 3) if drawn else None,
            fetched_on=min((each.fetched_on for each in drawn), default=None),
            sources=[shapes.source(publish_source(each)) for each in sources.values()],
        ),
        geometry=Outline(**joined([each.geometry for each in drawn])) if drawn else None,
    )
