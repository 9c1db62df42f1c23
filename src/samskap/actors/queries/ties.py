"""Ties between actors, as a reader may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from samskap.actors.models import Tie
from samskap.actors.queries.actors import actors_seen_by
from samskap.trust.access import visible_to

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.access import Reader


def ties_seen_by(reader: Reader) -> QuerySet[Tie]:
    """Return the ties ``reader`` may see: the tie itself, and both of those it joins."""
    seen = actors_seen_by(reader).order_by().values("pk")
    return Tie.objects.filter(visible_to(reader), from_actor__in=seen, to_actor__in=seen).order_by(
        "id"
    )


def ties_on(ties: QuerySet[Tie], day: date) -> QuerySet[Tie]:
    """Return those of ``ties`` that hold on ``day``; an open end has always been, or goes on."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return ties.filter(begun, goes_on)
