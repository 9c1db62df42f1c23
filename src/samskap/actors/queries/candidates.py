"""Who could be asked into a body, by what they would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from samskap.actors.queries.spread import factors_of_each
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.actors.models import Actor, Seat


@dataclass(frozen=True, slots=True)
class Candidates:
    """Actors who are the same to a body: they bring the same and hold as many ``seats``.

    ``first`` is the database key of the first of them in Norwegian order.
    """

    first: int
    sits: bool
    is_partner: bool
    status: str
    seats: int
    place: int
    kind: str
    side: str
    size: str
    factors: tuple[Factor, ...]


def candidates(
    actors: QuerySet[Actor],
    *,
    sitting: QuerySet[Actor],
    partners: QuerySet[Actor],
    held: QuerySet[Seat],
) -> list[Candidates]:
    """Group ``actors`` by what they bring, in Norwegian order of the first of each group.

    ``sitting`` sit in the body already, ``held`` are the seats that hold anywhere. One question.
    """
    rows = (
        actors.order_by()
        .annotate(
            sits=Exists(sitting.order_by().filter(pk=OuterRef("pk"))),
            is_partner=Exists(partners.order_by().filter(pk=OuterRef("pk"))),
            seats_held=_seats_of_each(held),
            under=factors_of_each(),
        )
        .values_list(
            "sits", "is_partner", "status", "seats_held", "place", "kind", "side", "size", "under"
        )
        .annotate(same=ArrayAgg("pk", order_by=("sort_key", "pk")), by_name=Min("sort_key"))
        .order_by("by_name", "place")
    )
    return [
        Candidates(
            first=same[0],
            sits=sits,
            is_partner=is_partner,
            status=status,
            seats=count,
            place=place,
            kind=kind,
            side=side,
            size=size,
            factors=tuple(each for each in Factor if each.value in under),
        )
        for sits, is_partner, status, count, place, kind, side, size, under, same, _name in rows
    ]


def _seats_of_each(held: QuerySet[Seat]) -> Coalesce:
    seats = (
        held.order_by()
        .filter(actor=OuterRef("pk"))
        .values("actor")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(seats, output_field=IntegerField()), 0)
