"""Where those who were found are: how many in each municipality, and of which factors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors.compute.directory import BEYOND, WHOLE_COUNTY, narrow, place_keys
from samskap.evidence.public import publish_place
from samskap.evidence.queries import key_in_address
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from datetime import date

    from samskap.actors.compute.directory import Narrowed
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

    The totals add up to how many were found. One question to the database beside those that
    learn what the places mean, four after a change.
    """
    return spread_of(narrow(selection, reader=reader, region=region, on=on), region)


def spread_of(narrowed: Narrowed, region: Region) -> tuple[SpreadRow, ...]:
    """Return where those who are left are, as ``spread`` does. No question to the database."""
    index, mask = narrowed.index, narrowed.but()
    keys, totals, factors = place_keys(region), Counter[str](), Counter[tuple[str, str]]()
    for place, count in index.counts_by_place(mask).items():
        totals[keys.get(place, BEYOND)] += count
    for factor, marked in index.marks["factors"].items():
        for place, count in index.counts_by_place(mask & marked).items():
            factors[keys.get(place, BEYOND), factor] += count
    places = {key_in_address(place): publish_place(place) for place in region.municipalities}
    return tuple(
        SpreadRow(key, places.get(key), totals[key], tuple(factors[key, each] for each in Factor))
        for key in (*places, WHOLE_COUNTY, BEYOND)
    )
