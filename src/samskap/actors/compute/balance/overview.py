"""All of one balance in few questions: who is here, what is missing, what changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from samskap.actors import queries
from samskap.actors.compute.balance.change import Change, change_between
from samskap.actors.compute.balance.gaps import PlaceGap, gaps_with, lacking_in
from samskap.actors.compute.balance.scope import actors_in
from samskap.actors.compute.balance.weighing import Balance, balance_of, members_within
from samskap.actors.compute.coverage import ASK_AT_MOST, by_pair, nearest_places
from samskap.actors.compute.lines import line_of
from samskap.actors.queries.profiles import Profile, profiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from samskap.actors.compute.balance.scope import Scope
    from samskap.actors.models import Actor
    from samskap.evidence.queries import Region
    from samskap.strategy.keys import Factor
    from samskap.trust.access import Reader


@dataclass(frozen=True, slots=True)
class Overview:
    """A balance with its gaps and what changed: ``scope`` as it is now and as it was."""

    scope: Scope
    balance: Balance
    gaps: tuple[PlaceGap, ...]
    change: Change


def overview(scope: Scope, *, reader: Reader, region: Region, since: date, on: date) -> Overview:
    """Weigh ``scope`` on ``on``, find whom to ask, and hold it up to what it was on ``since``.

    Three questions to the database, however many there are. Raises ``ValueError`` when ``since`` is
    after ``on``.
    """
    if since > on:
        message = f"{since} is after {on}"
        raise ValueError(message)
    known = queries.actors_seen_by(reader)
    now = actors_in(scope, reader=reader, region=region, on=on)
    then = actors_in(scope, reader=reader, region=region, on=since)
    members = members_within(region)
    rows = profiles(known, now=now, then=then)
    balance = _balance(rows, {each: each.now for each in rows}, region, members)
    before = _balance(rows, {each: each.then for each in rows}, region, members)
    nearest = nearest_places(
        lacking_in(balance, region),
        _counted(rows, {each: each.known for each in rows}),
        {each.place: each.point for each in rows},
        region,
        {place.pk: members[place.pk] for place in region.sub_regions},
    )
    asked = {pair for chosen in nearest.values() for pair, _ in chosen}
    people = _people(known, asked, now, then)
    came = tuple(line_of(actor) for actor in people if actor.is_now and not actor.was_then)
    went = tuple(line_of(actor) for actor in people if actor.was_then and not actor.is_now)
    return Overview(
        scope=scope,
        balance=balance,
        gaps=gaps_with(nearest, by_pair(people), region),
        change=change_between(before, balance, came=came, went=went, since=since, on=on),
    )


def _balance(
    rows: Sequence[Profile],
    counts: Mapping[Profile, int],
    region: Region,
    members: Mapping[int, frozenset[int]],
) -> Balance:
    table = [(row.kind, row.side, row.size, counts[row]) for row in rows]
    return balance_of(_counted(rows, counts), table, region, members)


def _counted(
    rows: Sequence[Profile], counts: Mapping[Profile, int]
) -> dict[tuple[Factor, int], int]:
    counted = Counter[tuple["Factor", int]]()
    for row in rows:
        for factor in row.factors:
            counted[factor, row.place] += counts[row]
    return {pair: count for pair, count in counted.items() if count}


def _people(
    known: QuerySet[Actor],
    asked: set[tuple[Factor, int]],
    now: QuerySet[Actor],
    then: QuerySet[Actor],
) -> list[Any]:
    """Return whoever may be asked, came or went, and which: two questions."""
    there = queries.counted_there(known, asked, at_most=ASK_AT_MOST).order_by().values("pk")
    told = known.annotate(
        is_now=Exists(now.order_by().filter(pk=OuterRef("pk"))),
        was_then=Exists(then.order_by().filter(pk=OuterRef("pk"))),
    )
    changed = Q(is_now=True, was_then=False) | Q(is_now=False, was_then=True)
    return list(queries.for_lines(told.filter(changed | Q(pk__in=there))))
