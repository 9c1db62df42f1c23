"""Contacts, talks, memberships and bodies for tests, made through the actions themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

from samskap.actors.actions import bodies, contact_log, contacts, memberships
from samskap.actors.models import Basis, BodyKind, ContactKind, MembershipKind, SeatRole
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Visibility
from tests.world.factories import in_each_language
from tests.world.papers import A_PAPER
from tests.world.people import NOON

if TYPE_CHECKING:
    from samskap.actors.models import Actor, Body, Contact, ContactEntry, Membership, Seat

TODAY = NOON.date()
# One empty page.
A_PDF = A_PAPER


def contact(actor: Actor, name: str = "Kari Eksempel", **more: object) -> Contact:
    """Someone who works at ``actor``."""
    facts = contacts.ContactFacts(
        name=name,
        basis=Basis.LEGITIMATE_INTEREST,
        **{
            "role": "Daglig leder",
            "email": "kari@bedrift.example",
            "phone": "+47 90 00 00 00",
            "source_note": "Visittkort fra et møte",
        }
        | more,
    )
    return contacts.add_contact(actor=actor, facts=facts, by=OPERATOR, at=NOON)


def talk(actor: Actor, text: str = "Vi snakket om sagflis.", **more: object) -> ContactEntry:
    """A talk with ``actor``, today unless ``happened_on`` says else."""
    facts = contact_log.TalkFacts(
        actor=actor,
        text=text,
        **{"kind": ContactKind.VISIT, "happened_on": TODAY, "ours": None} | more,
    )
    return contact_log.write_up_talk(facts=facts, token=uuid.uuid4(), by=OPERATOR, at=NOON)


def membership(actor: Actor, **more: object) -> Membership:
    """A public membership that everyone may know of."""
    facts = memberships.MembershipFacts(
        **{
            "kind": MembershipKind.PARTNER,
            "valid_from": dt.date(2024, 1, 1),
            "contribution_nok": Decimal("87654.00"),
            "visibility": Visibility.PUBLIC,
        }
        | more
    )
    return memberships.start_membership(actor=actor, facts=facts, by=OPERATOR, at=NOON)


def body(name: str = "Styret", **more: object) -> Body:
    """A body that everyone may see."""
    facts = bodies.BodyFacts(
        **{
            "name": in_each_language(name),
            "kind": BodyKind.BOARD,
            "visibility": Visibility.PUBLIC,
        }
        | more
    )
    return bodies.set_up_body(facts=facts, by=OPERATOR, at=NOON)


def seat(of: Body, actor: Actor, role: SeatRole = SeatRole.MEMBER, **more: object) -> Seat:
    """A seat for ``actor``, since New Year 2025."""
    facts = bodies.SeatFacts(actor=actor, role=role, **{"valid_from": dt.date(2025, 1, 1)} | more)
    return bodies.give_seat(body=of, facts=facts, by=OPERATOR, at=NOON)
