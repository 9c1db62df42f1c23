"""What is done with people, accounts and mandates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.period import valid_on
from samskap.trust import audit, rules
from samskap.trust.models import Mandate, Party, Person, Role, Standing, User

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from samskap.kernel.languages import Language
    from samskap.trust.demo import InventedPerson
    from samskap.trust.doers import Doer


class AccountAlreadyOpenError(Exception):
    """The person already has an account."""


class WrongPartyForCapacityError(Exception):
    """Some capacities are the partnership's own; the others belong to an organisation."""


class MandateAlreadyEndedError(Exception):
    """The mandate ends on that day already, or before it."""


class LastAdministratorError(Exception):
    """Nobody would be left to open accounts."""


class NotADemonstrationError(Exception):
    """Invented people act only for the partnership of a demonstration and invented firms."""


@transaction.atomic
def found_partnership(*, by: Doer, at: datetime) -> Party:
    """Return the party that is the partnership itself; the first call makes it."""
    rules.require(rules.may_keep_accounts, by)
    party, is_new = Party.objects.get_or_create(is_partnership=True)
    if is_new:
        audit.record("party.partnership-founded", about=party, by=by, at=at)
    return party


@transaction.atomic
def register_person(
    *,
    name: str,
    by: Doer,
    at: datetime,
    language: Language = DEFAULT_LANGUAGE,
    is_demo: bool = False,
) -> Person:
    """Write down someone who is to act for a party; ``language`` is what we write to them in."""
    rules.require(rules.may_give_mandate, by)
    person = Person(name=name.strip(), language=language, is_demo=is_demo)
    person.full_clean()
    person.save()
    audit.record("person.registered", about=person, by=by, at=at, changes={"name": []})
    return person


@transaction.atomic
def open_account(
    *,
    person: Person,
    email: str,
    by: Doer,
    at: datetime,
    password: str | None = None,
    is_verified: bool = False,
) -> User:
    """Let ``person`` sign in with ``email``.

    Without a password they choose one by the link that a reset sends them. ``is_verified`` says
    that the address is known to be theirs. Raises ``ValidationError`` when the address is taken.
    """
    rules.require(rules.may_keep_accounts, by)
    if person.user_id is not None:
        raise AccountAlreadyOpenError(person.key)
    user = User.objects.create_user(email, password, is_demo=person.is_demo)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=is_verified)
    person.user = user
    person.save(update_fields=["user"])
    audit.record("account.opened", about=person, by=by, at=at, changes={"email": []})
    return user


@transaction.atomic
def close_account(*, person: Person, by: Doer, at: datetime, reason: str = "") -> None:
    """Let ``person`` in no more; whoever is signed in is out at the next request."""
    rules.require(rules.may_keep_accounts, by)
    user = _account_of(person)
    if not user.is_active:
        return
    _keep_an_administrator(besides=Mandate.objects.filter(person=person), on=_day_of(at))
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(
        "account.closed",
        about=person,
        by=by,
        at=at,
        changes={"is_active": [True, False]},
        reason=reason,
    )


@transaction.atomic
def reopen_account(*, person: Person, by: Doer, at: datetime, reason: str = "") -> None:
    """Let ``person`` in again, with the password and the second factor they had."""
    rules.require(rules.may_keep_accounts, by)
    user = _account_of(person)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(
        "account.reopened",
        about=person,
        by=by,
        at=at,
        changes={"is_active": [False, True]},
        reason=reason,
    )


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
) -> Mandate:
    """Let ``person`` act for ``party`` from ``valid_from`` until, not including, ``valid_to``.

    Raises ``ValidationError`` when the same mandate is held in the same time already, and
    ``WrongPartyForCapacityError`` when the capacity is not of that kind of party.
    """
    rules.require(rules.may_give_mandate_to, by, person, capacity)
    if party.is_partnership != (capacity in rules.FOR_THE_PARTNERSHIP):
        raise WrongPartyForCapacityError(capacity)
    mandate = Mandate(
        person=person,
        party=party,
        capacity=capacity,
        standing=standing or "",
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
    if mandate.valid_to is not None and mandate.valid_to <= on:
        raise MandateAlreadyEndedError(mandate.key)
    _keep_an_administrator(besides=Mandate.objects.filter(pk=mandate.pk), on=on)
    verb, before = "mandate.ended", mandate.valid_to
    changes = {"valid_to": [_iso(before), _iso(on)]}
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
    person, today = Person.objects.get(user=user), _day_of(at)
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


def _day_of(at: datetime) -> date:
    return timezone.localdate(at)


def _account_of(person: Person) -> User:
    if person.user_id is None:
        raise User.DoesNotExist(person.key)
    return User.objects.select_for_update().get(pk=person.user_id)


def _keep_an_administrator(*, besides: QuerySet[Mandate], on: date) -> None:
    """Raise ``LastAdministratorError`` when those who are left on ``on`` can open no account."""
    # Two who close each other at once wait here for one another.
    Party.objects.select_for_update().filter(is_partnership=True).first()
    administrators = Mandate.objects.filter(
        valid_on(on), capacity=Role.ADMINISTRATOR, person__user__is_active=True
    )
    leaving = administrators.filter(pk__in=besides.values("pk"))
    if leaving.exists() and not administrators.exclude(pk__in=besides.values("pk")).exists():
        raise LastAdministratorError


def _facts_of(mandate: Mandate) -> dict[str, str | None]:
    return {
        "person": str(mandate.person.key),
        "capacity": mandate.capacity,
        "standing": mandate.standing,
        "valid_from": mandate.valid_from.isoformat(),
        "valid_to": _iso(mandate.valid_to),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
