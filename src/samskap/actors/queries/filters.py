"""Conditions on actors, one a filter; each holds for any of its values.

An address may hold anything at all: a value that is not one of ours finds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from samskap.actors.choices import Belonging, Freshness
from samskap.actors.models import (
    ActorFactor,
    ActorFocusArea,
    ActorKind,
    ActorStatus,
    IndustryCode,
    Size,
)
from samskap.actors.queries.bodies import seats_on, seats_seen_by
from samskap.actors.queries.memberships import memberships_on, memberships_seen_by
from samskap.actors.sections import coded
from samskap.strategy.keys import Factor, FocusAreaKey, Side

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import TextChoices

    from samskap.trust.access import Reader


def counts_under(factors: Collection[str]) -> Q:
    """Select those that count under one of ``factors``."""
    counted = ActorFactor.objects.filter(factor__in=_ours(factors, Factor))
    return Q(pk__in=counted.values("actor"))


def is_of_kind(kinds: Collection[str]) -> Q:
    """Select those of one of ``kinds``."""
    return Q(kind__in=_ours(kinds, ActorKind))


def is_on_side(sides: Collection[str]) -> Q:
    """Select those on one of ``sides``."""
    return Q(side__in=_ours(sides, Side))


def works_in_industry(keys: Collection[str]) -> Q:
    """Select those with an industry code that one of ``keys`` asks for."""
    return Q(pk__in=IndustryCode.objects.filter(coded(keys)).order_by().values("actor"))


def works_within(focus_areas: Collection[str]) -> Q:
    """Select those that work within one of ``focus_areas``."""
    areas = ActorFocusArea.objects.filter(focus_area__in=_ours(focus_areas, FocusAreaKey))
    return Q(pk__in=areas.order_by().values("actor"))


def is_of_size(sizes: Collection[str]) -> Q:
    """Select those of one of ``sizes``."""
    return Q(size__in=_ours(sizes, Size))


def has_status(statuses: Collection[str]) -> Q:
    """Select those with one of ``statuses``."""
    return Q(status__in=_ours(statuses, ActorStatus))


def belongs_as(belongings: Collection[str], *, reader: Reader, on: date) -> Q:
    """Select those that are one of ``belongings`` on ``on``, as far as ``reader`` may know."""
    wanted = Q(pk__in=[])
    for belonging in _ours(belongings, Belonging):
        wanted |= _belongs_as(Belonging(belonging), reader=reader, on=on)
    return wanted


def _belongs_as(belonging: Belonging, *, reader: Reader, on: date) -> Q:
    seen = memberships_seen_by(reader).order_by()
    holding = memberships_on(seen, on)
    if belonging in (Belonging.PARTNER, Belonging.OBSERVER):
        return Q(pk__in=holding.filter(kind=belonging).values("actor"))
    # What holds tells most, then what is ahead, then what is over.
    told = [holding, seen.filter(valid_from__gt=on), seen.filter(valid_to__lte=on)]
    holds, ahead, before = (Q(pk__in=rows.values("actor")) for rows in told)
    if belonging == Belonging.COMING:
        return ahead & ~holds
    if belonging == Belonging.FORMER:
        return before & ~holds & ~ahead
    return ~holds & ~ahead & ~before


def sits_in(bodies: Collection[str], *, reader: Reader, on: date) -> Q:
    """Select those with a seat on ``on`` in one of ``bodies``, as far as ``reader`` may know."""
    seats = seats_on(seats_seen_by(reader).order_by(), on).filter(body__slug__in=bodies)
    return Q(pk__in=seats.values("actor"))


def is_as_fresh(freshness: Collection[str], *, on: date) -> Q:
    """Select those of whom something is out of date on ``on``, or nothing is."""
    wanted = Q(pk__in=[])
    if Freshness.STALE in freshness:
        wanted |= Q(stale_from__lte=on)
    if Freshness.FRESH in freshness:
        wanted |= Q(stale_from__isnull=True) | Q(stale_from__gt=on)
    return wanted


def _ours(values: Collection[str], choices: type[TextChoices]) -> list[str]:
    return [value for value in choices.values if value in values]
