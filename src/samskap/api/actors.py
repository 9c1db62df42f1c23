"""Actors: the organisations around the partnership, and what they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final
from uuid import UUID

from django.db.models import Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from samskap.actors.compute.directory import select
from samskap.actors.queries import (
    actors_seen_by,
    home_region,
    kept_instead_of,
    with_details,
    with_everything,
)
from samskap.api.actor_shapes import Actor, OneActor, in_a_list, whole
from samskap.api.answers import answer, reader_of
from samskap.api.filters import AskedForSome, selection_of
from samskap.api.paging import linked, page_of
from samskap.api.parameters import Asked, AskedForPage, only_known_parameters
from samskap.api.shapes import SHAPE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.actors import models
    from samskap.trust.access import Reader

router = Router()
router.add_decorator(only_known_parameters, mode="view")

_KEY: Final = gettext_noop("The key of the actor, or its name as addresses write it.")


class Actors(BaseModel):
    """A page of actors, in Norwegian order."""

    model_config = SHAPE

    items: list[Actor] = Field(description=gettext_noop("The actors of this page."))
    count: int = Field(description=gettext_noop("How many there are on all pages."))
    next: str | None = Field(description=gettext_noop("The address of the next page, if any."))


class AskedForActors(AskedForSome, AskedForPage):
    """How the list of actors can be narrowed; several values of one filter mean any of them."""


@router.get(
    "/actors",
    response=Actors,
    summary=gettext_noop("Find actors"),
    description=gettext_noop(
        "The organisations you may see, in Norwegian order. Several values of one filter mean any"
        " of them; several filters mean all of them."
    ),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/actors?factor=public-authority&place={municipality}",
                "summary": gettext_noop("The public authorities of one municipality"),
            },
            {
                "address": "/api/v1/actors?kind=municipality&kind=county",
                "summary": gettext_noop("The municipalities and the county"),
            },
            {
                "address": "/api/v1/actors?q={word}",
                "summary": gettext_noop("Those with a word in their name, number or place"),
            },
            {
                "address": "/api/v1/actors?industry=C&size=50-249&membership=partner",
                "summary": gettext_noop("The partners in manufacturing with 50 to 249 employees"),
            },
        ]
    },
)
def actors(request: HttpRequest, asked: Query[AskedForActors]) -> HttpResponse:
    """Answer with a page of the actors the reader may see."""
    reader = reader_of(request)
    page = page_of(
        _found(asked, reader),
        order=("sort_key", "id"),
        request=request,
        limit=asked.limit,
        cursor=asked.cursor,
        prepare=lambda rows: with_details(rows, reader=reader),
    )
    items = [in_a_list(row) for row in page.rows]
    return linked(answer(Actors(items=items, count=page.count, next=page.next)), page)


@router.get(
    "/actors/{key}",
    response=OneActor,
    summary=gettext_noop("One actor"),
    description=gettext_noop("An actor by its key, or by its name as addresses write it."),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/actors/{actor}",
                "summary": gettext_noop("The first actor of the list"),
            },
        ]
    },
)
def actor(
    request: HttpRequest,
    key: Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,80}$", description=_KEY)],
    asked: Query[Asked],  # noqa: ARG001 - declares ?lang=
) -> HttpResponse:
    """Answer with one actor; one the reader may not see is not there."""
    reader = reader_of(request)
    called = actors_seen_by(reader).filter(_called(key))
    found = with_everything(called, reader=reader).first()
    if found is None:
        return _kept_instead(key, reader)
    return answer(whole(found, on=timezone.localdate()))


def _kept_instead(key: str, reader: Reader) -> HttpResponse:
    """Lead from the old name of one that was merged to the one that was kept."""
    kept = kept_instead_of(key, reader=reader)
    if kept is None:
        raise Http404
    return HttpResponsePermanentRedirect(f"/api/v1/actors/{kept.slug}")


def _found(asked: AskedForActors, reader: Reader) -> QuerySet[models.Actor]:
    """Return those that are asked for; asked how fresh we are, the public is told of nobody."""
    today = timezone.localdate()
    region = home_region(on=today) if asked.place else None
    return select(selection_of(asked), reader=reader, region=region, on=today)


def _called(key: str) -> Q:
    try:
        return Q(key=UUID(key)) | Q(slug=key)
    except ValueError:
        return Q(slug=key)
