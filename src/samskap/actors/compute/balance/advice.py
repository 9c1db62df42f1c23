"""Who would close the most gaps of a body, and how few would close them all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from samskap.actors import queries
from samskap.actors.compute.balance.scope import Scope, Whom, actors_in
from samskap.actors.compute.balance.weighing import FIRMS
from samskap.actors.compute.lines import line_with
from samskap.actors.models import ActorStatus, Size
from samskap.actors.queries.candidates import candidates
from samskap.strategy.keys import Factor, Side
from samskap_analysis.composition import additions, fewest_additions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from samskap.actors.compute.balance.scope import BodyNamed
    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.models import Actor
    from samskap.actors.queries.candidates import Candidates
    from samskap.evidence.models import Place
    from samskap.evidence.queries import Region
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader

AT_MOST: Final = 5
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
    """What those who are the same to a body would bring to it, as gaps by kind and key."""

    who: Candidates
    what: frozenset[tuple[GapKind, str]]


def advise(body: BodyNamed, *, reader: Reader, region: Region, on: date) -> Advice:
    """Say what ``body`` lacks on ``on`` and who would bring it.

    A body should have each factor, each side of working life, each labour-market region and a
    small firm. Partners are proposed, those with fewer seats before those with many, then in
    Norwegian order; others only for what no partner brings. Two questions to the database.
    """
    seen, regions = queries.actors_seen_by(reader), _regions(region)
    known = [
        _brings(each, regions)
        for each in candidates(
            seen,
            sitting=actors_in(Scope(Whom.BODY, body), reader=reader, region=region, on=on),
            partners=actors_in(Scope(Whom.PARTNERS), reader=reader, region=region, on=on),
            held=queries.seats_on(queries.seats_seen_by(reader), on),
        )
    ]
    have = {each for one in known if one.who.sits for each in one.what}
    gaps = tuple(gap for gap in _wanted(region) if (gap.kind, gap.key) not in have)
    free = [one for one in known if not one.who.sits and one.who.status == ActorStatus.ACTIVE]
    free.sort(key=lambda one: one.who.seats)
    partners = [one for one in free if one.who.is_partner]
    left = {(gap.kind, gap.key) for gap in _left_by(partners, gaps)}
    others = [one for one in free if not one.who.is_partner and one.what & left]
    return _advice(gaps, [*partners, *others], seen)


def _left_by(candidates: Iterable[_Brings], gaps: Iterable[BodyGap]) -> tuple[BodyGap, ...]:
    brought = {each for candidate in candidates for each in candidate.what}
    return tuple(gap for gap in gaps if (gap.kind, gap.key) not in brought)


def _advice(gaps: tuple[BodyGap, ...], free: Sequence[_Brings], seen: QuerySet[Actor]) -> Advice:
    """Choose among ``free``, who stand as they are preferred. One question to the database."""
    covers = np.array(
        [[(gap.kind, gap.key) in each.what for gap in gaps] for each in free], dtype=bool
    ).reshape(len(free), len(gaps))
    first, fewest = additions(covers, at_most=AT_MOST), fewest_additions(covers)
    lines = _lines([free[row].who for row in (*(each.candidate for each in first), *fewest)], seen)
    return Advice(
        gaps=gaps,
        proposals=tuple(
            Proposal(
                actor=lines[free[each.candidate].who.first],
                closes=tuple(gaps[at] for at in each.closes),
                is_partner=free[each.candidate].who.is_partner,
                seats=free[each.candidate].who.seats,
            )
            for each in first
        ),
        fewest=tuple(lines[free[row].who.first] for row in fewest),
        beyond_reach=_left_by(free, gaps),
    )


def _lines(chosen: Sequence[Candidates], seen: QuerySet[Actor]) -> dict[int, ActorLine]:
    factors = {each.first: each.factors for each in chosen}
    found = seen.filter(pk__in=factors).select_related("place")
    return {actor.pk: line_with(actor, factors[actor.pk]) for actor in found}


def _wanted(region: Region) -> Iterable[BodyGap]:
    yield from (BodyGap(GapKind.FACTOR, str(factor)) for factor in Factor)
    yield from (BodyGap(GapKind.SIDE, str(side)) for side in Side)
    for place in region.labour_market_regions:
        yield BodyGap(GapKind.LABOUR_MARKET_REGION, place.code, place.name)
    yield BodyGap(GapKind.SMALL_FIRM, "")


def _brings(who: Candidates, regions: Mapping[int, str]) -> _Brings:
    what = {(GapKind.FACTOR, str(factor)) for factor in who.factors}
    if who.side:
        what.add((GapKind.SIDE, who.side))
    if who.place in regions:
        what.add((GapKind.LABOUR_MARKET_REGION, regions[who.place]))
    if who.kind in FIRMS and who.size in _SMALL:
        what.add((GapKind.SMALL_FIRM, ""))
    return _Brings(who, frozenset(what))


def _regions(region: Region) -> dict[int, str]:
    """Return the labour-market region of each municipality, by the municipality's key."""
    by_key: dict[int, Place] = {place.pk: place for place in region.labour_market_regions}
    return {
        municipality: by_key[group].code
        for group in by_key
        for municipality in region.members[group]
    }
