"""Where actors are and what they count under, for those who look for the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Window
from django.db.models.functions import RowNumber

from samskap.actors.models import ActorFactor

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from samskap.actors.models import Actor

Point: TypeAlias = "tuple[float, float] | None"
_PLACE = ("actor__place", "actor__place__latitude", "actor__place__longitude")


@dataclass(frozen=True, slots=True)
class Standing:
    """That ``count`` actors count under a factor in a place; ``point`` is the place's middle."""

    factor: str
    place: int
    point: Point
    count: int


@dataclass(frozen=True, slots=True)
class Counting:
    """That an actor counts under a factor, and the middle of the place it is in."""

    actor: int
    factor: str
    place: int
    point: Point


@dataclass(frozen=True, slots=True)
class Tally:
    """That ``count`` actors in a place count under just these factors."""

    place: int
    point: Point
    factors: tuple[str, ...]
    count: int


def tallies(actors: QuerySet[Actor]) -> list[Tally]:
    """Return how many of ``actors`` are in each place, by the factors they count under."""
    rows = (
        actors.order_by()
        .annotate(under=factors_of_each())
        .values_list("place", "place__latitude", "place__longitude", "under")
        .annotate(count=Count("pk"))
        .order_by("place", "under")
    )
    return [
        Tally(place, _point(latitude, longitude), tuple(factors), count)
        for place, latitude, longitude, factors, count in rows
    ]


def factors_of_each() -> ArraySubquery:
    """Return the factors of an actor as one value of its row."""
    counted = ActorFactor.objects.filter(actor=OuterRef("pk")).order_by("factor")
    return ArraySubquery(counted.values("factor"))


def first_of_each_factor(
    actors: QuerySet[Actor], places: Collection[int], *, at_most: int
) -> QuerySet[ActorFactor]:
    """Return how the first ``at_most`` in ``places`` count under each factor, by name."""
    standing = ActorFactor.objects.filter(
        actor__in=actors.order_by().values("pk"), actor__place__in=places
    )
    ranked = standing.annotate(
        rank=Window(
            RowNumber(),
            partition_by=["factor"],
            order_by=["actor__sort_key", "actor_id"],
        )
    )
    return ranked.filter(rank__lte=at_most)


def standings(actors: QuerySet[Actor]) -> list[Standing]:
    """Return how many of ``actors`` count under each factor in each place, where any does."""
    counted = ActorFactor.objects.filter(actor__in=actors.order_by().values("pk"))
    rows = (
        counted.values_list("factor", *_PLACE)
        .annotate(count=Count("pk"))
        .order_by("factor", "actor__place")
    )
    return [
        Standing(factor, place, _point(latitude, longitude), count)
        for factor, place, latitude, longitude, count in rows
    ]


def countings(actors: QuerySet[Actor], factors: Collection[str]) -> list[Counting]:
    """Return which of ``actors`` count under which of ``factors``, in Norwegian order of names."""
    counted = ActorFactor.objects.filter(
        actor__in=actors.order_by().values("pk"), factor__in=factors
    )
    rows = counted.order_by("actor__sort_key", "actor", "factor").values_list(
        "actor", "factor", *_PLACE
    )
    return [
        Counting(actor, factor, place, _point(latitude, longitude))
        for actor, factor, place, latitude, longitude in rows
    ]


def _point(latitude: float | None, longitude: float | None) -> Point:
    return None if latitude is None or longitude is None else (latitude, longitude)
