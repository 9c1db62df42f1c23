"""The people of the tests' world: one for each role, each with an account and a mandate."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator

from samskap.trust import actions, rules
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Party, Role, User

if TYPE_CHECKING:
    from samskap.trust.models import Person

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
PASSWORD = "fersk-rug-og-salt-1814"
# What the authenticator app of anyone here makes its codes from.
APP_KEY = "JBSWY3DPEHPK3PXP"


def partnership() -> Party:
    """The party that is the partnership itself."""
    return actions.found_partnership(by=OPERATOR, at=NOON)


def person_with_account(email: str, *, name: str = "", language: str = "nb") -> Person:
    """Someone who can sign in and holds no mandate."""
    person = actions.register_person(
        name=name or email.partition("@")[0].replace(".", " ").title(),
        language=language,
        by=OPERATOR,
        at=NOON,
    )
    actions.open_account(
        person=person, email=email, password=PASSWORD, is_verified=True, by=OPERATOR, at=NOON
    )
    return person


def someone(role: Role | str, *, party: Party | None = None, since: dt.date | None = None) -> User:
    """An account whose person holds ``role``, for the partnership or an organisation of its own.

    It has the second step that its role asks for.
    """
    role = Role(role)
    person = person_with_account(f"{role}.{User.objects.count()}@samskap.example")
    if party is None:
        party = partnership() if role in rules.FOR_THE_PARTNERSHIP else Party.objects.create()
    actions.give_mandate(
        person=person,
        party=party,
        capacity=role,
        valid_from=since or dt.date(2024, 1, 1),
        by=OPERATOR,
        at=NOON,
    )
    if role in rules.MUST_HAVE_SECOND_STEP:
        add_authenticator_app(person.user)
    return person.user


def add_authenticator_app(user: User) -> Authenticator:
    """Let a code be asked for after the password of ``user``."""
    key = {"secret": APP_KEY}
    added = Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=key)
    user.refresh_from_db(fields=["sign_in_changes"])
    return added
