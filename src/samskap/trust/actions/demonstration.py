"""The invented people of a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samskap.kernel.period import valid_on
from samskap.trust import audit, rules
from samskap.trust.actions.mandates import end_mandate, give_mandate
from samskap.trust.actions.people import (
    close_account,
    found_partnership,
    open_account,
    register_person,
    reopen_account,
)
from samskap.trust.models import Mandate, Party, Person, User

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

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
    no_longer: Iterable[str] = (),
    by: Doer,
    at: datetime,
) -> list[User]:
    """Give each invented person an account and a mandate; run again, it changes what is new.

    Parameters
    ----------
    people : who, from ``samskap.trust.demo.read_people``
    parties : the invented actors' parties by the actor's key; never a real body's
    passwords : e-mail address to password, made for this installation alone
    no_longer : addresses of invented people of before, whose accounts are closed

    Raises ``NotADemonstrationError`` when someone acts for a party that is not in ``parties``.
    """
    rules.require(rules.may_keep_accounts, by)
    partnership = found_partnership(by=by, at=at)
    accounts = [
        _make_demo_account(
            invented,
            _party_of(invented, partnership, parties),
            passwords[invented.email],
            by=by,
            at=at,
        )
        for invented in people
    ]
    for person in Person.objects.filter(is_demo=True, user__email__in=no_longer).order_by("id"):
        close_account(person=person, by=by, at=at)
    return accounts


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
    _call(person, invented, by=by, at=at)
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record("account.password-changed", about=person, by=by, at=at)
    _let_act(person, party, invented, today, by=by, at=at)
    return user


def _call(person: Person, invented: InventedPerson, *, by: Doer, at: datetime) -> None:
    if (person.name, person.language) == (invented.name, invented.language):
        return
    person.name, person.language = invented.name, invented.language
    person.save(update_fields=["name", "language"])
    audit.record("person.edited", about=person, by=by, at=at, changes={"name": [], "language": []})


def _let_act(
    person: Person, party: Party, invented: InventedPerson, today: date, *, by: Doer, at: datetime
) -> None:
    """Let them act as the file says and no longer as it said; what a visitor gave is left alone."""
    held = Mandate.objects.filter(valid_on(today), person=person)
    is_theirs = Q(party=party, capacity=invented.role)
    if not held.filter(is_theirs).exists():
        give_mandate(
            person=person,
            party=party,
            capacity=invented.role,
            standing=invented.standing,
            valid_from=today,
            by=by,
            at=at,
        )
    for mandate in held.exclude(is_theirs).filter(given_by=None).order_by("id"):
        end_mandate(mandate=mandate, on=today, by=by, at=at)
