"""The ties, one by one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import BaseModel, Field

from samskap.actors.compute.tie_lines import TieLine, lines_of, with_ends
from samskap.actors.models import Confidence, TieKind
from samskap.api import shapes
from samskap.api.answers import answer, reader_of
from samskap.api.network_filters import AskedForTies, ties_meant
from samskap.api.paging import linked, page_of
from samskap.api.parameters import only_known_parameters
from samskap.api.shapes import SHAPE

if TYPE_CHECKING:
    from samskap.actors import public

router = Router()
router.add_decorator(only_known_parameters, mode="view")


class TiedActor(BaseModel):
    """One of the two that a tie joins."""

    model_config = SHAPE

    slug: str = Field(description=gettext_noop("Its name as addresses write it."))
    name: shapes.Text = Field(description=gettext_noop("What it is called."))
    is_example: bool = Field(description=gettext_noop("Whether it is invented, as an example."))


class Tie(BaseModel):
    """What one actor is to another."""

    model_config = SHAPE

    key: UUID = Field(description=gettext_noop("The key it keeps here, whatever else changes."))
    one: TiedActor = Field(description=gettext_noop("The first of the two."))
    kind: TieKind = Field(description=gettext_noop("What the first is to the second."))
    is_mutual: bool = Field(description=gettext_noop("Whether it means the same the other way."))
    other: TiedActor = Field(description=gettext_noop("The second of the two."))
    role: shapes.Text = Field(description=gettext_noop("As what, where that is known."))
    valid_from: date | None = Field(
        description=gettext_noop("The first day it holds; null when that is not known.")
    )
    valid_to: date | None = Field(
        description=gettext_noop("The first day without it; null while it goes on.")
    )
    confidence: Confidence = Field(description=gettext_noop("How sure we are."))
    source: shapes.Source | None = Field(description=gettext_noop("Where we have this from."))
    source_note: shapes.Text = Field(description=gettext_noop("What the source says."))
    is_example: bool = Field(description=gettext_noop("Whether it is invented, as an example."))


class Ties(BaseModel):
    """A page of ties, in the order they were written down."""

    model_config = SHAPE

    items: list[Tie] = Field(description=gettext_noop("The ties of this page."))
    count: int = Field(description=gettext_noop("How many there are on all pages."))
    next: str | None = Field(description=gettext_noop("The address of the next page, if any."))


@router.get(
    "/ties",
    response=Ties,
    summary=gettext_noop("The ties, one by one"),
    description=gettext_noop(
        "The ties of the network asked for, with period, role, source and how sure we are."
    ),
    openapi_extra={
        "x-examples": [
            {"address": "/api/v1/ties", "summary": gettext_noop("The ties of today")},
            {
                "address": "/api/v1/ties?tie=cooperates-with",
                "summary": gettext_noop("Who cooperates with whom"),
            },
        ]
    },
)
def ties(request: HttpRequest, asked: Query[AskedForTies]) -> HttpResponse:
    """Answer with a page of ties."""
    reader = reader_of(request)
    page = page_of(
        ties_meant(asked, reader),
        order=("id",),
        request=request,
        limit=asked.limit,
        cursor=asked.cursor,
        prepare=with_ends,
    )
    items = [_tie(line) for line in lines_of(page.rows, reader=reader)]
    return linked(answer(Ties(items=items, count=page.count, next=page.next)), page)


def _tie(line: TieLine) -> Tie:
    return Tie(
        key=line.key,
        one=_end(line.one),
        kind=line.kind,
        is_mutual=line.kind.is_mutual,
        other=_end(line.other),
        role=shapes.text(line.role),
        valid_from=line.valid_from,
        valid_to=line.valid_to,
        confidence=line.confidence,
        source=shapes.source(line.source) if line.source else None,
        source_note=shapes.text(line.source_note),
        is_example=line.is_demo,
    )


def _end(end: public.TieEnd) -> TiedActor:
    return TiedActor(slug=end.slug, name=shapes.text(end.name), is_example=end.is_demo)
