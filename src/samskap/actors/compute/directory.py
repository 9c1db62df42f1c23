"""Find actors: by what they are called, what they contribute, what they are and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping  # noqa: TC003 - a dataclass keeps its types
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
from django.db.models import Q
from django.utils.translation import get_language

from samskap.actors import queries, rules, search
from samskap.actors.choices import Belonging, Freshness, Sort
from samskap.actors.compute.index import index_for
from samskap.actors.compute.rows import DirectoryRow, row_of
from samskap.actors.models import ActorKind, ActorStatus, Size
from samskap.actors.queries import filters
from samskap.actors.sections import sections
from samskap.evidence.models import Place
from samskap.evidence.queries import inside, key_in_address, places_in_address
from samskap.strategy.keys import Factor, FocusAreaKey, Side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet
    from numpy.typing import NDArray

    from samskap.actors.compute.index import DirectoryIndex, Mask
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

    ``industries`` are by the letters of today's sections, ``bodies`` by their keys in addresses.
    ``freshness`` is empty for the public.
    """

    factors: Mapping[Factor, int]
    kinds: Mapping[ActorKind, int]
    places: Mapping[str, int]
    sides: Mapping[Side, int]
    industries: Mapping[str, int]
    focus_areas: Mapping[FocusAreaKey, int]
    memberships: Mapping[Belonging, int]
    bodies: Mapping[str, int]
    sizes: Mapping[Size, int]
    statuses: Mapping[ActorStatus, int]
    freshness: Mapping[Freshness, int]


@dataclass(frozen=True, slots=True)
class Findings:
    """One page of what was found, counted from page 1, with the counts beside the filters.

    ``place_names`` and ``body_names`` are by the keys of an address. ``suggestions`` are those that
    may have been meant, when nobody was found by a query.
    """

    total: int
    page: int
    pages: int
    rows: tuple[DirectoryRow, ...]
    facets: Facets
    place_names: Mapping[str, LocalisedText]
    body_names: Mapping[str, LocalisedText]
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
    names: dict[str, LocalisedText] = field(default_factory=dict)

    def condition(self) -> Q:
        there = Q(place__in=self.keys)
        return there | ~Q(place__in=self.home) if self.beyond else there


def select(
    selection: Selection, *, reader: Reader, region: Region | None, on: date
) -> QuerySet[Actor]:
    """Return the actors ``reader`` may see that ``selection`` asks for, in Norwegian order.

    The order of ``selection`` is for lists: see ``find``.
    """
    answering = queries.matching(queries.actors_seen_by(reader), selection.query)
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
    return page_of(narrow(selection, reader=reader, region=region, on=on), page=page, size=size)


def page_of(narrowed: Narrowed, *, page: int = 1, size: int = PAGE_SIZE) -> Findings:
    """Return a page of those who are left, as ``find`` does. Two questions, none for nobody."""
    selection, region, index = narrowed.selection, narrowed.region, narrowed.index
    keys = _ordered(selection, narrowed).tolist()
    pages = max(1, -(-len(keys) // size)) if size else 1
    page = min(max(1, page), pages)
    homes = region.municipalities if region else ()
    return Findings(
        total=len(keys),
        page=page,
        pages=pages,
        rows=_rows(keys[(page - 1) * size : page * size], index),
        facets=_facets(narrowed, region),
        place_names={key_in_address(place): place.name for place in homes} | narrowed.where.names,
        body_names=index.bodies,
        suggestions=_meant(selection, narrowed),
    )


def find_keys(
    selection: Selection, *, reader: Reader, region: Region | None, on: date
) -> tuple[list[int], DirectoryIndex]:
    """Return the database keys of all that ``selection`` finds, in its order, and their index."""
    narrowed = narrow(selection, reader=reader, region=region, on=on)
    return _ordered(selection, narrowed).tolist(), narrowed.index


def _rows(keys: Sequence[int], index: DirectoryIndex) -> tuple[DirectoryRow, ...]:
    """Return the rows of those with ``keys``, in that order. Two questions, none for nobody."""
    if not keys:
        return ()
    seen = queries.actors_seen_by(index.reader)
    found = {actor.pk: actor for actor in queries.for_lines(seen.filter(pk__in=keys))}
    belonging = index.belonging_of(keys)
    knows = rules.may_know_freshness(index.reader)
    return tuple(
        row_of(found[key], belonging=belonging[key], knows=knows, on=index.on)
        for key in keys
        if key in found
    )


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Who answers to the query and how well, and who meets the condition of each filter."""

    selection: Selection
    region: Region | None
    index: DirectoryIndex
    where: _Where
    answering: Mask
    ranks: NDArray[np.int64]
    met: Mapping[str, Mask]

    def but(self, name: str = "") -> Mask:
        """Return those that meet every condition, that of ``name`` aside."""
        others = (mask for each, mask in self.met.items() if each != name)
        found: Mask = np.logical_and.reduce([self.answering, *others])
        return found


def narrow(selection: Selection, *, reader: Reader, region: Region | None, on: date) -> Narrowed:
    """Hold everyone ``reader`` may see up to each filter of ``selection``.

    At most three questions to the database when the directory's index is at hand.
    """
    index = index_for(reader, on=on)
    where = _where(selection.places, region, on=on)
    ranks = search.answers(index, selection.query)
    met = {
        name: index.marked(name, getattr(selection, name))
        for name in index.marks
        if name != "industries" and getattr(selection, name)
    }
    if selection.industries:
        met["industries"] = index.in_industries(selection.industries)
    if selection.places:
        there = index.in_places(where.keys)
        met["places"] = there | ~index.in_places(where.home) if where.beyond else there
    if selection.freshness and not rules.may_know_freshness(index.reader):
        met["freshness"] = ~index.everyone()
    return Narrowed(selection, region, index, where, ranks != search.NO_ANSWER, ranks, met)


def _ordered(selection: Selection, narrowed: Narrowed) -> NDArray[np.int64]:
    """Return the database keys of those that meet everything, in the order asked for."""
    index, found = narrowed.index, np.flatnonzero(narrowed.but())
    by: tuple[NDArray[np.int64], ...] = ()
    if selection.sort == Sort.RECENT:
        by = (-index.known_since,)
    elif selection.sort == Sort.SIZE:
        by = (-index.employees, -index.sizes)
    elif selection.sort == Sort.TIES:
        by = (-index.ties,)
    elif selection.query and not selection.sort:
        by = (narrowed.ranks,)
    order = [each[found] for each in (index.names_in(get_language()), *by)]
    return index.keys[found[np.lexsort(order)]]


def _meant(selection: Selection, narrowed: Narrowed) -> tuple[ActorLine, ...]:
    if not selection.query or narrowed.answering.any():
        return ()
    return search.did_you_mean(queries.actors_seen_by(narrowed.index.reader), selection.query)


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
        "bodies": filters.sits_in(selection.bodies, reader=reader, on=on),
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


def _facets(narrowed: Narrowed, region: Region | None) -> Facets:
    """Give every choice its count, in the order it is offered."""
    index, keys, places = narrowed.index, place_keys(region), Counter[str]()
    for place, count in index.counts_by_place(narrowed.but("places")).items():
        places[keys.get(place, BEYOND)] += count
    counts = {name: index.counts(name, narrowed.but(name)) for name in index.marks}

    def told(name: str, choices: Iterable[_Choice]) -> dict[_Choice, int]:
        return {choice: counts[name][choice] for choice in choices}

    return Facets(
        factors=told("factors", Factor),
        kinds=told("kinds", ActorKind),
        places={key: places[key] for key in _place_order(region)},
        sides=told("sides", Side),
        industries=told("industries", sections()),
        focus_areas=told("focus_areas", FocusAreaKey),
        memberships=told("memberships", Belonging),
        bodies=told("bodies", index.bodies),
        sizes=told("sizes", Size),
        statuses=told("statuses", ActorStatus),
        freshness=told("freshness", Freshness) if rules.may_know_freshness(index.reader) else {},
    )


def _place_order(region: Region | None) -> list[str]:
    homes = region.municipalities if region else ()
    return [*(key_in_address(place) for place in homes), WHOLE_COUNTY, BEYOND]
