"""What changed between two days: who came, who went, and which gaps closed and opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors import queries
from samskap.actors.compute.balance.scope import actors_in
from samskap.actors.compute.balance.weighing import weigh
from samskap.actors.compute.lines import line_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from samskap.actors.compute.balance.scope import Scope
    from samskap.actors.compute.balance.weighing import Balance
    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.models import Actor
    from samskap.evidence.public import PublishedPlace
    from samskap.evidence.queries import Region
    from samskap.strategy.keys import Factor
    from samskap.trust.access import Reader


@dataclass(frozen=True, slots=True)
class FactorShift:
    """How many counted under a factor before and now."""

    factor: Factor
    before: int
    now: int

    @property
    def difference(self) -> int:
        """How many more there are now; fewer, below zero."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from ``since`` until ``on``.

    ``came`` and ``went`` stand in Norwegian order. ``closed`` are the factors that a municipality
    lacked before and has now, ``opened`` those it has lost.
    """

    since: date
    on: date
    before: int
    now: int
    came: tuple[ActorLine, ...]
    went: tuple[ActorLine, ...]
    factors: tuple[FactorShift, ...]
    closed: tuple[tuple[Factor, PublishedPlace], ...]
    opened: tuple[tuple[Factor, PublishedPlace], ...]

    @property
    def is_any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.came or self.went)


def what_changed(scope: Scope, *, reader: Reader, region: Region, since: date, on: date) -> Change:
    """Hold ``scope`` on ``on`` up to what it was on ``since``.

    Seven questions to the database. Raises ``ValueError`` when ``since`` is after ``on``.
    """
    if since > on:
        message = f"{since} is after {on}"
        raise ValueError(message)
    then = actors_in(scope, reader=reader, region=region, on=since)
    now = actors_in(scope, reader=reader, region=region, on=on)
    was, is_now = weigh(then, region), weigh(now, region)
    return change_between(
        was,
        is_now,
        came=_lines(now.exclude(pk__in=then.order_by().values("pk"))),
        went=_lines(then.exclude(pk__in=now.order_by().values("pk"))),
        since=since,
        on=on,
    )


def change_between(
    was: Balance,
    is_now: Balance,
    *,
    came: tuple[ActorLine, ...],
    went: tuple[ActorLine, ...],
    since: date,
    on: date,
) -> Change:
    """Hold one balance up to what it was. No question to the database."""
    return Change(
        since=since,
        on=on,
        before=was.actors,
        now=is_now.actors,
        came=came,
        went=went,
        factors=tuple(
            FactorShift(factor, before, after)
            for (factor, before), (_, after) in zip(was.factors, is_now.factors, strict=True)
        ),
        closed=_lost(was, is_now),
        opened=_lost(is_now, was),
    )


def _lines(actors: QuerySet[Actor]) -> tuple[ActorLine, ...]:
    return tuple(line_of(actor) for actor in queries.for_lines(actors))


def _lost(one: Balance, other: Balance) -> tuple[tuple[Factor, PublishedPlace], ...]:
    """Return the gaps of ``one`` that ``other`` does not have."""
    return tuple(
        (factor, row.place)
        for row, beside in zip(one.municipalities, other.municipalities, strict=True)
        for factor in row.missing
        if factor not in beside.missing and row.place is not None
    )
