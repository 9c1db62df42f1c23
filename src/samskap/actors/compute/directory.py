"""Find actors: by what they are called, what they contribute, what they are and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping  # noqa: TC003 - a dataclass keeps its types
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q
from django.utils.translation import get_language

from samskap.actors import queries
from samskap.actors.compute.lines import ActorLine, line_of
from samskap.actors.models import ActorKind
from samskap.actors.queries import filters
from samskap.evidence.models import Place
from samskap.evidence.queries import inside, key_in_address, places_in_address
from samskap.strategy.keys import Factor, Side

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from samskap.actors.compute.selection import Selection
    from samskap.actors.models import Actor
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader

# What stands beside the municipalities as a place to look: those who work for more of the county
# than one municipality, and those outside it.
WHOLE_COUNTY: Final = "whole-county"
BEYOND: Final = "beyond"

PAGE_SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class Facets:
    """How many actors each choice would find, were it alone in its filter and the rest as now."""

    factors: Mapping[Factor, int]
    kinds: Mapping[ActorKind, int]
    places: Mapping[str, int]
    sides: Mapping[Side, int]


@dataclass(frozen=True, slots=True)
class Findings:
    """One page of what was found, counted from page 1, with the counts beside the filters."""

    total: int
    page: int
    pages: int
    actors: tuple[ActorLine, ...]
    facets: Facets


@dataclass(frozen=True, slots=True)
class _Where:
    """The places that were asked for, as database keys; ``beyond`` adds all that is not home."""

    keys: frozenset[int]
    home: frozenset[int]
    beyond: bool

    def holds(self, place: int) -> bool:
        return place in self.keys or (self.beyond and place not in self.home)

    def condition(self) -> Q:
        there = Q(place__in=self.keys)
        return there | ~Q(place__in=self.home) if self.beyond else there


def select(
    selection: Selection, *, reader: Reader, region: Region | None, on: date
) -> QuerySet[Actor]:
    """Return the actors ``reader`` may see that ``selection`` asks for, in Norwegian order.

    The order of ``selection`` is for lists: see ``find``.
    """
    where = _where(selection.places, region, on=on)
    return _narrowed(selection, where, reader=reader, on=on)


def find(
    selection: Selection,
    *,
    reader: Reader,
    region: Region | None,
    on: date,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Findings:
    """Return a page of actors and the counts of every filter; a page past the end is the last."""
    where = _where(selection.places, region, on=on)
    total, facets = _counted(selection, where, reader=reader, region=region, on=on)
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    found = queries.in_order(
        _narrowed(selection, where, reader=reader, on=on), language=get_language()
    )
    shown = queries.for_lines(found)[(page - 1) * size : page * size]
    return Findings(total, page, pages, tuple(line_of(actor) for actor in shown), facets)


def place_keys(region: Region | None) -> dict[int, str]:
    """Return what an address calls each home place: a municipality's code, or the whole county."""
    if region is None:
        return {}
    wider = {place.pk: WHOLE_COUNTY for place in (region.county, *region.sub_regions)}
    return wider | {place.pk: key_in_address(place) for place in region.municipalities}


def _narrowed(
    selection: Selection, where: _Where | None, *, reader: Reader, on: date
) -> QuerySet[Actor]:
    actors = queries.matching(queries.actors_seen_by(reader), selection.query)
    conditions = _conditions(selection, where, reader=reader, on=on)
    return actors.filter(*conditions.values())


def _conditions(
    selection: Selection, where: _Where | None, *, reader: Reader, on: date
) -> dict[str, Q]:
    """Return the condition of each filter that is asked for, by the filter's name."""
    conditions = {
        "factors": filters.counts_under(selection.factors),
        "kinds": filters.is_of_kind(selection.kinds),
        "sides": filters.is_on_side(selection.sides),
        "industries": filters.works_in_industry(selection.industries),
        "focus_areas": filters.works_within(selection.focus_areas),
        "memberships": filters.belongs_as(selection.memberships, reader=reader, on=on),
        "sizes": filters.is_of_size(selection.sizes),
        "statuses": filters.has_status(selection.statuses),
        "freshness": filters.is_as_fresh(selection.freshness if reader.is_signed_in else (), on=on),
    }
    if where is not None:
        conditions["places"] = where.condition()
    return {name: each for name, each in conditions.items() if getattr(selection, name)}


def _where(keys: Collection[str], region: Region | None, *, on: date) -> _Where | None:
    """Return what ``keys`` of an address ask for; nothing, when they ask for nothing."""
    if not keys:
        return None
    by_key: dict[str, set[int]] = {}
    for home, key in place_keys(region).items():
        by_key.setdefault(key, set()).add(home)
    wanted = {place for key in keys for place in by_key.get(key, ())}
    others = [key for key in keys if key not in by_key and key != BEYOND]
    if others:
        wider = map(inside, places_in_address(others, on=on))
        found = Place.objects.filter(reduce(or_, wider, Q(pk__in=[])))
        wanted.update(found.values_list("pk", flat=True))
    return _Where(
        frozenset(wanted), region.home_keys if region else frozenset(), beyond=BEYOND in keys
    )


def _counted(
    selection: Selection, where: _Where | None, *, reader: Reader, region: Region | None, on: date
) -> tuple[int, Facets]:
    """Count in two questions to the database, however many the filters are."""
    # Everything but kind, side and place is already chosen in this table; they are chosen below.
    narrowed = _narrowed(
        replace(selection, kinds=(), sides=(), places=()), None, reader=reader, on=on
    )
    table = narrowed.order_by().values_list("kind", "side", "place").annotate(count=Count("pk"))
    kinds, sides, places = Counter[str](), Counter[str](), Counter[str]()
    keys, total = place_keys(region), 0
    for kind, side, place, count in table:
        is_kind = not selection.kinds or kind in selection.kinds
        is_side = not selection.sides or (side != "" and side in selection.sides)
        is_there = where is None or where.holds(place)
        if is_side and is_there:
            kinds[kind] += count
        if is_kind and is_there:
            sides[side] += count
        if is_kind and is_side:
            places[keys.get(place, BEYOND)] += count
        total += count * (is_kind and is_side and is_there)
    facets = Facets(
        factors=_factor_counts(selection, where, reader=reader, on=on),
        kinds={kind: kinds[kind] for kind in ActorKind},
        places={key: places[key] for key in _place_order(region)},
        sides={side: sides[side] for side in Side},
    )
    return total, facets


def _factor_counts(
    selection: Selection, where: _Where | None, *, reader: Reader, on: date
) -> dict[Factor, int]:
    narrowed = _narrowed(replace(selection, factors=()), where, reader=reader, on=on)
    counts = dict(queries.factor_counts(narrowed))
    return {factor: counts.get(factor, 0) for factor in Factor}


def _place_order(region: Region | None) -> list[str]:
    homes = region.municipalities if region else ()
    return [*(key_in_address(place) for place in homes), WHOLE_COUNTY, BEYOND]
