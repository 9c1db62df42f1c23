"""A place: who is there by factor, what is missing and whom to ask, and what lies around."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.actors import queries
from samskap.actors.compute.balance import words
from samskap.actors.compute.balance.findings import GapInWords
from samskap.actors.compute.balance.weighing import members_within
from samskap.actors.compute.coverage import ASK_AT_MOST, by_pair, nearest_places
from samskap.actors.compute.lines import line_of
from samskap.actors.queries.spread import first_of_each_factor, tallies
from samskap.evidence.public import (
    MapGround,
    NothingToDrawError,
    PublishedPlace,
    PublishedSource,
    map_of_places,
    publish_place,
    publish_source,
)
from samskap.evidence.queries import GROUPS, relatives_of
from samskap.kernel.text import inside_a_sentence
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.queries.spread import Tally
    from samskap.evidence.models import Place
    from samskap.evidence.queries import Region, Relatives
    from samskap.trust.access import Reader

NAMED_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class FactorThere:
    """How many of a place count under a factor, and the first of them by name."""

    factor: Factor
    count: int
    first: tuple[ActorLine, ...]

    @property
    def more(self) -> int:
        """How many there are beside those that are named."""
        return self.count - len(self.first)


@dataclass(frozen=True, slots=True)
class Around:
    """A place on the map of another: what it is to that one, and how many actors we know there.

    ``groups`` are those that both are members of.
    """

    place: PublishedPlace
    is_here: bool
    is_neighbour: bool
    groups: tuple[PublishedPlace, ...]
    count: int


@dataclass(frozen=True, slots=True)
class PlacePage:
    """All that is told of a place.

    ``gaps`` are told of what the partnership calls home; ``groups`` are the sub-region and the
    labour-market region it is a member of, ``parts`` what it is made of, ``before`` what it took
    over from, newest first. ``ground`` is none when there is nothing to draw it on.
    """

    place: PublishedPlace
    level: str
    parent: PublishedPlace | None
    title: str
    known: str
    total: int
    factors: tuple[FactorThere, ...]
    gaps: tuple[GapInWords, ...]
    groups: tuple[PublishedPlace, ...]
    parts: tuple[PublishedPlace, ...]
    neighbours: tuple[PublishedPlace, ...]
    before: tuple[PublishedPlace, ...]
    source: PublishedSource | None
    around: tuple[Around, ...]
    ground: MapGround | None


def place_page(key: str, *, reader: Reader, region: Region | None, on: date) -> PlacePage | None:
    """Return what is told of the place that ``key`` of an address means on ``on``, if any.

    Seven questions to the database, however many are there.
    """
    found = relatives_of(key, on=on, reader=reader)
    if found is None:
        return None
    members = members_within(region) if region else {}
    counted = tallies(queries.actors_seen_by(reader))
    here = [each for each in counted if each.place in found.within]
    by_factor = Counter(
        factor for each in here for factor in each.factors for _one in range(each.count)
    )
    total = sum(each.count for each in here)
    homes = _homes(found, region, members)
    missing = [factor for factor in Factor if homes and not by_factor[factor]]
    nearest = _nearest(missing, homes, counted, region, members)
    first, people = _people(reader, found, nearest)
    groups = _groups_of(found.place, region, members)
    around, ground = _around(found, region, members, groups, counted)
    return PlacePage(
        place=publish_place(found.place),
        level=found.place.level,
        parent=publish_place(found.place.parent) if found.place.parent else None,
        title=_title(found.place, total, missing, is_home=bool(homes)),
        known=_known(found.place, total),
        total=total,
        factors=tuple(
            FactorThere(factor, by_factor[factor], tuple(first.get(factor, ())))
            for factor in Factor
        ),
        gaps=tuple(_gap(factor, found.place, nearest, people) for factor in missing),
        groups=_published(groups),
        parts=_published(found.parts),
        neighbours=_published(found.neighbours),
        before=_published(found.before),
        source=publish_source(found.place.source) if found.source_is_seen else None,
        around=around,
        ground=ground,
    )


def _published(places: Iterable[Place]) -> tuple[PublishedPlace, ...]:
    return tuple(publish_place(place) for place in places)


# In words -----------------------------------------------------------------------------------------
def _title(place: Place, total: int, missing: Sequence[Factor], *, is_home: bool) -> str:
    if not is_home or not total:
        return _known(place, total)
    if not missing:
        return _("%(place)s has all five factors") % {"place": place.name}
    if len(missing) == 1:
        lacks = inside_a_sentence(missing[0].label)
        return _("%(place)s lacks %(what)s") % {"place": place.name, "what": lacks}
    return _("%(count)s of the five factors are missing in %(place)s") % {
        "count": len(missing),
        "place": place.name,
    }


def _known(place: Place, total: int) -> str:
    if not total:
        return _("We know of nobody in %(place)s yet") % {"place": place.name}
    return ngettext(
        "We know of %(count)s actor in %(place)s",
        "We know of %(count)s actors in %(place)s",
        total,
    ) % {"count": total, "place": place.name}


def _gap(
    factor: Factor,
    place: Place,
    nearest: Mapping[tuple[Factor, int], Sequence[tuple[Factor, int]]],
    people: Mapping[tuple[Factor, int], Sequence[ActorLine]],
) -> GapInWords:
    """Name those who come up first most often among the municipalities of ``place``."""
    found = [
        [line for pair in chosen for line in people.get(pair, ())][:ASK_AT_MOST]
        for (lacking, _where), chosen in nearest.items()
        if lacking == factor
    ]
    lines = {line.slug: line for each in found for line in each}
    often = Counter(line.slug for each in found for line in each)
    ask = tuple(lines[slug] for slug, _times in often.most_common(ASK_AT_MOST))
    sentence = words.gap_sentence(factor, place.name, partners=False)
    return GapInWords(sentence, str(place.name), ask, is_there=False)


# Whom to ask --------------------------------------------------------------------------------------
def _homes(
    found: Relatives, region: Region | None, members: Mapping[int, frozenset[int]]
) -> tuple[int, ...]:
    """Return the home municipalities that a place is, or is made of; none when it is not home."""
    if region is None or found.place.pk not in region.home_keys:
        return ()
    inside = members.get(found.place.pk, found.within)
    return tuple(place.pk for place in region.municipalities if place.pk in inside)


def _nearest(
    missing: Sequence[Factor],
    homes: Sequence[int],
    counted: Sequence[Tally],
    region: Region | None,
    members: Mapping[int, frozenset[int]],
) -> dict[tuple[Factor, int], list[tuple[Factor, int]]]:
    if region is None or not missing:
        return {}
    known = Counter[tuple[Factor, int]]()
    for each in counted:
        for factor in each.factors:
            known[Factor(factor), each.place] += each.count
    found = nearest_places(
        [(factor, home) for factor in missing for home in homes],
        known,
        {each.place: each.point for each in counted},
        region,
        {place.pk: members[place.pk] for place in region.sub_regions},
    )
    return {gap: [pair for pair, _nearness in chosen] for gap, chosen in found.items()}


def _people(
    reader: Reader,
    found: Relatives,
    nearest: Mapping[tuple[Factor, int], Sequence[tuple[Factor, int]]],
) -> tuple[dict[Factor, list[ActorLine]], dict[tuple[Factor, int], list[ActorLine]]]:
    """Return the first of each factor there, and those who may be asked. Two questions."""
    seen = queries.actors_seen_by(reader)
    here = first_of_each_factor(seen, found.within, at_most=NAMED_AT_MOST)
    wanted = Q(pk__in=here.order_by().values("actor"))
    pairs = {pair for chosen in nearest.values() for pair in chosen}
    if pairs:
        asked = queries.counted_there(seen, pairs, at_most=ASK_AT_MOST)
        wanted |= Q(pk__in=asked.order_by().values("pk"))
    everyone = list(queries.for_lines(seen.filter(wanted)))
    first: dict[Factor, list[ActorLine]] = {}
    for actor in everyone:
        line = line_of(actor)
        for factor in line.factors if actor.place_id in found.within else ():
            first.setdefault(factor, []).append(line)
    return {key: each[:NAMED_AT_MOST] for key, each in first.items()}, by_pair(everyone)


# Around -------------------------------------------------------------------------------------------
def _groups_of(
    place: Place, region: Region | None, members: Mapping[int, frozenset[int]]
) -> list[Place]:
    groups = (*region.sub_regions, *region.labour_market_regions) if region else ()
    return [group for group in groups if place.pk in members[group.pk]]


def _around(
    found: Relatives,
    region: Region | None,
    members: Mapping[int, frozenset[int]],
    groups: Sequence[Place],
    counted: Sequence[Tally],
) -> tuple[tuple[Around, ...], MapGround | None]:
    """Return what is drawn with a place, itself first, and the ground it is drawn on.

    A group or a county is drawn as the municipalities it is made of. One question.
    """
    is_whole = found.place.level not in GROUPS and not _is_drawn_as_parts(found, region)
    here = [found.place] if is_whole else list(found.parts)
    homes = region.municipalities if region else ()
    kin = [each for each in homes if any(each.pk in members[group.pk] for group in groups)]
    drawn = {place.pk: place for place in (*here, *kin, *found.neighbours)}
    try:
        ground = map_of_places(
            drawn.values(), beside=[place for place in homes if place.pk not in drawn]
        )
    except NothingToDrawError:
        ground = None
    own, beside = {place.pk for place in here}, {place.pk for place in found.neighbours}
    return tuple(
        Around(
            place=publish_place(place),
            is_here=pk in own,
            is_neighbour=pk in beside,
            groups=_published(group for group in groups if pk in members[group.pk]),
            count=sum(each.count for each in counted if each.place == pk),
        )
        for pk, place in drawn.items()
    ), ground


def _is_drawn_as_parts(found: Relatives, region: Region | None) -> bool:
    return region is not None and found.place.pk == region.county.pk
