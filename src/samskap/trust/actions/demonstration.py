"""The invented people of a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from samskap.kernel.period import valid_on
from samskap.trust import audit, rules
from samskap.trust.actions.mandates import give_mandate
from samskap.trust.actions.people import (
    found_partnership,
    open_account,
    register_person,
    reopen_account,
)
from samskap.trust.models import Mandate, Party, Person, User

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from samskap.trust.demo import InventedPerson
    from samskap.trust.doers import Doer


class NotADemonstrationError(Exception):
    """Invented people act only for the partnership of a demonstration and invented firms."""


@transaction.atomic
def make_demo_accounts(
    *,
    people: Iterable[InventedPerson],
    parties: Mapping[str, Party],
    passwords: Mapping[str, str],
    by: Doer,
    at: datetime,
) -> list[User]:
    """Give each invented person an account and a mandate; run again, it changes only passwords.

    Parameters
    ----------
    people : who, from ``samskap.trust.demo.read_people``
    parties : the invented actors' parties by the actor's key; never a real body's
    passwords : e-mail address to password, made for this installation alone

    Raises ``NotADemonstrationError`` when someone acts for a party that is not in ``parties``.
    """
    rules.require(rules.may_keep_accounts, by)
    partnership = found_partnership(by=by, at=at)
    return [
        _make_demo_account(
            invented,
            _party_of(invented, partnership, parties),
            passwords[invented.email],
            by=by,
            at=at,
        )
        for invented in people
    ]


def _party_of(invented: InventedPerson, partnership: Party, parties: Mapping[str, Party]) -> Party:
    if invented.acts_for is None:
        return partnership
    if invented.acts_for not in parties:
        raise NotADemonstrationError(invented.acts_for)
    return parties[invented.acts_for]


def _make_demo_account(
    invented: InventedPerson, party: Party, password: str, *, by: Doer, at: datetime
) -> User:
    user = User.objects.filter(email__iexact=invented.email, is_demo=True).first()
    if user is None:
        person = register_person(
            name=invented.name, language=invented.language, is_demo=True, by=by, at=at
        )
        user = open_account(
            person=person, email=invented.email, password=password, is_verified=True, by=by, at=at
        )
    person, today = Person.objects.get(user=user), timezone.localdate(at)
    reopen_account(person=person, by=by, at=at)
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record("account.password-changed", about=person, by=by, at=at)
    held = Mandate.objects.filter(valid_on(today), person=person, party=party)
    if not held.filter(capacity=invented.role).exists():
        give_mandate(
            person=person,
            party=party,
            capacity=invented.role,
            standing=invented.standing,
            valid_from=today,
            by=by,
            at=at,
        )
    return user
