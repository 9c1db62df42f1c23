"""Who acts for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from samskap.trust import audit, rules
from samskap.trust.guards import keep_an_administrator, require_impersonal
from samskap.trust.models import Mandate, Party, Person, Role, Standing, User

if TYPE_CHECKING:
    from datetime import date, datetime

    from samskap.trust.doers import Doer


class WrongPartyForCapacityError(Exception):
    """Some capacities are the partnership's own; the others belong to an organisation."""


class PersonErasedError(Exception):
    """The person was erased, and nothing more can be done with them."""


class MandateAlreadyEndedError(Exception):
    """The mandate ends on that day already, or before it."""


@transaction.atomic
def give_mandate(
    *,
    person: Person,
    party: Party,
    capacity: Role,
    valid_from: date,
    by: Doer,
    at: datetime,
    valid_to: date | None = None,
    standing: Standing | None = None,
    is_substitute: bool = False,
) -> Mandate:
    """Let ``person`` act for ``party`` from ``valid_from`` until, not including, ``valid_to``.

    A substitute acts when the one who else does cannot; what they may open is the same.

    Raises ``ValidationError`` when the same mandate is held in the same time already,
    ``WrongPartyForCapacityError`` when the capacity is not of that kind of party, and
    ``PersonErasedError``.
    """
    rules.require(rules.may_give_mandate_to, by, person, capacity)
    if person.is_erased:
        raise PersonErasedError(person.key)
    if party.is_partnership != (capacity in rules.FOR_THE_PARTNERSHIP):
        raise WrongPartyForCapacityError(capacity)
    mandate = Mandate(
        person=person,
        party=party,
        capacity=capacity,
        standing=standing or "",
        is_substitute=is_substitute,
        valid_from=valid_from,
        valid_to=valid_to,
        given_by=Person.objects.filter(user=by).first() if isinstance(by, User) else None,
    )
    mandate.full_clean()
    mandate.save()
    audit.record(
        "mandate.given",
        about=mandate,
        by=by,
        at=at,
        on_behalf_of=party,
        changes={name: [None, fact] for name, fact in _facts_of(mandate).items()},
    )
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, on: date, by: Doer, at: datetime, reason: str = "") -> None:
    """Let ``mandate`` hold until, not including, ``on``.

    One that has not lasted a day by then is taken back: its row goes, the log keeps it.
    """
    rules.require(rules.may_give_mandate_to, by, mandate.person, Role(mandate.capacity))
    require_impersonal(reason, person=mandate.person)
    # Two at once: the second waits, and sees what the first one left, or that nothing is left.
    mandate = _locked(mandate)
    if mandate.valid_to is not None and mandate.valid_to <= on:
        raise MandateAlreadyEndedError(mandate.key)
    keep_an_administrator(besides=Mandate.objects.filter(pk=mandate.pk), on=on)
    verb, before = "mandate.ended", mandate.valid_to
    changes: dict[str, list[str | bool | None]] = {"valid_to": [_iso(before), _iso(on)]}
    if on <= mandate.valid_from:
        verb = "mandate.taken-back"
        changes = {name: [fact, None] for name, fact in _facts_of(mandate).items()}
    audit.record(
        verb,
        about=mandate,
        by=by,
        at=at,
        on_behalf_of=mandate.party,
        changes=changes,
        reason=reason,
    )
    if on <= mandate.valid_from:
        mandate.delete()
        return
    mandate.valid_to = on
    mandate.full_clean()
    mandate.save(update_fields=["valid_to"])


def _locked(mandate: Mandate) -> Mandate:
    locked = Mandate.objects.select_for_update(of=("self",)).select_related("person", "party")
    found = locked.filter(pk=mandate.pk).first()
    if found is None:
        raise MandateAlreadyEndedError(mandate.key)
    return found


def _facts_of(mandate: Mandate) -> dict[str, str | bool | None]:
    facts: dict[str, str | bool | None] = {
        "person": str(mandate.person.key),
        "capacity": mandate.capacity,
        "standing": mandate.standing,
        "valid_from": mandate.valid_from.isoformat(),
        "valid_to": _iso(mandate.valid_to),
    }
    return facts | {"is_substitute": True} if mandate.is_substitute else facts


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
