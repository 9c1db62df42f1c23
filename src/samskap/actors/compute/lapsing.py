"""What runs out soon: memberships, agreements, mandates and seats, each with whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q

from samskap.actors import queries
from samskap.actors.models import Actor, Membership, Seat, SeatRole
from samskap.kernel.period import valid_on
from samskap.trust.models import Mandate, Role
from samskap.trust.queries import mandates_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader

LAPSES_WITHIN: Final = timedelta(days=90)


class Lapsing(StrEnum):
    """What kind of thing runs out."""

    MEMBERSHIP = "membership"
    AGREEMENT = "agreement"
    MANDATE = "mandate"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Lapse:
    """Something that runs out on ``on``, or did and was not seen to.

    ``key`` is that of the membership, the mandate's person, or the seat. ``actor`` and ``slug`` say
    whose it is: none and '' when it is the partnership's own. ``person`` and ``role`` tell of a
    mandate, ``body`` and ``role`` of a seat.
    """

    what: Lapsing
    on: date
    key: UUID
    actor: LocalisedText | None
    slug: str
    is_demo: bool
    person: str = ""
    role: str = ""
    body: LocalisedText | None = None


def what_lapses(
    *, reader: Reader, on: date, within: timedelta = LAPSES_WITHIN
) -> tuple[Lapse, ...]:
    """Return what ends after ``on`` and by ``on`` plus ``within``, the first to end first.

    An agreement that has run out while the membership goes on is there too, until it is renewed.
    What has been renewed, so that the next term begins the day this one ends, is left out. At most
    four questions to the database, however many there are.
    """
    by = on + within
    found = [
        *_memberships(reader, on, by),
        *_mandates(reader, on, by),
        *_seats(reader, on, by),
    ]
    return tuple(sorted(found, key=lambda lapse: (lapse.on, lapse.what, str(lapse.actor))))


def _memberships(reader: Reader, on: date, by: date) -> Iterator[Lapse]:
    if not reader.sees_all:
        return
    renewed = Membership.objects.filter(actor=OuterRef("actor"), valid_from=OuterRef("valid_to"))
    rows = (
        queries.memberships_on(queries.memberships_seen_by(reader), on)
        .filter(Q(valid_to__lte=by) | Q(agreement_ends_on__lte=by))
        .annotate(is_renewed=Exists(renewed))
        .select_related("actor")
    )
    for row in rows:
        whose: dict[str, Any] = {
            "actor": row.actor.name,
            "slug": row.actor.slug,
            "is_demo": row.actor.is_demo,
        }
        if row.valid_to is not None and row.valid_to <= by and not row.is_renewed:
            yield Lapse(Lapsing.MEMBERSHIP, row.valid_to, row.key, **whose)
        if row.agreement_ends_on is not None and row.agreement_ends_on <= by:
            yield Lapse(Lapsing.AGREEMENT, row.agreement_ends_on, row.key, **whose)


def _mandates(reader: Reader, on: date, by: date) -> Iterator[Lapse]:
    renewed = Mandate.objects.filter(
        person=OuterRef("person"),
        party=OuterRef("party"),
        capacity=OuterRef("capacity"),
        valid_from=OuterRef("valid_to"),
    )
    rows = list(
        mandates_seen_by(reader)
        .filter(valid_on(on), ~Exists(renewed), valid_to__lte=by)
        .select_related("person")
    )
    seen = queries.actors_seen_by(reader).filter(party__in={row.party_id for row in rows})
    actors = {actor.party_id: actor for actor in seen} if rows else {}
    for row in rows:
        actor: Actor | None = actors.get(row.party_id)
        if row.valid_to is not None:
            yield Lapse(
                Lapsing.MANDATE,
                row.valid_to,
                row.person.key,
                actor=actor.name if actor else None,
                slug=actor.slug if actor else "",
                is_demo=row.person.is_demo,
                person=row.person.called,
                role=str(Role(row.capacity).label),
            )


def _seats(reader: Reader, on: date, by: date) -> Iterator[Lapse]:
    renewed = Seat.objects.filter(
        body=OuterRef("body"),
        actor=OuterRef("actor"),
        role=OuterRef("role"),
        valid_from=OuterRef("valid_to"),
    )
    rows = (
        queries.seats_on(queries.seats_seen_by(reader), on)
        .filter(~Exists(renewed), valid_to__lte=by)
        .select_related("actor", "body")
    )
    for row in rows:
        if row.valid_to is not None:
            yield Lapse(
                Lapsing.SEAT,
                row.valid_to,
                row.key,
                actor=row.actor.name,
                slug=row.actor.slug,
                is_demo=row.actor.is_demo or row.body.is_demo,
                role=str(SeatRole(row.role).label),
                body=row.body.name,
            )
