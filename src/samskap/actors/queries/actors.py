"""What is read of actors, every query through ``actors_seen_by``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, Window
from django.db.models.functions import RowNumber

from samskap.actors.models import Actor, ActorFactor
from samskap.evidence.queries import UnknownPlaceError, region_around, sources_seen_by
from samskap.strategy.queries import the_partnership
from samskap.trust.access import visible_to

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader
    from samskap.trust.models import Party


def actors_seen_by(reader: Reader) -> QuerySet[Actor]:
    """Return the actors ``reader`` may see, in Norwegian order of their Norwegian names.

    One that was merged into another is that other.
    """
    seen = Actor.objects.filter(visible_to(reader), merged_into__isnull=True)
    return seen.order_by("sort_key", "id")


def actors_ever_seen_by(reader: Reader) -> QuerySet[Actor]:
    """Return the actors ``reader`` may see, also those that turned out to be another."""
    return Actor.objects.filter(visible_to(reader)).order_by("sort_key", "id")


def home_region(*, on: date) -> Region | None:
    """Return what the partnership calls home on ``on``; none before its region is loaded.

    Two questions to the database.
    """
    partnership = the_partnership()
    if partnership is None:
        return None
    try:
        return region_around(
            partnership.home_place,
            municipalities=partnership.municipalities,
            on=on,
            country=partnership.home_country,
        )
    except UnknownPlaceError:
        return None


def for_lines(actors: QuerySet[Actor]) -> QuerySet[Actor]:
    """Fetch with each actor what stands in a list: its place and its factors."""
    return actors.select_related("place").prefetch_related("factors")


def with_details(actors: QuerySet[Actor], *, reader: Reader) -> QuerySet[Actor]:
    """Fetch with each actor its place, its factors, and its source if ``reader`` may see that."""
    return for_lines(actors).prefetch_related(Prefetch("source", sources_seen_by(reader)))


def factor_counts(actors: QuerySet[Actor]) -> list[tuple[str, int]]:
    """Return how many of ``actors`` count under each factor that any of them does."""
    counted = ActorFactor.objects.filter(actor__in=actors.order_by().values("pk"))
    return list(counted.values_list("factor").annotate(count=Count("pk")).order_by("factor"))


def counted_there(
    actors: QuerySet[Actor], pairs: Collection[tuple[str, int]], *, at_most: int
) -> QuerySet[Actor]:
    """Return those of ``actors`` that count under the factor and stand in the place of a pair.

    Of each pair the first ``at_most`` in Norwegian order.
    """
    wanted = Q(pk__in=[])
    for factor, place in pairs:
        wanted |= Q(factor=factor, actor__place=place)
    standing = ActorFactor.objects.filter(wanted, actor__in=actors.order_by().values("pk"))
    ranked = standing.annotate(
        rank=Window(
            RowNumber(),
            partition_by=["factor", "actor__place"],
            order_by=["actor__sort_key", "actor_id"],
        )
    ).filter(rank__lte=at_most)
    return actors.filter(pk__in=ranked.values("actor"))


def parties_of_examples() -> dict[str, Party]:
    """Return the parties of the invented actors, by the actor's key in addresses."""
    examples = Actor.objects.filter(is_demo=True).select_related("party").order_by("slug")
    return {actor.slug: actor.party for actor in examples}
