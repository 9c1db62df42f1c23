"""Set up boards, councils and groups, and say who sits there for how long."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samskap.actors import rules
from samskap.actors.models import Body, Seat, SeatRole
from samskap.kernel.folding import slug_of
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.loading import differences, first_values, plain
from samskap.kernel.text import LocalisedText
from samskap.trust import audit
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from samskap.actors.models import Actor, BodyKind
    from samskap.trust.doers import Doer
    from samskap.trust.models import Person

_SLUG_LENGTH: Final = 64
# One at a time in a body.
_FOR_ONE: Final = frozenset({SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR})


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a body is. ``slug`` is its key in addresses; left empty it is made from the name."""

    name: LocalisedText
    kind: BodyKind
    purpose: LocalisedText = field(default_factory=LocalisedText)
    visibility: Visibility = Visibility.SECRETARIAT
    slug: str = ""


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """Which actor sits as what, until and not including ``valid_to``; ``person`` may be unknown."""

    actor: Actor
    role: SeatRole
    valid_from: date
    valid_to: date | None = None
    person: Person | None = None


@transaction.atomic
def set_up_body(*, facts: BodyFacts, by: Doer, at: datetime, is_demo: bool = False) -> Body:
    """Set up a body without seats. Raises ``ValidationError`` when its key is another's."""
    rules.require(rules.may_keep_bodies, by)
    fields = _fields(facts)
    body = Body(slug=facts.slug or _free_slug(facts), is_demo=is_demo, **fields)
    body.full_clean()
    body.save()
    audit.record("body.set-up", about=body, by=by, at=at, changes=first_values(fields))
    return body


@transaction.atomic
def edit_body(*, body: Body, facts: BodyFacts, by: Doer, at: datetime, reason: str = "") -> Body:
    """Let ``body`` be as ``facts`` say, under the address it has; no trace when it was so."""
    rules.require(rules.may_keep_bodies, by)
    body = Body.objects.select_for_update().get(pk=body.pk)
    changes = differences(body, _fields(facts))
    if not changes:
        return body
    for name, value in _fields(facts).items():
        setattr(body, name, value)
    body.full_clean()
    body.save()
    verb = audit.verb_of_edit("body.edited", changes)
    audit.record(verb, about=body, by=by, at=at, changes=changes, reason=reason)
    return body


@transaction.atomic
def give_seat(*, body: Body, facts: SeatFacts, by: Doer, at: datetime) -> Seat:
    """Give ``facts.actor`` a seat for a term.

    Raises ``ValidationError`` when it has that seat already in the time, when another is chair
    (or deputy chair) then, or when the term ends before it begins.
    """
    rules.require(rules.may_keep_bodies, by)
    # Two at once: the second waits, and sees the seat that the first one gave.
    body = Body.objects.select_for_update().get(pk=body.pk)
    seat = Seat(
        body=body,
        actor=facts.actor,
        person=facts.person,
        role=facts.role,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
    )
    _check(seat)
    seat.save()
    audit.record("seat.given", **_of(seat), by=by, at=at, changes=first_values(_told(seat)))
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, on: date, by: Doer, at: datetime, reason: str = "") -> Seat | None:
    """Let ``seat`` hold until, not including, ``on``.

    One that has not lasted a day by then is taken back, and nothing is returned. Raises
    ``ValidationError`` when it ends by ``on`` already.
    """
    rules.require(rules.may_keep_bodies, by)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("actor").get(pk=seat.pk)
    if seat.valid_to is not None and seat.valid_to <= on:
        raise ValidationError({"on": _("It ends by then already. Choose an earlier day.")})
    if on <= seat.valid_from:
        changes = {
            name: [fact, None] for name, (_nothing, fact) in first_values(_told(seat)).items()
        }
        audit.record("seat.taken-back", **_of(seat), by=by, at=at, changes=changes, reason=reason)
        seat.delete()
        return None
    before, seat.valid_to = seat.valid_to, on
    seat.save(update_fields=["valid_to"])
    changes = {"valid_to": [plain(before), plain(on)]}
    audit.record("seat.ended", **_of(seat), by=by, at=at, changes=changes, reason=reason)
    return seat


@transaction.atomic
def renew_seat(*, seat: Seat, until: date | None, by: Doer, at: datetime) -> Seat:
    """Give the same actor the same seat for a new term, from the day the old one ends.

    Raises ``ValidationError`` when the old term has no end, or the seat is taken in the new one.
    """
    rules.require(rules.may_keep_bodies, by)
    if seat.valid_to is None:
        raise ValidationError(_("This term has no end, so there is nothing to renew."))
    facts = SeatFacts(
        actor=seat.actor,
        role=SeatRole(seat.role),
        valid_from=seat.valid_to,
        valid_to=until,
        person=seat.person,
    )
    return give_seat(body=seat.body, facts=facts, by=by, at=at)


def _check(seat: Seat) -> None:
    if seat.valid_to is not None and seat.valid_to <= seat.valid_from:
        raise ValidationError(
            {"valid_to": _("A term ends after the day it begins. Choose a later day.")}
        )
    taken = _in_the_same_time(seat).filter(role=seat.role)
    if taken.filter(actor=seat.actor, person=seat.person).exists():
        raise ValidationError(_("They hold that seat already in that time. End it first."))
    if seat.role in _FOR_ONE and taken.exists():
        raise ValidationError(
            {"role": _("Another holds that role in that time. End it first, or choose other days.")}
        )
    seat.full_clean()


def _in_the_same_time(seat: Seat) -> QuerySet[Seat]:
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gt=seat.valid_from)
    others = Seat.objects.filter(goes_on, body=seat.body)
    return others.filter(valid_from__lt=seat.valid_to) if seat.valid_to else others


def _fields(facts: BodyFacts) -> dict[str, Any]:
    if facts.visibility == Visibility.PARTY:
        raise ValidationError(
            {"visibility": _("A body is for more than one organisation. Choose another.")}
        )
    return {
        "name": facts.name,
        "kind": facts.kind,
        "purpose": facts.purpose,
        "visibility": facts.visibility,
    }


def _free_slug(facts: BodyFacts) -> str:
    base = slug_of(facts.name.in_language(DEFAULT_LANGUAGE))[:_SLUG_LENGTH] or str(facts.kind)
    taken = set(Body.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    names = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken)


def _told(seat: Seat) -> dict[str, Any]:
    return {
        "actor": seat.actor,
        "role": seat.role,
        "person": seat.person,
        "valid_from": seat.valid_from,
        "valid_to": seat.valid_to,
    }


def _of(seat: Seat) -> dict[str, Any]:
    """A seat is told of as a part of its body: one that was taken back has no row."""
    return {"about": seat.body, "on_behalf_of": seat.actor.party}
