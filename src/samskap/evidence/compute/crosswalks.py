"""Turn the changes of places into arrays, and carry totals from one day's places to another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.evidence.models import Handover, Level, Place
from samskap.evidence.queries import places_on
from samskap.kernel.identifiers import Country
from samskap_analysis.regions import Crosswalk, IncompleteWeightsError, crosswalk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

__all__ = ["IncompleteWeightsError", "PlaceCrosswalk", "places_between"]


@dataclass(frozen=True, slots=True)
class PlaceCrosswalk:
    """The places of two days, and how much of each on the first lies in each on the second.

    ``walk`` knows places by their codes on the respective day.
    """

    before: tuple[Place, ...]
    after: tuple[Place, ...]
    walk: Crosswalk

    def carry(self, totals: Mapping[str, float]) -> dict[str, float]:
        """Return totals by code of the first day as totals by code of the second.

        A place of the first day without a total counts as none. Raises ``KeyError`` for a code
        that was no place that day.
        """
        unknown = sorted(set(totals) - set(self.walk.before))
        if unknown:
            raise KeyError(*unknown)
        carried = self.walk.carry([totals.get(code, 0.0) for code in self.walk.before])
        return dict(zip(self.walk.after, carried.tolist(), strict=True))


def places_between(
    first: date,
    second: date,
    *,
    level: Level = Level.MUNICIPALITY,
    country: str = Country.NORWAY,
) -> PlaceCrosswalk:
    """Return how the places of ``level`` on one day lie in those of a later day.

    A place that ended went whole to its only successor, or to several by the shares that were
    written down. Raises ``IncompleteWeightsError`` with the codes of places that ended without a
    successor, or became several without shares that sum to one.
    """
    if second < first:
        raise ValueError(first, second)
    before = list(places_on(first).filter(level=level, country=country))
    after = list(places_on(second).filter(level=level, country=country))
    ways = _Ways.of(level, country)
    there = {place.pk: place.code for place in after}
    steps = [
        (place.code, there[end], share)
        for place in before
        for end, share in ways.ends_of(place.pk, frozenset(there))
    ]
    walk = crosswalk([each.code for each in before], [each.code for each in after], steps)
    return PlaceCrosswalk(tuple(before), tuple(after), walk)


@dataclass(frozen=True, slots=True)
class _Ways:
    """Where each place went when it ended, by database keys."""

    successors: Mapping[int, tuple[int, ...]]
    shares: Mapping[tuple[int, int], float]

    @classmethod
    def of(cls, level: Level, country: str) -> _Ways:
        pairs = Place.predecessors.through.objects.filter(
            from_place__level=level, from_place__country=country
        ).values_list("to_place_id", "from_place_id")
        successors: dict[int, tuple[int, ...]] = {}
        for old, new in sorted(pairs):
            successors[old] = (*successors.get(old, ()), new)
        shares = Handover.objects.filter(
            predecessor__level=level, predecessor__country=country
        ).values_list("predecessor_id", "successor_id", "share")
        return cls(successors, {(old, new): share for old, new, share in shares})

    def ends_of(self, place: int, there: frozenset[int]) -> Iterator[tuple[int, float]]:
        """Give each place of the later day that ``place`` came to, and how much of it."""
        if place in there:
            yield place, 1.0
            return
        successors = self.successors.get(place, ())
        for successor in successors:
            # One alone took all; of several each took what is written down, else nothing.
            whole = 1.0 if len(successors) == 1 else 0.0
            share = self.shares.get((place, successor), whole)
            for end, further in self.ends_of(successor, there):
                yield end, share * further
