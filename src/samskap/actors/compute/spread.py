"""Where those who were found are: how many in each municipality, and of which factors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from samskap.actors import queries
from samskap.actors.compute.directory import BEYOND, WHOLE_COUNTY, place_keys, select
from samskap.evidence.public import publish_place
from samskap.evidence.queries import key_in_address
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from datetime import date

    from samskap.actors.compute.selection import Selection
    from samskap.evidence.public import PublishedPlace
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How many were found in a municipality, for the whole county, or beyond it.

    ``key`` is the place in an address; ``place`` is none but for a municipality. ``factors`` are
    in the model's order; an actor counts once under each of its own.
    """

    key: str
    place: PublishedPlace | None
    total: int
    factors: tuple[int, ...]


def spread(
    selection: Selection, *, reader: Reader, region: Region, on: date
) -> tuple[SpreadRow, ...]:
    """Return the municipalities in Norwegian order, then the whole county and what is beyond.

    The totals add up to how many were found. Two questions to the database beside those that
    learn what the places mean.
    """
    found = select(selection, reader=reader, region=region, on=on)
    keys, totals, factors = place_keys(region), Counter[str](), Counter[tuple[str, str]]()
    for place, count in found.order_by().values_list("place").annotate(count=Count("pk")):
        totals[keys.get(place, BEYOND)] += count
    for factor, place, count in queries.factor_counts_by_place(found):
        factors[keys.get(place, BEYOND), factor] += count
    places = {key_in_address(place): publish_place(place) for place in region.municipalities}
    return tuple(
        SpreadRow(key, places.get(key), totals[key], tuple(factors[key, each] for each in Factor))
        for key in (*places, WHOLE_COUNTY, BEYOND)
    )
