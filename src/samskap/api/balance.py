"""Balance: who is here, who is missing with whom to ask, and what changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from samskap.actors.models import ActorKind, Size
from samskap.actors.public import (
    BalanceAsked,
    Since,
    UnknownScopeError,
    balance,
    day_meant,
)
from samskap.api import shapes
from samskap.api.answers import answer, reader_of
from samskap.api.coverage import CoverageRow, FactorCount, Gap, SomeoneToAsk
from samskap.api.filters import AskedForSome, selection_of
from samskap.api.parameters import only_known_parameters
from samskap.api.problems import NOT_FOUND, RefusedError
from samskap.api.shapes import SHAPE
from samskap.strategy.keys import Factor, Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.actors import public
    from samskap.actors.compute.balance import Balance as Weighed
    from samskap.actors.compute.balance import Change as Changed
    from samskap.actors.compute.balance import GroupRow as Group
    from samskap.actors.compute.balance import PlaceGap
    from samskap.actors.compute.coverage import CoverageRow as Covered
    from samskap.evidence.public import PublishedPlace

router = Router()
router.add_decorator(only_known_parameters, mode="view")

_OF: Final = r"^(all|partners|body:[-a-zA-Z0-9_]{1,80})$"


def _since(written: object) -> object:
    """Let it be one of our words, or a day."""
    if not isinstance(written, str) or day_meant(written, on=date.max) is None:
        raise PydanticCustomError("since_as_day", "not a day")
    return written


_Since = Annotated[
    str,
    BeforeValidator(_since),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": [each.value for each in Since]},
                {"type": "string", "format": "date"},
            ]
        }
    ),
]


class AskedForBalance(AskedForSome):
    """Whose balance, since when what changed, and the directory's filters."""

    of: str = Field(
        "all",
        pattern=_OF,
        description=gettext_noop("Whose balance: all, partners, or body: and the key of a body."),
    )
    since: _Since = Field(
        Since.QUARTER.value,
        description=gettext_noop(
            "Since when: quarter, last-quarter or year, or a day written as 2026-09-30. A day to"
            " come is today."
        ),
    )


class SideCount(BaseModel):
    """How many are on a side of working life."""

    model_config = SHAPE

    side: Side = Field(description=gettext_noop("The side."))
    count: int = Field(description=gettext_noop("How many are on it."))


class KindCount(BaseModel):
    """How many are of a kind."""

    model_config = SHAPE

    kind: ActorKind = Field(description=gettext_noop("What sort of organisation."))
    count: int = Field(description=gettext_noop("How many there are."))


class SizeCount(BaseModel):
    """How many companies are of a size."""

    model_config = SHAPE

    size: Size = Field(description=gettext_noop("How many it employs."))
    count: int = Field(description=gettext_noop("How many companies there are."))


class GroupRow(BaseModel):
    """The actors of a sub-region or a labour-market region."""

    model_config = SHAPE

    place: shapes.PlaceMark = Field(description=gettext_noop("The region."))
    members: list[shapes.PlaceMark] = Field(description=gettext_noop("Its municipalities."))
    counts: list[FactorCount] = Field(
        description=gettext_noop("Every factor in the order of the model.")
    )
    missing: list[Factor] = Field(description=gettext_noop("The factors nobody covers there."))


class PlaceAndFactor(BaseModel):
    """A factor in a municipality."""

    model_config = SHAPE

    factor: Factor = Field(description=gettext_noop("The factor."))
    place: shapes.PlaceMark = Field(description=gettext_noop("The municipality."))


class FactorShift(BaseModel):
    """How many counted under a factor before and now."""

    model_config = SHAPE

    factor: Factor = Field(description=gettext_noop("The factor."))
    before: int = Field(description=gettext_noop("How many there were."))
    now: int = Field(description=gettext_noop("How many there are."))


class Change(BaseModel):
    """What changed since a day; what each actor is, is as we know it today."""

    model_config = SHAPE

    since: date = Field(description=gettext_noop("The day it is held up to."))
    before: int = Field(description=gettext_noop("How many there were."))
    now: int = Field(description=gettext_noop("How many there are."))
    came: list[SomeoneToAsk] = Field(description=gettext_noop("Who came."))
    went: list[SomeoneToAsk] = Field(description=gettext_noop("Who went."))
    factors: list[FactorShift] = Field(
        description=gettext_noop("Every factor in the order of the model.")
    )
    closed: list[PlaceAndFactor] = Field(description=gettext_noop("The gaps that closed."))
    opened: list[PlaceAndFactor] = Field(description=gettext_noop("The gaps that opened."))


class Balance(BaseModel):
    """Who is here, who is missing, what changed."""

    model_config = SHAPE

    of: str = Field(description=gettext_noop("Whose balance it is."))
    on: date = Field(description=gettext_noop("The day it is counted."))
    actors: int = Field(description=gettext_noop("How many were counted."))
    factors: list[FactorCount] = Field(
        description=gettext_noop("Every factor; one that counts under two is counted twice.")
    )
    sides: list[SideCount] = Field(description=gettext_noop("The three sides of working life."))
    without_side: int = Field(description=gettext_noop("How many are on no side."))
    sizes: list[SizeCount] = Field(description=gettext_noop("The companies by size."))
    kinds: list[KindCount] = Field(description=gettext_noop("Every sort of organisation."))
    rows: list[CoverageRow] = Field(
        description=gettext_noop("The municipalities in Norwegian order, the county, and beyond.")
    )
    sub_regions: list[GroupRow] = Field(description=gettext_noop("The sub-regions."))
    labour_market_regions: list[GroupRow] = Field(
        description=gettext_noop("The official labour-market regions of 2020.")
    )
    gaps: list[Gap] = Field(description=gettext_noop("What is missing, and whom to ask."))
    change: Change = Field(description=gettext_noop("What changed."))


@router.get(
    "/balance",
    response=Balance,
    summary=gettext_noop("Who is here, who is missing, what changed"),
    description=gettext_noop(
        "Counts everyone you may see, the partners or a body, or those of them that the filters"
        " find; says what each municipality lacks and whom to ask; and holds it up to an earlier"
        " day."
    ),
    openapi_extra={
        "x-may-find-nothing": True,
        "x-examples": [
            {
                "address": "/api/v1/balance?of=partners&since=year",
                "summary": gettext_noop("The partners, and what changed in a year"),
            }
        ],
    },
)
def balance_of(request: HttpRequest, asked: Query[AskedForBalance]) -> HttpResponse:
    """Answer with a balance, weighed of what the reader may see."""
    wanted = _meant(asked)
    try:
        found = balance(wanted, reader=reader_of(request))
    except UnknownScopeError as unknown:
        words = _("There is no such balance, or none that you may see.")
        raise RefusedError(NOT_FOUND, words) from unknown
    if found is None:
        raise RefusedError(NOT_FOUND, _("No region is loaded yet."))
    return answer(_told(wanted, found))


def _meant(asked: AskedForBalance) -> BalanceAsked:
    today = timezone.localdate()
    since = asked.since if day_meant(asked.since, on=today) else today.isoformat()
    return BalanceAsked(on=today, of=asked.of, since=since, selection=selection_of(asked))


def _told(asked: BalanceAsked, found: public.Overview) -> Balance:
    weighed = found.balance
    return Balance(
        of=asked.of,
        on=asked.on,
        actors=weighed.actors,
        factors=_counts(count for _factor, count in weighed.factors),
        sides=[SideCount(side=side, count=count) for side, count in weighed.sides],
        without_side=weighed.without_side,
        sizes=[SizeCount(size=size, count=count) for size, count in weighed.firms],
        kinds=[KindCount(kind=kind, count=count) for kind, count in weighed.kinds],
        rows=_rows(weighed),
        sub_regions=[_group(row) for row in weighed.sub_regions],
        labour_market_regions=[_group(row) for row in weighed.labour_market_regions],
        gaps=[_gap(gap) for gap in found.gaps],
        change=_change(found.change),
    )


def _counts(counts: Iterable[int]) -> list[FactorCount]:
    return [
        FactorCount(factor=factor, count=count)
        for factor, count in zip(Factor, counts, strict=True)
    ]


def _rows(weighed: Weighed) -> list[CoverageRow]:
    rows: tuple[Covered, ...] = (*weighed.municipalities, weighed.whole_county, weighed.beyond)
    return [
        CoverageRow(
            key=row.key,
            place=shapes.place_mark(row.place) if row.place else None,
            counts=_counts(row.counts),
            missing=list(row.missing),
        )
        for row in rows
    ]


def _group(row: Group) -> GroupRow:
    return GroupRow(
        place=shapes.place_mark(row.place),
        members=[shapes.place_mark(place) for place in row.members],
        counts=_counts(row.counts),
        missing=list(row.missing),
    )


def _gap(gap: PlaceGap) -> Gap:
    return Gap(
        factor=gap.factor,
        place=shapes.place_mark(gap.place),
        nearness=gap.nearness,
        ask=[_someone(line) for line in gap.ask],
    )


def _someone(line: public.ActorLine) -> SomeoneToAsk:
    return SomeoneToAsk(
        slug=line.slug,
        name=shapes.text(line.name),
        place=shapes.place_mark(line.place),
        is_example=line.is_demo,
    )


def _change(change: Changed) -> Change:
    def told(pairs: Iterable[tuple[Factor, PublishedPlace]]) -> list[PlaceAndFactor]:
        return [
            PlaceAndFactor(factor=factor, place=shapes.place_mark(place)) for factor, place in pairs
        ]

    return Change(
        since=change.since,
        before=change.before,
        now=change.now,
        came=[_someone(line) for line in change.came],
        went=[_someone(line) for line in change.went],
        factors=[
            FactorShift(factor=each.factor, before=each.before, now=each.now)
            for each in change.factors
        ],
        closed=told(change.closed),
        opened=told(change.opened),
    )
