"""Actors by all that a balance weighs at once, on two days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from samskap.actors.queries.spread import factors_of_each
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.actors.models import Actor
    from samskap.actors.queries.spread import Point


@dataclass(frozen=True, slots=True)
class Profile:
    """Actors that are the same to a balance: in one place, of one kind, side, size and factors.

    ``known`` is how many we know, ``now`` and ``then`` how many of them were weighed on either day;
    ``point`` is the place's middle, in degrees.
    """

    place: int
    point: Point
    kind: str
    side: str
    size: str
    factors: tuple[Factor, ...]
    known: int
    now: int
    then: int


def profiles(
    known: QuerySet[Actor], *, now: QuerySet[Actor], then: QuerySet[Actor]
) -> list[Profile]:
    """Count ``known`` by profile, and how many of each are in ``now`` and in ``then``.

    One question to the database.
    """
    rows = (
        known.order_by()
        .annotate(under=factors_of_each())
        .values_list(
            "place", "place__latitude", "place__longitude", "kind", "side", "size", "under"
        )
        .annotate(
            known=Count("pk"),
            now=Count("pk", filter=Q(pk__in=now.order_by().values("pk"))),
            then=Count("pk", filter=Q(pk__in=then.order_by().values("pk"))),
        )
    )
    return [
        Profile(
            place,
            None if latitude is None or longitude is None else (latitude, longitude),
            kind,
            side,
            size,
            tuple(map(Factor, factors)),
            known=at_all,
            now=today,
            then=before,
        )
        for (place, latitude, longitude, kind, side, size, factors, at_all, today, before) in rows
    ]
