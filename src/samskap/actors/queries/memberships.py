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

    from samskap.actors.models import Actor
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


def actors_that_are_members(
    actors: QuerySet[Actor], *, reader: Reader, kinds: tuple[str, ...], on: date
) -> QuerySet[Actor]:
    """Return those of ``actors`` that hold a membership of one of ``kinds`` on ``on``.

    'former' stands for those that held one before and hold none on ``on``.
    """
    seen = memberships_seen_by(reader).order_by()
    holding = memberships_on(seen, on)
    chosen = actors.filter(pk__in=holding.filter(kind__in=kinds).values("actor"))
    if "former" not in kinds:
        return chosen
    before = seen.filter(valid_to__lte=on)
    former = actors.filter(pk__in=before.values("actor")).exclude(pk__in=holding.values("actor"))
    return (chosen | former).distinct()
