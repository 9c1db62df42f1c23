"""Coverage: which factors are present where, and whom to ask about what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import BaseModel, Field

from samskap.actors.public import Nearness, coverage
from samskap.api import shapes
from samskap.api.answers import answer, reader_of
from samskap.api.parameters import Asked, only_known_parameters
from samskap.api.problems import NOT_FOUND, RefusedError
from samskap.api.shapes import SHAPE
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from samskap.actors import public

router = Router()
router.add_decorator(only_known_parameters, mode="view")


class FactorCount(BaseModel):
    """How many actors count under a factor."""

    model_config = SHAPE

    factor: Factor = Field(description=gettext_noop("The factor."))
    count: int = Field(description=gettext_noop("How many actors count under it."))


class CoverageRow(BaseModel):
    """The actors of a municipality, of the whole county, or from beyond it."""

    model_config = SHAPE

    key: str = Field(description=gettext_noop("The key of the place, or whole-county, or beyond."))
    place: shapes.PlaceMark | None = Field(
        description=gettext_noop("The place; null for what is beyond the county.")
    )
    counts: list[FactorCount] = Field(
        description=gettext_noop("Every factor in the order of the model.")
    )
    missing: list[Factor] = Field(
        description=gettext_noop("The factors nobody covers; told of municipalities alone.")
    )


class SomeoneToAsk(BaseModel):
    """An actor who could help."""

    model_config = SHAPE

    slug: str = Field(description=gettext_noop("Its name as addresses write it."))
    name: shapes.Text = Field(description=gettext_noop("What it is called."))
    place: shapes.PlaceMark = Field(description=gettext_noop("Where it is."))
    is_example: bool = Field(description=gettext_noop("Whether it is invented, as an example."))


class Gap(BaseModel):
    """A factor that nobody covers in a municipality."""

    model_config = SHAPE

    factor: Factor = Field(description=gettext_noop("The factor that is missing."))
    place: shapes.PlaceMark = Field(description=gettext_noop("The municipality that lacks it."))
    nearness: Nearness | None = Field(
        description=gettext_noop("How near the first of those to ask is.")
    )
    ask: list[SomeoneToAsk] = Field(
        description=gettext_noop("The nearest who count under it, nearest first.")
    )


class Coverage(BaseModel):
    """Five factors by municipality, with what is missing."""

    model_config = SHAPE

    rows: list[CoverageRow] = Field(
        description=gettext_noop("The municipalities in Norwegian order, the county, and beyond.")
    )
    totals: list[FactorCount] = Field(description=gettext_noop("The sum of all rows."))
    gaps: list[Gap] = Field(description=gettext_noop("What is missing, and whom to ask."))


@router.get(
    "/coverage",
    response=Coverage,
    summary=gettext_noop("Which factors are present where"),
    description=gettext_noop(
        "How many of the actors you may see count under each factor in each municipality of today."
        " An actor counts once under each of its factors."
    ),
    openapi_extra={
        "x-may-find-nothing": True,
        "x-examples": [
            {
                "address": "/api/v1/coverage",
                "summary": gettext_noop("The coverage of the whole region"),
            }
        ],
    },
)
def coverage_of_factors(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001 - ?lang=
    """Answer with the coverage, counted of what the reader may see."""
    found = coverage(reader=reader_of(request))
    if found is None:
        raise RefusedError(NOT_FOUND, _("No region is loaded yet."))
    return answer(
        Coverage(
            rows=[_row(row) for row in found.rows],
            totals=_counts(found.totals),
            gaps=[_gap(gap) for gap in found.gaps],
        )
    )


def _row(told: public.CoverageRow) -> CoverageRow:
    return CoverageRow(
        key=told.key,
        place=shapes.place_mark(told.place) if told.place else None,
        counts=_counts(told.counts),
        missing=list(told.missing),
    )


def _counts(counts: tuple[int, ...]) -> list[FactorCount]:
    return [
        FactorCount(factor=factor, count=count)
        for factor, count in zip(Factor, counts, strict=True)
    ]


def _gap(told: public.Gap) -> Gap:
    return Gap(
        factor=told.factor,
        place=shapes.place_mark(told.place),
        nearness=told.nearness,
        ask=[
            SomeoneToAsk(
                slug=line.slug,
                name=shapes.text(line.name),
                place=shapes.place_mark(line.place),
                is_example=line.is_demo,
            )
            for line in told.ask
        ],
    )
