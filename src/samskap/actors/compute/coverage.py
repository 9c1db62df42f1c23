"""Which factors are present where, which are missing, and whom to ask about them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, inf, radians, sin, sqrt
from typing import TYPE_CHECKING, Final

from samskap.actors import queries
from samskap.actors.compute.directory import BEYOND, WHOLE_COUNTY, place_keys
from samskap.actors.compute.lines import ActorLine, line_of, line_with
from samskap.actors.queries.spread import Point, factors_of_each, standings
from samskap.evidence.public import PublishedPlace, publish_place
from samskap.evidence.queries import key_in_address
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samskap.actors.models import Actor
    from samskap.evidence.models import Place
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader

ASK_AT_MOST: Final = 2
_EARTH_RADIUS_KM: Final = 6371.0


class Nearness(StrEnum):
    """How near a municipality those are who could be asked, from the nearest."""

    SUB_REGION = "sub-region"
    COUNTY = "county"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The actors of one municipality, of the whole county, or from beyond it, by factor.

    ``key`` is the place in a directory's address; ``place`` is none beyond the county; ``counts``
    are in the order of the coverage's factors; ``missing`` is told of municipalities alone.
    """

    key: str
    place: PublishedPlace | None
    counts: tuple[int, ...]
    missing: tuple[Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A factor that nobody covers in a municipality.

    ``ask`` are the nearest actors who count under it, nearest first, none when nobody does
    anywhere; ``nearness`` is that of the first of them.
    """

    factor: Factor
    place: PublishedPlace
    ask: tuple[ActorLine, ...]
    nearness: Nearness | None


@dataclass(frozen=True, slots=True)
class FactorGap:
    """The municipalities that lack a factor, and those of the nearest who come up most often."""

    factor: Factor
    missing: tuple[PublishedPlace, ...]
    covered: int
    ask: tuple[ActorLine, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Five factors by municipality, with what is missing.

    ``municipalities`` are in Norwegian order, ``totals`` the sum of all rows. An actor counts once
    under each of its factors. ``gaps`` go by municipality and factor; ``factor_gaps`` begin with
    the factor that is missing in most municipalities, and leave out what is missing in none.
    """

    factors: tuple[Factor, ...]
    municipalities: tuple[CoverageRow, ...]
    whole_county: CoverageRow
    beyond: CoverageRow
    totals: tuple[int, ...]
    gaps: tuple[Gap, ...]
    factor_gaps: tuple[FactorGap, ...]

    @property
    def rows(self) -> tuple[CoverageRow, ...]:
        """Every row from the top: municipalities, the whole county, beyond it."""
        return (*self.municipalities, self.whole_county, self.beyond)

    @property
    def thinnest(self) -> tuple[CoverageRow, ...]:
        """The municipalities that lack a factor, those that lack most first."""
        lacking = [row for row in self.municipalities if row.missing]
        return tuple(sorted(lacking, key=lambda row: -len(row.missing)))


def cover(*, reader: Reader, region: Region, with_ask: bool = True) -> Coverage:
    """Count the actors ``reader`` may see, and find whom to ask about each gap.

    Two questions to the database. Without ``with_ask`` one, and there is nobody to ask.
    """
    found = standings(queries.actors_seen_by(reader))
    counted = {(Factor(each.factor), each.place): each.count for each in found}
    rows = rows_of(counted, region)
    points = {each.place: each.point for each in found}
    lacking = [(factor, here.pk) for here in region.municipalities for factor in Factor]
    lacking = [pair for pair in lacking if pair not in counted]
    nearest = nearest_places(lacking, counted, points, region) if with_ask else {}
    people = people_there(reader, {pair for pairs in nearest.values() for pair, _ in pairs})
    gaps = _gaps(rows, region, nearest, people)
    return Coverage(
        factors=tuple(Factor),
        municipalities=rows[:-2],
        whole_county=rows[-2],
        beyond=rows[-1],
        totals=tuple(map(sum, zip(*(row.counts for row in rows), strict=True))),
        gaps=gaps,
        factor_gaps=_factor_gaps(gaps, len(region.municipalities)),
    )


def rows_of(counted: Mapping[tuple[Factor, int], int], region: Region) -> tuple[CoverageRow, ...]:
    """Lay counts by factor and place out as rows: municipalities, the whole county, beyond.

    Every count lands in one row, so the rows add up to what came in.
    """
    cells: Counter[tuple[str, Factor]] = Counter()
    keys = place_keys(region)
    for (factor, place), count in counted.items():
        cells[keys.get(place, BEYOND), factor] += count

    def row(key: str, place: Place | None, *, may_lack: bool = False) -> CoverageRow:
        counts = tuple(cells[key, factor] for factor in Factor)
        missing = tuple(factor for factor in Factor if may_lack and not cells[key, factor])
        return CoverageRow(key, publish_place(place) if place else None, counts, missing)

    return (
        *(row(key_in_address(place), place, may_lack=True) for place in region.municipalities),
        row(WHOLE_COUNTY, region.county),
        row(BEYOND, None),
    )


# Whom to ask -------------------------------------------------------------------------------------

_Pair = tuple[Factor, int]


def nearest_places(
    lacking: Iterable[_Pair],
    counted: Mapping[_Pair, int],
    points: Mapping[int, Point],
    region: Region,
    members: Mapping[int, frozenset[int]] | None = None,
) -> dict[_Pair, list[tuple[_Pair, Nearness]]]:
    """Return the places whose actors could be asked about each of ``lacking``, nearest first.

    ``lacking`` are factors and home municipalities; ``counted`` says where we know how many under
    which factor, ``points`` where those places are, in degrees. As many places as it takes to ask
    ``ASK_AT_MOST``.
    """
    if members is None:
        members = {place.pk: region.members[place.pk] for place in region.sub_regions}
    homes = {place.pk: place for place in region.municipalities}
    nearest = {}
    for factor, here in lacking:
        others = [pair for pair in counted if pair[0] == factor]
        ranked = sorted(
            (_rank(homes[here], pair[1], points, region, members), pair) for pair in others
        )
        nearest[factor, here] = _enough(ranked, counted)
    return nearest


def _rank(
    here: Place,
    there: int,
    points: Mapping[int, Point],
    region: Region,
    members: Mapping[int, frozenset[int]],
) -> tuple[int, float, int]:
    """Return (step, kilometres, key): the same sub-region, the county itself, in it, beyond it."""
    groups = [group for group, inside in members.items() if here.pk in inside]
    if any(there == group or there in members[group] for group in groups):
        step = 0
    elif there == region.county.pk:
        step = 1
    elif there in region.home_keys:
        step = 2
    else:
        step = 3
    return step, distance_km(here.centroid, points[there]), there


_NEARNESS: Final = (Nearness.SUB_REGION, Nearness.COUNTY, Nearness.COUNTY, Nearness.BEYOND)


def _enough(
    ranked: Iterable[tuple[tuple[int, float, int], _Pair]], counted: Mapping[_Pair, int]
) -> list[tuple[_Pair, Nearness]]:
    chosen, people = [], 0
    for (step, _km, _key), pair in ranked:
        if people >= ASK_AT_MOST:
            break
        chosen.append((pair, _NEARNESS[step]))
        people += counted[pair]
    return chosen


def distance_km(here: tuple[float, float] | None, there: tuple[float, float] | None) -> float:
    """Return the kilometres between two points in degrees along the earth; infinite if unknown."""
    if here is None or there is None:
        return inf
    (lat, lon), (other_lat, other_lon) = map(radians, here), map(radians, there)
    a = (
        sin((other_lat - lat) / 2) ** 2
        + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(a))


def people_there(reader: Reader, pairs: set[_Pair]) -> dict[_Pair, list[ActorLine]]:
    """Return the first few actors of each pair of factor and place, in Norwegian order."""
    if not pairs:
        return {}
    seen = queries.actors_seen_by(reader)
    actors = queries.counted_there(seen, pairs, at_most=ASK_AT_MOST).select_related("place")
    return _by_pair(
        (actor, line_with(actor, tuple(each for each in Factor if each.value in actor.under)))
        for actor in actors.annotate(under=factors_of_each())
    )


def by_pair(actors: Iterable[Actor]) -> dict[_Pair, list[ActorLine]]:
    """Return ``actors``, fetched for lines, under each of their factors where they are."""
    return _by_pair((actor, line_of(actor)) for actor in actors)


def _by_pair(told: Iterable[tuple[Actor, ActorLine]]) -> dict[_Pair, list[ActorLine]]:
    lines: dict[_Pair, list[ActorLine]] = {}
    for actor, line in told:
        for factor in line.factors:
            lines.setdefault((factor, actor.place_id), []).append(line)
    return lines


def _gaps(
    rows: Iterable[CoverageRow],
    region: Region,
    nearest: Mapping[_Pair, list[tuple[_Pair, Nearness]]],
    people: Mapping[_Pair, list[ActorLine]],
) -> tuple[Gap, ...]:
    by_key = {key_in_address(place): place for place in region.municipalities}
    gaps = []
    for row in rows:
        for factor in row.missing:
            here = by_key[row.key]
            chosen = nearest.get((factor, here.pk), [])
            ask = [line for pair, _ in chosen for line in people[pair]][:ASK_AT_MOST]
            nearness = chosen[0][1] if chosen else None
            gaps.append(Gap(factor, publish_place(here), tuple(ask), nearness))
    return tuple(gaps)


def _factor_gaps(gaps: Iterable[Gap], municipalities: int) -> tuple[FactorGap, ...]:
    by_factor: dict[Factor, list[Gap]] = {}
    for gap in gaps:
        by_factor.setdefault(gap.factor, []).append(gap)
    summed = []
    for factor in Factor:
        missing = tuple(gap.place for gap in by_factor.get(factor, ()))
        if not missing:
            continue
        asked = Counter(line.slug for gap in by_factor[factor] for line in gap.ask)
        lines = {line.slug: line for gap in by_factor[factor] for line in gap.ask}
        ask = tuple(lines[slug] for slug, _ in asked.most_common(ASK_AT_MOST))
        summed.append(FactorGap(factor, missing, municipalities - len(missing), ask))
    return tuple(sorted(summed, key=lambda gap: -len(gap.missing)))
