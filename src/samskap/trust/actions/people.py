"""Who is known here, and who may sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.trust import audit, rules
from samskap.trust.actions.mandates import PersonErasedError
from samskap.trust.guards import keep_an_administrator, require_impersonal
from samskap.trust.models import Mandate, Party, Person, User

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.kernel.languages import Language
    from samskap.trust.doers import Doer


class AccountAlreadyOpenError(Exception):
    """The person already has an account."""


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
    if person.is_erased:
        raise PersonErasedError(person.key)
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
    require_impersonal(reason, person=person)
    user = _account_of(person)
    if not user.is_active:
        return
    keep_an_administrator(besides=Mandate.objects.filter(person=person))
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
    if person.is_erased:
        raise PersonErasedError(person.key)
    require_impersonal(reason, person=person)
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


def _account_of(person: Person) -> User:
    if person.user_id is None:
        raise User.DoesNotExist(person.key)
    return User.objects.select_for_update().get(pk=person.user_id)
