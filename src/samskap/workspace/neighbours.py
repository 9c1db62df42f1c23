"""Who is near, and what they contribute."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final

from samskap.actors import queries
from samskap.actors.compute.coverage import distance_km
from samskap.actors.compute.lines import ActorLine, line_of
from samskap.evidence.models import Place

if TYPE_CHECKING:
    from collections.abc import Collection

    from samskap.actors.models import Actor
    from samskap.strategy.keys import Factor
    from samskap.trust.access import Reader

_A_FACTOR: Final = 3


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor and how far off it is, in whole kilometres between the middles of two places.

    ``km`` is none when either place has no known middle.
    """

    line: ActorLine
    km: int | None


@dataclass(frozen=True, slots=True)
class NearBy:
    """The nearest actors that count under a factor; none, when nobody does."""

    factor: Factor
    neighbours: tuple[Neighbour, ...]


def near(
    actor: Actor, factors: Collection[Factor], *, reader: Reader, each: int = _A_FACTOR
) -> list[NearBy]:
    """Return for each of ``factors`` the ``each`` actors nearest to ``actor``, nearest first.

    Ties go by Norwegian order of names. Four questions to the database, whatever there is.
    """
    seen = queries.actors_seen_by(reader).exclude(pk=actor.pk)
    counted = [
        (factor, place, count)
        for factor, place, count in queries.factor_counts_by_place(seen)
        if factor in set(factors)
    ]
    distances = _distances(actor.place, {place for _, place, _ in counted})
    pairs = {
        pair for factor in factors for pair in _nearest_places(factor, counted, distances, each)
    }
    lines = (
        [
            (line_of(row), distances[row.place_id])
            for row in queries.for_lines(queries.counted_there(seen, pairs, at_most=each))
        ]
        if pairs
        else []
    )
    return [NearBy(factor, _of(factor, lines, each)) for factor in factors]


def _distances(here: Place, places: set[int]) -> dict[int, float]:
    return {
        place.pk: 0.0 if place.pk == here.pk else distance_km(here.centroid, place.centroid)
        for place in Place.objects.filter(pk__in=places)
    }


def _nearest_places(
    factor: Factor,
    counted: list[tuple[str, int, int]],
    distances: dict[int, float],
    each: int,
) -> list[tuple[str, int]]:
    """Return the places that are needed to find ``each`` actors, from the nearest."""
    chosen, people = [], 0
    there = sorted((distances[place], place, count) for f, place, count in counted if f == factor)
    for _km, place, count in there:
        if people >= each:
            break
        chosen.append((str(factor), place))
        people += count
    return chosen


def _of(factor: Factor, lines: list[tuple[ActorLine, float]], each: int) -> tuple[Neighbour, ...]:
    mine = sorted((item for item in lines if factor in item[0].factors), key=lambda item: item[1])
    return tuple(Neighbour(line, None if km == inf else round(km)) for line, km in mine[:each])
