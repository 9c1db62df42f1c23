"""Bodies: boards, councils and groups, and which actors sit there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from samskap.actors.compute.bodies import body as body_called
from samskap.actors.compute.bodies import sheets
from samskap.actors.models import BodyKind, SeatRole
from samskap.actors.queries import bodies_seen_by
from samskap.api import shapes
from samskap.api.answers import answer, reader_of
from samskap.api.paging import linked, page_of
from samskap.api.parameters import Asked, AskedForPage, only_known_parameters
from samskap.api.shapes import SHAPE
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from samskap.actors.compute.bodies import BodySheet, SeatLine

router = Router()
router.add_decorator(only_known_parameters, mode="view")


class Seat(BaseModel):
    """An actor's seat for a term. Who fills it is not told."""

    model_config = SHAPE

    key: UUID = Field(description=gettext_noop("The key it keeps here, whatever else changes."))
    actor: str = Field(description=gettext_noop("The actor that sits, as addresses write it."))
    name: shapes.Text = Field(description=gettext_noop("What the actor is called."))
    role: SeatRole = Field(description=gettext_noop("What the actor is in the body."))
    valid_from: date = Field(description=gettext_noop("The first day of the term."))
    valid_to: date | None = Field(
        description=gettext_noop("The first day after the term, if it has an end.")
    )
    is_example: bool = Field(description=gettext_noop("Whether it is invented, as an example."))


class Body(BaseModel):
    """A board, a council or a group, as it is today."""

    model_config = SHAPE

    key: UUID = Field(description=gettext_noop("The key it keeps here, whatever else changes."))
    slug: str = Field(description=gettext_noop("Its name as addresses write it."))
    name: shapes.Text = Field(description=gettext_noop("What it is called."))
    kind: BodyKind = Field(description=gettext_noop("What sort of body it is."))
    purpose: shapes.Text = Field(description=gettext_noop("What it is for."))
    seats: list[Seat] = Field(description=gettext_noop("Those who sit there today."))
    vacant: list[SeatRole] = Field(description=gettext_noop("The roles that nobody has today."))
    is_example: bool = Field(description=gettext_noop("Whether it is invented, as an example."))
    visibility: Visibility = Field(description=gettext_noop("Who may see it."))


class Bodies(BaseModel):
    """A page of bodies, in Norwegian order."""

    model_config = SHAPE

    items: list[Body] = Field(description=gettext_noop("The bodies of this page."))
    count: int = Field(description=gettext_noop("How many there are on all pages."))
    next: str | None = Field(description=gettext_noop("The address of the next page, if any."))


@router.get(
    "/bodies",
    response=Bodies,
    summary=gettext_noop("Boards, councils and groups"),
    description=gettext_noop(
        "The bodies you may see, in Norwegian order, with the actors that sit there today."
    ),
    openapi_extra={
        "x-examples": [
            {"address": "/api/v1/bodies", "summary": gettext_noop("Every body")},
        ]
    },
)
def bodies(request: HttpRequest, asked: Query[AskedForPage]) -> HttpResponse:
    """Answer with a page of the bodies the reader may see."""
    reader = reader_of(request)
    page = page_of(
        bodies_seen_by(reader),
        order=("sort_key", "id"),
        request=request,
        limit=asked.limit,
        cursor=asked.cursor,
    )
    told = sheets(page.rows, reader=reader, on=timezone.localdate())
    items = [_body(sheet) for sheet in told]
    return linked(answer(Bodies(items=items, count=page.count, next=page.next)), page)


@router.get(
    "/bodies/{key}",
    response=Body,
    summary=gettext_noop("One body"),
    description=gettext_noop("A body by its name as addresses write it."),
    openapi_extra={
        "x-examples": [
            {"address": "/api/v1/bodies/{body}", "summary": gettext_noop("Who sits there")},
        ]
    },
)
def body(
    request: HttpRequest,
    key: Annotated[
        str,
        Path(
            pattern=r"^[0-9a-z-]{1,80}$",
            description=gettext_noop("The name of the body, as addresses write it."),
        ),
    ],
    asked: Query[Asked],  # noqa: ARG001 - declares ?lang=
) -> HttpResponse:
    """Answer with one body; one the reader may not see is not there."""
    found = body_called(key, reader=reader_of(request), on=timezone.localdate())
    if found is None:
        raise Http404
    return answer(_body(found))


def _body(told: BodySheet) -> Body:
    return Body(
        key=told.key,
        slug=told.slug,
        name=shapes.text(told.name),
        kind=told.kind,
        purpose=shapes.text(told.purpose),
        seats=[_seat(seat) for seat in told.seats],
        vacant=list(told.vacant),
        is_example=told.is_demo,
        visibility=told.visibility,
    )


def _seat(told: SeatLine) -> Seat:
    return Seat(
        key=told.key,
        actor=told.actor.slug,
        name=shapes.text(told.actor.name),
        role=told.role,
        valid_from=told.valid_from,
        valid_to=told.valid_to,
        is_example=told.actor.is_demo,
    )
