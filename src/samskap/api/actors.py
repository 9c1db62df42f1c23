"""Actors: the organisations around the partnership, and what they cover."""

from __future__ import annotations

from functools import reduce
from operator import or_
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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from samskap.actors.models import ActorKind
from samskap.actors.queries import (
    actors_seen_by,
    kept_instead_of,
    matching,
    of_kinds,
    on_sides,
    with_details,
    with_everything,
    with_factors,
)
from samskap.api.actor_shapes import Actor, OneActor, in_a_list, whole
from samskap.api.answers import answer, reader_of
from samskap.api.paging import linked, page_of
from samskap.api.parameters import Asked, AskedForPage, only_known_parameters, summary_of
from samskap.api.problems import INVALID_PARAMETER, Fault, RefusedError
from samskap.api.shapes import SHAPE
from samskap.evidence.models import Place
from samskap.evidence.queries import inside, key_in_address, places_in_address
from samskap.strategy.keys import Factor, Side

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.actors import models
    from samskap.trust.access import Reader

router = Router()
router.add_decorator(only_known_parameters, mode="view")

_MOST_CHOICES: Final = 50
_LONGEST_CODE: Final = 32
_LONGEST_SEARCH: Final = 200
_Code = Annotated[str, Field(max_length=_LONGEST_CODE)]
_KEY: Final = gettext_noop("The key of the actor, or its name as addresses write it.")


class Actors(BaseModel):
    """A page of actors, in Norwegian order."""

    model_config = SHAPE

    items: list[Actor] = Field(description=gettext_noop("The actors of this page."))
    count: int = Field(description=gettext_noop("How many there are on all pages."))
    next: str | None = Field(description=gettext_noop("The address of the next page, if any."))


class AskedForActors(AskedForPage):
    """How the list of actors can be narrowed; several values of one filter mean any of them."""

    factor: list[Factor] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Counts under this factor.")
    )
    place: list[_Code] = Field(
        [],
        max_length=_MOST_CHOICES,
        description=gettext_noop(
            "Is in this place or in a part of it. A bare code, as it is understood today."
        ),
    )
    kind: list[ActorKind] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Is of this sort.")
    )
    side: list[Side] = Field(
        [],
        max_length=_MOST_CHOICES,
        description=gettext_noop("Is on this side in tripartite cooperation."),
    )
    q: str = Field(
        "",
        max_length=_LONGEST_SEARCH,
        description=gettext_noop("Holds these words in its name, number or place."),
    )


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
    found = with_factors(actors_seen_by(reader), asked.factor)
    found = on_sides(of_kinds(found, asked.kind), asked.side)
    if asked.place:
        found = found.filter(place__in=_within(asked.place))
    return matching(found, asked.q)


def _within(keys: list[str]) -> QuerySet[Place]:
    """Return what lies in the places that ``keys`` mean today; a key that means none is told."""
    found = places_in_address(keys, on=timezone.localdate())
    known = {key_in_address(place) for place in found}
    faults = [
        Fault(
            where="query",
            name="place",
            detail=_("No place has the code “%(code)s” today.") % {"code": key},
        )
        for key in keys
        if key not in known
    ]
    if faults:
        raise RefusedError(INVALID_PARAMETER, summary_of(faults), faults)
    return Place.objects.filter(reduce(or_, map(inside, found)))


def _called(key: str) -> Q:
    try:
        return Q(key=UUID(key)) | Q(slug=key)
    except ValueError:
        return Q(slug=key)
