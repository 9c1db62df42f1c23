"""What is missing in the municipalities, each with someone who could be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from samskap.actors import queries
from samskap.actors.compute.coverage import ASK_AT_MOST, Nearness, nearest_places, people_there
from samskap.actors.queries.spread import standings
from samskap.evidence.public import PublishedPlace, publish_place
from samskap.evidence.queries import key_in_address
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from samskap.actors.compute.balance.weighing import Balance
    from samskap.actors.compute.lines import ActorLine
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader

    _Pair: TypeAlias = tuple[Factor, int]
    Nearest: TypeAlias = Mapping[_Pair, Sequence[tuple[_Pair, Nearness]]]
    People: TypeAlias = Mapping[_Pair, Sequence[ActorLine]]


@dataclass(frozen=True, slots=True)
class PlaceGap:
    """Nobody of those who were weighed covers ``factor`` in ``place``.

    ``ask`` are the nearest of everyone we know who count under it, nearest first; where partners
    are weighed it may be someone in the place itself who is no partner. ``nearness`` is that of
    the first, ``is_there`` whether that one is in the place.
    """

    factor: Factor
    place: PublishedPlace
    ask: tuple[ActorLine, ...]
    nearness: Nearness | None
    is_there: bool


def gaps_in_places(balance: Balance, *, reader: Reader, region: Region) -> tuple[PlaceGap, ...]:
    """Return what ``balance`` lacks, factor by factor, municipalities in Norwegian order.

    Two questions to the database.
    """
    lacking = lacking_in(balance, region)
    known = standings(queries.actors_seen_by(reader))
    counted = {(Factor(each.factor), each.place): each.count for each in known}
    points = {each.place: each.point for each in known}
    nearest = nearest_places(lacking, counted, points, region)
    people = people_there(reader, {pair for pairs in nearest.values() for pair, _ in pairs})
    return gaps_with(nearest, people, region)


def lacking_in(balance: Balance, region: Region) -> list[tuple[Factor, int]]:
    """Return what ``balance`` lacks: factors, and the database keys of municipalities."""
    by_key = {key_in_address(place): place for place in region.municipalities}
    return [
        (factor, by_key[row.key].pk)
        for factor in Factor
        for row in balance.municipalities
        if factor in row.missing
    ]


def gaps_with(nearest: Nearest, people: People, region: Region) -> tuple[PlaceGap, ...]:
    """Put those to ask beside each gap, in the order of ``nearest``."""
    places = {place.pk: publish_place(place) for place in region.municipalities}
    return tuple(
        PlaceGap(
            factor=factor,
            place=places[here],
            ask=tuple(line for pair, _ in chosen for line in people.get(pair, ()))[:ASK_AT_MOST],
            nearness=chosen[0][1] if chosen else None,
            is_there=bool(chosen) and chosen[0][0][1] == here,
        )
        for (factor, here), chosen in nearest.items()
    )
