"""Who would close the most gaps of a body, and how few would close them all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from django.db.models import Q

from samskap.actors import queries
from samskap.actors.compute.balance.scope import Scope, Whom, actors_in
from samskap.actors.compute.balance.weighing import FIRMS
from samskap.actors.compute.lines import line_of
from samskap.actors.models import ActorFactor, ActorStatus, Size
from samskap.evidence.queries import members_of
from samskap.strategy.keys import Factor, Side
from samskap_analysis.composition import additions, fewest_additions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.models import Actor, Body
    from samskap.evidence.models import Place
    from samskap.evidence.queries import Region
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader

AT_MOST: Final = 5
# Enough of a list to choose from; they stand in Norwegian order.
_CANDIDATES: Final = 500
_SMALL: Final = frozenset({Size.NONE, Size.FEW, Size.SMALL})


class GapKind(StrEnum):
    """In what way something is missing from a body."""

    FACTOR = "factor"
    SIDE = "side"
    LABOUR_MARKET_REGION = "labour-market-region"
    SMALL_FIRM = "small-firm"


@dataclass(frozen=True, slots=True)
class BodyGap:
    """Something that nobody who sits in a body brings.

    ``key`` is the factor's, the side's or the region's key; ``name`` is told of a region alone.
    """

    kind: GapKind
    key: str
    name: LocalisedText | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One who could be asked, and the gaps that they would close and nobody before them does."""

    actor: ActorLine
    closes: tuple[BodyGap, ...]
    is_partner: bool
    seats: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What a body lacks, whom to ask first, and the fewest who would close all that can be closed.

    ``beyond_reach`` are the gaps that nobody we know would close.
    """

    gaps: tuple[BodyGap, ...]
    proposals: tuple[Proposal, ...]
    fewest: tuple[ActorLine, ...]
    beyond_reach: tuple[BodyGap, ...]


@dataclass(frozen=True, slots=True)
class _Brings:
    """What an actor would bring to a body, as gaps by kind and key."""

    actor: Actor
    what: frozenset[tuple[GapKind, str]]


def advise(body: Body, *, reader: Reader, region: Region, on: date) -> Advice:
    """Say what ``body`` lacks on ``on`` and who would bring it.

    A body should have each factor, each side of working life, each labour-market region and a
    small firm. Partners are proposed, those with fewer seats before those with many, then in
    Norwegian order; others only for what no partner brings. At most nine questions to the database.
    """
    regions = _regions(region)
    sits = _with_factors(actors_in(Scope(Whom.BODY, body), reader=reader, region=region, on=on))
    have = {each for actor in sits for each in _brings(actor, regions).what}
    gaps = tuple(gap for gap in _wanted(region) if (gap.kind, gap.key) not in have)
    free = queries.actors_seen_by(reader).filter(status=ActorStatus.ACTIVE)
    free = free.exclude(pk__in=[actor.pk for actor in sits])
    partners = actors_in(Scope(Whom.PARTNERS), reader=reader, region=region, on=on)
    seats = _seats(reader, on)
    first = [_brings(actor, regions) for actor in _with_factors(free.filter(pk__in=partners))]
    first.sort(key=lambda each: seats[each.actor.pk])
    left = _left_by(first, gaps)
    then = [
        _brings(actor, regions) for actor in _with_factors(free.filter(_may_bring(left, regions)))
    ]
    return _advice(gaps, [*first, *then], len(first), seats)


def _left_by(candidates: Iterable[_Brings], gaps: Iterable[BodyGap]) -> tuple[BodyGap, ...]:
    brought = {each for candidate in candidates for each in candidate.what}
    return tuple(gap for gap in gaps if (gap.kind, gap.key) not in brought)


def _may_bring(gaps: Iterable[BodyGap], regions: Mapping[int, str]) -> Q:
    """Select those that bring one of ``gaps``; nobody, when there are none."""
    wanted = Q(pk__in=[])
    for gap in gaps:
        if gap.kind == GapKind.FACTOR:
            counted = ActorFactor.objects.filter(factor=gap.key)
            wanted |= Q(pk__in=counted.values("actor"))
        elif gap.kind == GapKind.SIDE:
            wanted |= Q(side=gap.key)
        elif gap.kind == GapKind.LABOUR_MARKET_REGION:
            wanted |= Q(place__in=[place for place, code in regions.items() if code == gap.key])
        else:
            wanted |= Q(kind__in=FIRMS, size__in=_SMALL)
    return wanted


def _with_factors(actors: QuerySet[Actor]) -> list[Actor]:
    return list(queries.for_lines(actors)[:_CANDIDATES])


def _advice(
    gaps: tuple[BodyGap, ...],
    candidates: Sequence[_Brings],
    partners: int,
    seats: Counter[int],
) -> Advice:
    """Choose among ``candidates``, who stand as they are preferred, the first of them partners."""
    covers = np.array(
        [[(gap.kind, gap.key) in each.what for gap in gaps] for each in candidates], dtype=bool
    ).reshape(len(candidates), len(gaps))
    proposals = tuple(
        Proposal(
            actor=line_of(candidates[each.candidate].actor),
            closes=tuple(gaps[at] for at in each.closes),
            is_partner=each.candidate < partners,
            seats=seats[candidates[each.candidate].actor.pk],
        )
        for each in additions(covers, at_most=AT_MOST)
    )
    return Advice(
        gaps=gaps,
        proposals=proposals,
        fewest=tuple(line_of(candidates[row].actor) for row in fewest_additions(covers)),
        beyond_reach=_left_by(candidates, gaps),
    )


def _wanted(region: Region) -> Iterable[BodyGap]:
    yield from (BodyGap(GapKind.FACTOR, str(factor)) for factor in Factor)
    yield from (BodyGap(GapKind.SIDE, str(side)) for side in Side)
    for place in region.labour_market_regions:
        yield BodyGap(GapKind.LABOUR_MARKET_REGION, place.code, place.name)
    yield BodyGap(GapKind.SMALL_FIRM, "")


def _brings(actor: Actor, regions: Mapping[int, str]) -> _Brings:
    what = {(GapKind.FACTOR, row.factor) for row in actor.factors.all()}
    if actor.side:
        what.add((GapKind.SIDE, actor.side))
    if actor.place_id in regions:
        what.add((GapKind.LABOUR_MARKET_REGION, regions[actor.place_id]))
    if actor.kind in FIRMS and actor.size in _SMALL:
        what.add((GapKind.SMALL_FIRM, ""))
    return _Brings(actor, frozenset(what))


def _regions(region: Region) -> dict[int, str]:
    """Return the labour-market region of each municipality, by the municipality's key."""
    by_key: dict[int, Place] = {place.pk: place for place in region.labour_market_regions}
    return {
        municipality: by_key[group].code
        for group, members in members_of(region.labour_market_regions).items()
        for municipality in members
    }


def _seats(reader: Reader, on: date) -> Counter[int]:
    """Return how many seats each actor holds."""
    held = queries.seats_on(queries.seats_seen_by(reader).order_by(), on)
    return Counter(held.values_list("actor", flat=True))
