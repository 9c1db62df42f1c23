"""Who is a partner or an observer, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.actors.models import Membership
from samskap.actors.queries.actors import actors_seen_by
from samskap.kernel.period import valid_on
from samskap.trust.access import visible_to

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.access import Reader


def memberships_seen_by(reader: Reader) -> QuerySet[Membership]:
    """Return the memberships ``reader`` may see, the newest first.

    Contribution and agreement are for ``reader.sees_all`` alone: ask before you show them.
    """
    seen = actors_seen_by(reader).order_by().values("pk")
    return Membership.objects.filter(visible_to(reader), actor__in=seen).order_by(
        "-valid_from", "id"
    )


def memberships_on(memberships: QuerySet[Membership], day: date) -> QuerySet[Membership]:
    """Return those of ``memberships`` that hold on ``day``."""
    return memberships.filter(valid_on(day))
