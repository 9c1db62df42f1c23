"""Find actors: by what they are called, what they contribute, what they are and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping  # noqa: TC003 - a dataclass keeps its types
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, TypeVar

from django.db.models import Q
from django.utils.translation import get_language

from samskap.actors import queries, rules, search
from samskap.actors.choices import Belonging, Freshness
from samskap.actors.compute.rows import DirectoryRow, rows_of
from samskap.actors.models import ActorKind, ActorStatus, Size
from samskap.actors.queries import filters
from samskap.actors.queries.facets import facet_counts
from samskap.actors.sections import sections
from samskap.evidence.models import Place
from samskap.evidence.queries import inside, key_in_address, places_in_address
from samskap.strategy.keys import Factor, FocusAreaKey, Side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.compute.selection import Selection
    from samskap.actors.models import Actor
    from samskap.evidence.queries import Region
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader

# What stands beside the municipalities as a place to look: those who work for more of the county
# than one municipality, and those outside it.
WHOLE_COUNTY: Final = "whole-county"
BEYOND: Final = "beyond"

PAGE_SIZE: Final = 20
_Choice = TypeVar("_Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many actors each choice would find, were it alone in its filter and the rest as now.

    ``industries`` are by the letters of today's sections. ``freshness`` is empty for the public.
    """

    factors: Mapping[Factor, int]
    kinds: Mapping[ActorKind, int]
    places: Mapping[str, int]
    sides: Mapping[Side, int]
    industries: Mapping[str, int]
    focus_areas: Mapping[FocusAreaKey, int]
    memberships: Mapping[Belonging, int]
    sizes: Mapping[Size, int]
    statuses: Mapping[ActorStatus, int]
    freshness: Mapping[Freshness, int]


@dataclass(frozen=True, slots=True)
class Findings:
    """One page of what was found, counted from page 1, with the counts beside the filters.

    ``place_names`` are by the keys of an address. ``suggestions`` are those that may have been
    meant, when nobody was found by a query.
    """

    total: int
    page: int
    pages: int
    rows: tuple[DirectoryRow, ...]
    facets: Facets
    place_names: Mapping[str, LocalisedText]
    suggestions: tuple[ActorLine, ...] = ()

    @property
    def actors(self) -> tuple[ActorLine, ...]:
        """The actors of the page, without what only a directory tells."""
        return tuple(row.line for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Where:
    """The places that were asked for, as database keys; ``beyond`` adds all that is not home.

    ``names`` are those of places that are not offered as a choice, by their keys in an address.
    """

    keys: frozenset[int] = frozenset()
    home: frozenset[int] = frozenset()
    beyond: bool = False
    names: Mapping[str, LocalisedText] = field(default_factory=dict)

    def condition(self) -> Q:
        there = Q(place__in=self.keys)
        return there | ~Q(place__in=self.home) if self.beyond else there


def select(
    selection: Selection, *, reader: Reader, region: Region | None, on: date
) -> QuerySet[Actor]:
    """Return the actors ``reader`` may see that ``selection`` asks for, in Norwegian order.

    The order of ``selection`` is for lists: see ``find``.
    """
    answering = search.holding(queries.actors_seen_by(reader), selection.query)
    where = _where(selection.places, region, on=on)
    return answering.filter(*_conditions(selection, where, reader=reader, on=on).values())


def find(
    selection: Selection,
    *,
    reader: Reader,
    region: Region | None,
    on: date,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Findings:
    """Return a page of actors and the counts of every filter; a page past the end is the last.

    With a ``size`` of 0 there is one page, and nobody on it: for a map, which counts them.
    """
    seen = queries.actors_seen_by(reader)
    answering = search.holding(seen, selection.query)
    where = _where(selection.places, region, on=on)
    conditions = _conditions(selection, where, reader=reader, on=on)
    total, counts = facet_counts(answering, conditions, reader=reader, on=on)
    pages = max(1, -(-total // size)) if size else 1
    page = min(max(1, page), pages)
    found = _ordered(answering.filter(*conditions.values()), selection, reader=reader, on=on)
    shown = list(queries.for_lines(found)[(page - 1) * size : page * size]) if total * size else []
    homes = region.municipalities if region else ()
    return Findings(
        total=total,
        page=page,
        pages=pages,
        rows=rows_of(shown, reader=reader, on=on) if shown else (),
        facets=_facets(counts, region, reader=reader),
        place_names={**{key_in_address(place): place.name for place in homes}, **where.names},
        suggestions=() if total or answering.exists() else _meant(seen, selection),
    )


def _meant(seen: QuerySet[Actor], selection: Selection) -> tuple[ActorLine, ...]:
    return search.did_you_mean(seen, selection.query) if selection.query else ()


def _ordered(
    actors: QuerySet[Actor], selection: Selection, *, reader: Reader, on: date
) -> QuerySet[Actor]:
    language = get_language()
    if selection.query and not selection.sort:
        return search.best_first(actors, selection.query, language=language)
    return queries.sorted_by(actors, selection.sort, language=language, reader=reader, on=on)


def place_keys(region: Region | None) -> dict[int, str]:
    """Return what an address calls each home place: a municipality's code, or the whole county."""
    if region is None:
        return {}
    wider = {place.pk: WHOLE_COUNTY for place in (region.county, *region.sub_regions)}
    return wider | {place.pk: key_in_address(place) for place in region.municipalities}


def _conditions(selection: Selection, where: _Where, *, reader: Reader, on: date) -> dict[str, Q]:
    """Return the condition of each filter that is asked for, by the filter's name."""
    freshness = selection.freshness if rules.may_know_freshness(reader) else ()
    conditions = {
        "factors": filters.counts_under(selection.factors),
        "kinds": filters.is_of_kind(selection.kinds),
        "sides": filters.is_on_side(selection.sides),
        "industries": filters.works_in_industry(selection.industries),
        "focus_areas": filters.works_within(selection.focus_areas),
        "memberships": filters.belongs_as(selection.memberships, reader=reader, on=on),
        "sizes": filters.is_of_size(selection.sizes),
        "statuses": filters.has_status(selection.statuses),
        "freshness": filters.is_as_fresh(freshness, on=on),
        "places": where.condition(),
    }
    return {name: each for name, each in conditions.items() if getattr(selection, name)}


def _where(keys: Collection[str], region: Region | None, *, on: date) -> _Where:
    """Return what ``keys`` of an address ask for."""
    by_key: dict[str, set[int]] = {}
    for home, key in place_keys(region).items() if keys else ():
        by_key.setdefault(key, set()).add(home)
    wanted = {place for key in keys for place in by_key.get(key, ())}
    others = [key for key in keys if key not in by_key and key != BEYOND]
    wider = places_in_address(others, on=on) if others else []
    if wider:
        within = Place.objects.filter(reduce(or_, map(inside, wider)))
        wanted.update(within.values_list("pk", flat=True))
    return _Where(
        keys=frozenset(wanted),
        home=region.home_keys if region else frozenset(),
        beyond=BEYOND in keys,
        names={key_in_address(place): place.name for place in wider},
    )


def _facets(
    counts: Mapping[str, Mapping[str, int]], region: Region | None, *, reader: Reader
) -> Facets:
    """Give every choice its count, in the order it is offered."""
    keys, places = place_keys(region), Counter[str]()
    for place, count in counts.get("places", {}).items():
        places[keys.get(int(place), BEYOND)] += count
    of = {name: Counter(found) for name, found in counts.items()} | {"places": places}

    def told(name: str, choices: Iterable[_Choice]) -> dict[_Choice, int]:
        found = of.get(name, Counter())
        return {choice: found[choice] for choice in choices}

    return Facets(
        factors=told("factors", Factor),
        kinds=told("kinds", ActorKind),
        places=told("places", _place_order(region)),
        sides=told("sides", Side),
        industries=told("industries", sections()),
        focus_areas=told("focus_areas", FocusAreaKey),
        memberships=told("memberships", Belonging),
        sizes=told("sizes", Size),
        statuses=told("statuses", ActorStatus),
        freshness=told("freshness", Freshness) if rules.may_know_freshness(reader) else {},
    )


def _place_order(region: Region | None) -> list[str]:
    homes = region.municipalities if region else ()
    return [*(key_in_address(place) for place in homes), WHOLE_COUNTY, BEYOND]
