"""Bring the invented world of a demonstration in: ties, members, bodies, contacts and talks."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from samskap.actors import rules
from samskap.actors.actions.bodies import BodyFacts, SeatFacts, give_seat, set_up_body
from samskap.actors.actions.contact_log import TalkFacts, finish_next_step, write_up_talk
from samskap.actors.actions.contacts import ContactFacts, add_contact
from samskap.actors.actions.memberships import MembershipFacts, start_membership
from samskap.actors.actions.ties import TieFacts, tie_many
from samskap.actors.models import (
    MUTUAL,
    Actor,
    Basis,
    Body,
    BodyKind,
    Confidence,
    Contact,
    ContactEntry,
    ContactKind,
    Membership,
    MembershipKind,
    SeatRole,
    Tie,
    TieKind,
)
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.loading import Loaded
from samskap.kernel.text import LocalisedText
from samskap.trust.actions import give_mandate, register_person
from samskap.trust.models import Role, Standing, Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from samskap.actors.demonstration import InventedWorld
    from samskap.trust.doers import Doer

# A talk is known by who it was with and what was said, in every demonstration alike.
_TALKS: Final = uuid.UUID("6a1f1b0e-8a0b-4d7e-9d39-0d6c2f1c9b31")


@dataclass(frozen=True)
class _Visit:
    """One run: who does it and when, and the invented actors by their keys."""

    by: Doer
    at: datetime
    source: str

    @cached_property
    def actors(self) -> dict[str, Actor]:
        invented = Actor.objects.filter(is_demo=True).select_related("party").order_by("pk")
        return {actor.slug: actor for actor in invented}

    @property
    def trace(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    def day(self, days: int) -> date:
        """Return the day that is ``days`` after the day of the run."""
        return timezone.localdate(self.at) + dt.timedelta(days=days)


@transaction.atomic
def load_invented_world(*, world: InventedWorld, by: Doer, at: datetime) -> Loaded:
    """Bring in what is missing of ``world``; what is there is left as whoever tries it left it.

    The invented actors are there already. Raises ``KeyError`` when one that is named is not.
    """
    rules.require(rules.may_keep_actors, by)
    visit = _Visit(by, at, world.source)
    ties = _missing_ties(world, visit)
    tie_many(facts=ties, by=by, at=at)
    loaded = Loaded(created=len(ties), unchanged=len(world.ties) - len(ties))
    for load, entries in (
        (_load_membership, world.memberships),
        (_load_body, world.bodies),
        (_load_contact, world.contacts),
        (_load_talk, world.talks),
    ):
        for entry in entries:
            loaded += Loaded(created=1) if load(entry, visit) else Loaded(unchanged=1)
    return loaded


def _missing_ties(world: InventedWorld, visit: _Visit) -> list[TieFacts]:
    """Return what is said of the ties that are not there."""
    there = set(Tie.objects.order_by().values_list("kind", "from_actor", "to_actor"))
    missing = []
    for entry in world.ties:
        tie = _tie(entry, visit)
        told = (tie.kind, tie.from_actor.pk, tie.to_actor.pk)
        if told not in there:
            there.add(told)
            missing.append(tie)
    return missing


def _tie(entry: Mapping[str, Any], visit: _Visit) -> TieFacts:
    kind = TieKind(entry["kind"])
    ends = [visit.actors[entry[name]] for name in ("from", "to")]
    if kind in MUTUAL:
        ends.sort(key=lambda actor: actor.pk)
    return TieFacts(
        kind=kind,
        from_actor=ends[0],
        to_actor=ends[1],
        source=visit.source,
        valid_from=_date(entry.get("since")),
        valid_to=_date(entry.get("until")),
        role=LocalisedText(entry.get("role", {})),
        confidence=Confidence(entry["confidence"]),
        visibility=Visibility(entry.get("visibility", Visibility.PUBLIC)),
        is_demo=True,
    )


def _load_membership(entry: Mapping[str, Any], visit: _Visit) -> bool:
    actor = visit.actors[entry["actor"]]
    if Membership.objects.filter(actor=actor).exists():
        return False
    contribution = entry.get("contribution")
    facts = MembershipFacts(
        kind=MembershipKind(entry["kind"]),
        valid_from=visit.day(entry["since"]),
        valid_to=visit.day(entry["until"]) if "until" in entry else None,
        contribution_nok=None if contribution is None else Decimal(contribution),
        agreement_ends_on=visit.day(entry["agreement-ends"]) if "agreement-ends" in entry else None,
        visibility=Visibility.PUBLIC,
    )
    start_membership(actor=actor, facts=facts, is_demo=True, **visit.trace)
    for name in ("represents", "substitute"):
        if name in entry:
            _give_mandate(actor, entry, name, visit)
    return True


def _give_mandate(actor: Actor, entry: Mapping[str, Any], name: str, visit: _Visit) -> None:
    who, ends = entry[name], entry.get("represents-until")
    person = register_person(name=who["name"], is_demo=True, **visit.trace)
    give_mandate(
        person=person,
        party=actor.party,
        capacity=Role.PARTNER_REPRESENTATIVE,
        standing=Standing(who["standing"]),
        is_substitute=name == "substitute",
        valid_from=visit.day(entry["since"]),
        valid_to=visit.day(ends) if ends is not None and name == "represents" else None,
        **visit.trace,
    )


def _load_body(entry: Mapping[str, Any], visit: _Visit) -> bool:
    if Body.objects.filter(slug=entry["key"]).exists():
        return False
    facts = BodyFacts(
        name=LocalisedText(entry["name"]),
        kind=BodyKind(entry["kind"]),
        purpose=LocalisedText(entry["purpose"]),
        visibility=Visibility(entry["visibility"]),
        slug=entry["key"],
    )
    body = set_up_body(facts=facts, is_demo=True, **visit.trace)
    for seat in entry["seats"]:
        taken = SeatFacts(
            actor=visit.actors[seat["actor"]],
            role=SeatRole(seat["role"]),
            valid_from=visit.day(seat["since"]),
            valid_to=visit.day(seat["until"]) if "until" in seat else None,
        )
        give_seat(body=body, facts=taken, **visit.trace)
    return True


def _load_contact(entry: Mapping[str, Any], visit: _Visit) -> bool:
    actor = visit.actors[entry["actor"]]
    if Contact.objects.filter(actor=actor, name=entry["name"]).exists():
        return False
    facts = ContactFacts(
        name=entry["name"],
        role=entry["role"],
        email=entry.get("email", ""),
        phone=entry.get("phone", ""),
        language=entry.get("language", DEFAULT_LANGUAGE),
        basis=Basis(entry["basis"]),
        source_note=entry["source-note"],
    )
    add_contact(actor=actor, facts=facts, is_demo=True, **visit.trace)
    return True


def _load_talk(entry: Mapping[str, Any], visit: _Visit) -> bool:
    actor = visit.actors[entry["actor"]]
    token = uuid.uuid5(_TALKS, f"{entry['actor']} {entry['text']}")
    if ContactEntry.objects.filter(key=token).exists():
        return False
    happened_on = visit.day(-entry["days-ago"])
    there = Contact.objects.filter(actor=actor, name__in=entry.get("with", ()))
    facts = TalkFacts(
        actor=actor,
        kind=ContactKind(entry["kind"]),
        happened_on=happened_on,
        text=entry["text"],
        ours=None,
        contacts=list(there.order_by("pk")),
        next_step=entry.get("next-step", ""),
        next_step_on=visit.day(entry["due-in"]) if "due-in" in entry else None,
    )
    talk = write_up_talk(facts=facts, token=token, is_demo=True, **visit.trace)
    if "done-after" in entry:
        finish_next_step(entry=talk, **visit.trace)
    return True


def _date(text: str | date | None) -> date | None:
    return dt.date.fromisoformat(text) if isinstance(text, str) else text
