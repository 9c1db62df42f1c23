"""Memberships: which actors are partners or observers, and since when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import BaseModel, Field

from samskap.actors.models import MembershipKind
from samskap.actors.queries import memberships_seen_by
from samskap.api import shapes
from samskap.api.answers import answer, reader_of
from samskap.api.paging import linked, page_of
from samskap.api.parameters import AskedForPage, only_known_parameters
from samskap.api.shapes import SHAPE
from samskap.kernel.period import valid_on
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.actors import models

router = Router()
router.add_decorator(only_known_parameters, mode="view")
_MOST_CHOICES: Final = 10


class Status(StrEnum):
    """Where a membership stands today."""

    CURRENT = "current"
    COMING = "coming"
    FORMER = "former"


class ActorMark(BaseModel):
    """An actor, told apart from every other."""

    model_config = SHAPE

    key: UUID = Field(description=gettext_noop("The key it keeps here, whatever else changes."))
    slug: str = Field(description=gettext_noop("Its name as addresses write it."))
    name: shapes.Text = Field(description=gettext_noop("What it is called."))
    is_example: bool = Field(description=gettext_noop("Whether it is invented, as an example."))


class Membership(BaseModel):
    """An actor is a partner or an observer, from a day and perhaps to a day."""

    model_config = SHAPE

    key: UUID = Field(description=gettext_noop("The key it keeps here, whatever else changes."))
    actor: ActorMark = Field(description=gettext_noop("Who belongs."))
    kind: MembershipKind = Field(description=gettext_noop("In what way it belongs."))
    status: Status = Field(description=gettext_noop("Where the membership stands today."))
    valid_from: date = Field(description=gettext_noop("The first day it holds."))
    valid_to: date | None = Field(
        description=gettext_noop("The first day it no longer holds, if it has an end.")
    )
    is_example: bool = Field(description=gettext_noop("Whether it is invented, as an example."))
    visibility: Visibility = Field(description=gettext_noop("Who may see it."))


class Memberships(BaseModel):
    """A page of memberships, the oldest first."""

    model_config = SHAPE

    items: list[Membership] = Field(description=gettext_noop("The memberships of this page."))
    count: int = Field(description=gettext_noop("How many there are on all pages."))
    next: str | None = Field(description=gettext_noop("The address of the next page, if any."))


class AskedForMemberships(AskedForPage):
    """How the list can be narrowed; several values of one filter mean any of them."""

    kind: list[MembershipKind] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Belongs in this way.")
    )
    status: list[Status] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Stands so today.")
    )


@router.get(
    "/memberships",
    response=Memberships,
    summary=gettext_noop("Who belongs"),
    description=gettext_noop(
        "The partners and observers you may see, those that are to be and those that were, the"
        " oldest first. What is agreed with them is in no answer."
    ),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/memberships?kind=partner&status=current",
                "summary": gettext_noop("The partners of today"),
            },
        ]
    },
)
def memberships(request: HttpRequest, asked: Query[AskedForMemberships]) -> HttpResponse:
    """Answer with a page of the memberships the reader may see."""
    today = timezone.localdate()
    found = memberships_seen_by(reader_of(request))
    if asked.kind:
        found = found.filter(kind__in=asked.kind)
    if asked.status:
        found = _standing(found, asked.status, today)
    page = page_of(
        found,
        order=("valid_from", "id"),
        request=request,
        limit=asked.limit,
        cursor=asked.cursor,
        prepare=lambda rows: rows.select_related("actor"),
    )
    items = [_membership(row, today) for row in page.rows]
    return linked(answer(Memberships(items=items, count=page.count, next=page.next)), page)


def actor_mark(row: models.Actor) -> ActorMark:
    """Return what tells an actor from every other."""
    return ActorMark(key=row.key, slug=row.slug, name=shapes.text(row.name), is_example=row.is_demo)


def _standing(
    found: QuerySet[models.Membership], wanted: list[Status], today: date
) -> QuerySet[models.Membership]:
    kept = Q(pk__in=[])
    if Status.CURRENT in wanted:
        kept |= valid_on(today)
    if Status.COMING in wanted:
        kept |= Q(valid_from__gt=today)
    if Status.FORMER in wanted:
        kept |= Q(valid_to__lte=today)
    return found.filter(kept)


def _membership(row: models.Membership, today: date) -> Membership:
    return Membership(
        key=row.key,
        actor=actor_mark(row.actor),
        kind=MembershipKind(row.kind),
        status=_status(row, today),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_example=row.is_demo,
        visibility=Visibility(row.visibility),
    )


def _status(row: models.Membership, today: date) -> Status:
    if row.valid_from > today:
        return Status.COMING
    return Status.CURRENT if row.is_valid_on(today) else Status.FORMER
