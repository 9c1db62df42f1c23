"""Bodies and their seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.actors.models import Body, Seat
from samskap.actors.queries.actors import actors_seen_by
from samskap.kernel.period import valid_on
from samskap.trust.access import visible_to

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.access import Reader


def bodies_seen_by(reader: Reader) -> QuerySet[Body]:
    """Return the bodies ``reader`` may see, in Norwegian order."""
    return Body.objects.filter(visible_to(reader)).order_by("sort_key", "id")


def seats_seen_by(reader: Reader) -> QuerySet[Seat]:
    """Return the seats in bodies ``reader`` may see, of actors they may see."""
    bodies = bodies_seen_by(reader).order_by().values("pk")
    actors = actors_seen_by(reader).order_by().values("pk")
    return Seat.objects.filter(body__in=bodies, actor__in=actors).order_by("body", "id")


def seats_on(seats: QuerySet[Seat], day: date) -> QuerySet[Seat]:
    """Return those of ``seats`` whose term holds on ``day``."""
    return seats.filter(valid_on(day))
