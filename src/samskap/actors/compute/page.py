"""All that an actor's page is drawn from, in few questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors import queries
from samskap.actors.compute.ties import Ties, ties_from
from samskap.actors.compute.whole import WholeActor, whole_actor
from samskap.actors.models import MembershipKind, SeatRole
from samskap.kernel.dates import period_in_words
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from datetime import date

    from samskap.actors.models import Actor
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader


@dataclass(frozen=True, slots=True)
class BelongingLine:
    """What an actor was or is to the partnership, from a day until, not including, another."""

    kind: MembershipKind
    valid_from: date
    valid_to: date | None
    holds: bool
    is_demo: bool

    @property
    def period(self) -> str:
        """From when until when, in words."""
        return period_in_words(self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A seat that an actor holds or held in a body."""

    slug: str
    body: LocalisedText
    role: SeatRole
    valid_from: date
    valid_to: date | None
    holds: bool
    is_demo: bool

    @property
    def period(self) -> str:
        """From when until when, in words."""
        return period_in_words(self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class ActorPage:
    """An actor, its ties, what it is to the partnership, its seats, and who else is there.

    ``around`` counts the actors in the same place under each factor; the actor itself is one.
    """

    whole: WholeActor
    ties: Ties
    memberships: tuple[BelongingLine, ...]
    seats: tuple[SeatHeld, ...]
    around: dict[Factor, int]

    @property
    def belongs(self) -> BelongingLine | None:
        """What it is to the partnership today; none when it is known, and no more."""
        return next((each for each in self.memberships if each.holds), None)


def page_of(actor: Actor, *, reader: Reader, on: date, with_around: bool = True) -> ActorPage:
    """Turn a row, fetched ``with_everything``, into its page on the day ``on``: four questions.

    Three without ``around``, which is all zeros then.
    """
    there = queries.actors_seen_by(reader).filter(place=actor.place_id)
    counts = dict(queries.factor_counts(there)) if with_around else {}
    return ActorPage(
        whole=whole_actor(actor, on=on),
        ties=ties_from(actor, reader=reader, on=on),
        memberships=tuple(
            BelongingLine(
                MembershipKind(row.kind),
                row.valid_from,
                row.valid_to,
                row.is_valid_on(on),
                row.is_demo,
            )
            for row in queries.memberships_seen_by(reader).filter(actor=actor)
        ),
        seats=tuple(
            SeatHeld(
                row.body.slug,
                row.body.name,
                SeatRole(row.role),
                row.valid_from,
                row.valid_to,
                row.is_valid_on(on),
                row.body.is_demo,
            )
            for row in queries.seats_seen_by(reader)
            .filter(actor=actor)
            .select_related("body")
            .order_by("body__sort_key", "-valid_from", "id")
        ),
        around={factor: counts.get(factor, 0) for factor in Factor},
    )
