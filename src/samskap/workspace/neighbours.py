"""Who is near, and what they contribute."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final

from samskap.actors import queries
from samskap.actors.compute.coverage import distance_km
from samskap.actors.compute.lines import ActorLine, line_of
from samskap.actors.queries.spread import Counting, countings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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
    own: Collection[Actor], factors: Collection[Factor], *, reader: Reader, each: int = _A_FACTOR
) -> list[list[NearBy]]:
    """Return for each of ``own``, for each of ``factors``, the ``each`` nearest, nearest first.

    Ties go by Norwegian order of names. Three questions to the database, whatever there is.
    """
    if not own:
        return []
    seen = queries.actors_seen_by(reader)
    counted = countings(seen, factors)
    chosen = [
        [(factor, _nearest(actor, factor, counted, each)) for factor in factors] for actor in own
    ]
    wanted = {who for groups in chosen for _, found in groups for who, _ in found}
    lines = {row.pk: line_of(row) for row in queries.for_lines(seen.filter(pk__in=wanted))}
    return [[NearBy(factor, _named(found, lines)) for factor, found in groups] for groups in chosen]


def _nearest(
    actor: Actor, factor: Factor, counted: Iterable[Counting], at_most: int
) -> list[tuple[int, float]]:
    """Return the keys of the nearest others that count under ``factor``, with their distance."""
    others = [
        (one.actor, _km(actor, one))
        for one in counted
        if one.factor == factor and one.actor != actor.pk
    ]
    return sorted(others, key=lambda other: other[1])[:at_most]


def _km(actor: Actor, other: Counting) -> float:
    is_same = actor.place_id == other.place
    return 0.0 if is_same else distance_km(actor.place.centroid, other.point)


def _named(
    found: Iterable[tuple[int, float]], lines: dict[int, ActorLine]
) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(lines[who], None if km == inf else round(km)) for who, km in found)
