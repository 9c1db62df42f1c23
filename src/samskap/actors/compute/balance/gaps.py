"""What is missing in the municipalities, each with someone who could be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors import queries
from samskap.actors.compute.coverage import ASK_AT_MOST, Nearness, nearest_places, people_there
from samskap.actors.queries.spread import standings
from samskap.evidence.public import PublishedPlace, publish_place
from samskap.evidence.queries import key_in_address
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from samskap.actors.compute.balance.weighing import Balance
    from samskap.actors.compute.lines import ActorLine
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader


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

    Four questions to the database.
    """
    by_key = {key_in_address(place): place for place in region.municipalities}
    lacking = [
        (factor, by_key[row.key].pk)
        for factor in Factor
        for row in balance.municipalities
        if factor in row.missing
    ]
    known = standings(queries.actors_seen_by(reader))
    counted = {(Factor(each.factor), each.place): each.count for each in known}
    points = {each.place: each.point for each in known}
    nearest = nearest_places(lacking, counted, points, region)
    people = people_there(reader, {pair for pairs in nearest.values() for pair, _ in pairs})
    places = {place.pk: place for place in region.municipalities}
    gaps = []
    for factor, here in lacking:
        chosen = nearest[factor, here]
        ask = [line for pair, _ in chosen for line in people[pair]][:ASK_AT_MOST]
        gaps.append(
            PlaceGap(
                factor=factor,
                place=publish_place(places[here]),
                ask=tuple(ask),
                nearness=chosen[0][1] if chosen else None,
                is_there=bool(chosen) and chosen[0][0][1] == here,
            )
        )
    return tuple(gaps)
