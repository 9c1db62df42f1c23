"""Who is reading, and what they may see. Every query of every room goes through here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q

from samskap.kernel.period import valid_on
from samskap.trust.acting import party_acted_for
from samskap.trust.doers import Operator
from samskap.trust.models import Mandate, Role, User, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from samskap.trust.doers import Doer

_SEES_ALL: Final = frozenset({Role.SECRETARIAT, Role.AUDITOR})
# Those who act for an organisation of their own; the rest act for the partnership as a whole, whose
# matters are not one organisation's.
_ACTS_FOR_ONE: Final = frozenset({Role.PARTNER_REPRESENTATIVE, Role.COMPANY_MEMBER})
_SEES_PARTNERS: Final = frozenset({Role.PARTNER_REPRESENTATIVE, Role.BOARD_MEMBER})


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who asks to see something, with the mandates they hold that day.

    ``roles`` are the capacities. ``parties`` are the database keys of the organisations acted for,
    whose own things they see; ``acts_for`` has the partnership's party too.
    """

    roles: frozenset[Role] = frozenset()
    parties: frozenset[int] = frozenset()
    acts_for: frozenset[int] = frozenset()
    is_signed_in: bool = False

    @property
    def sees_all(self) -> bool:
        """The secretariat works with everything; the auditor reads everything."""
        return bool(self.roles & _SEES_ALL)

    @property
    def sees_partners(self) -> bool:
        """Whether what is for the partners is for this reader."""
        return self.sees_all or bool(self.roles & _SEES_PARTNERS)


PUBLIC: Final = Reader()


class Held(NamedTuple):
    """A mandate that holds: its database key, the role, and the party that is acted for."""

    pk: int
    capacity: str
    party: int
    party_key: UUID
    is_partnerships: bool
    is_substitute: bool


def mandates_held(user: User, *, on: date) -> tuple[Held, ...]:
    """Return the mandates ``user`` holds on the day ``on``, the oldest first. One question."""
    held = Mandate.objects.filter(valid_on(on), person__user=user).order_by("id")
    rows = held.values_list(
        "pk", "capacity", "party_id", "party__key", "party__is_partnership", "is_substitute"
    )
    return tuple(Held(*row) for row in rows)


def acted_with(user: User, held: Iterable[Held]) -> tuple[Held, ...]:
    """Return those of ``held`` that ``user`` acts with here: of one party, when it is said."""
    party = party_acted_for(user)
    return tuple(one for one in held if party is None or one.party == party)


def reader_for(who: Doer | AnonymousUser, *, on: date) -> Reader:
    """Tell what ``who`` is on the day ``on``; an inactive account reads as the public does.

    Who acts for one of several organisations is what they are for that one.
    """
    if isinstance(who, Operator):
        return Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)
    if not isinstance(who, User) or not who.is_active:
        return PUBLIC
    return reader_holding(acted_with(who, mandates_held(who, on=on)))


def reader_holding(held: Iterable[Held]) -> Reader:
    """Return the reader that someone with an open account is who holds ``held``."""
    rows = tuple(held)
    return Reader(
        roles=frozenset(Role(one.capacity) for one in rows),
        parties=frozenset(one.party for one in rows if Role(one.capacity) in _ACTS_FOR_ONE),
        acts_for=frozenset(one.party for one in rows),
        is_signed_in=True,
    )


def visible_to(reader: Reader, *, prefix: str = "") -> Q:
    """Select what ``reader`` may see; ``prefix`` reaches through a relation ('actor__')."""
    if reader.sees_all:
        return Q()
    level = f"{prefix}visibility"
    seen = Q(**{level: Visibility.PUBLIC})
    if reader.sees_partners:
        seen |= Q(**{level: Visibility.PARTNERS})
    if reader.parties:
        seen |= Q(**{level: Visibility.PARTY, f"{prefix}visible_to_party__in": reader.parties})
    return seen


def visible_to_parties(reader: Reader, *through: str) -> Q:
    """Select what concerns a party that ``reader`` acts for; everything to those who see all.

    For what is between some: a match, an introduction, an agreement. ``through`` are the paths from
    the row to its parties ('giver__party', 'taker__party', or a relation to many). A room whose
    rows start with the secretariat lets their parties see them with
    ``visible_to(reader) | visible_to_parties(reader, …)``; a path to many may give a row twice, so
    ask for distinct rows there.
    """
    if reader.sees_all:
        # As ``visible_to`` has it: a condition joined to none would narrow it.
        return Q()
    concerned = Q(pk__in=[])
    if reader.parties:
        for path in through:
            concerned |= Q(**{f"{path}__in": reader.parties})
    return concerned
