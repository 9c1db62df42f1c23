"""Erasing a person: what says who they are goes, what they did stays under their pseudonym."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext

from samskap.kernel import mail
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.trust import audit, rules
from samskap.trust.actions.mandates import end_mandate
from samskap.trust.guards import keep_an_administrator
from samskap.trust.models import Identity, Invitation, Mandate, Person, User

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.trust.doers import Doer


@transaction.atomic
def erase_person(*, person: Person, by: Doer, at: datetime) -> None:
    """Remove name, addresses, sign-in, sessions and waiting letters of ``person``, for good.

    Mandates end today; those that have been, and the trail, stay with someone who has no name. Run
    again, it changes nothing. Raises ``LastAdministratorError`` for the last administrator.
    """
    rules.require(rules.may_erase, by, person)
    erased = Person.objects.select_for_update().get(pk=person.pk)
    if erased.is_erased:
        return
    keep_an_administrator(besides=Mandate.objects.filter(person=erased))
    # First, so that what goes with the account is not told as something its holder did.
    addresses = _close_for_good(erased.user_id) if erased.user_id else set()
    addresses |= _invited_addresses(erased)
    _end_mandates(erased, by=by, at=at)
    mail.forget(addresses)
    with translation.override(DEFAULT_LANGUAGE):
        erased.name = gettext("Erased person")
    erased.language, erased.erased_at = DEFAULT_LANGUAGE, at
    erased.save(update_fields=["name", "language", "erased_at"])
    audit.record(
        "person.erased",
        about=erased,
        by=by,
        at=at,
        changes={"name": [], "email": []} if addresses else {"name": []},
    )


def _end_mandates(person: Person, *, by: Doer, at: datetime) -> None:
    today = timezone.localdate()
    still_hold = Mandate.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today), person=person)
    for mandate in still_hold.order_by("id"):
        end_mandate(mandate=mandate, on=today, by=by, at=at)


def _invited_addresses(person: Person) -> set[str]:
    """Take every invitation back; return the addresses they went to."""
    invitations = Invitation.objects.filter(person=person)
    addresses = set(invitations.order_by("id").values_list("email", flat=True))
    invitations.delete()
    return addresses


def _close_for_good(account: int) -> set[str]:
    """Empty the account of everything but its pseudonym; return the addresses it had."""
    user = User.objects.select_for_update().get(pk=account)
    known = EmailAddress.objects.filter(user=user)
    addresses = {user.email, *known.order_by("id").values_list("email", flat=True)}
    user.email, user.is_active, user.last_login = _nobodys(user), False, None
    user.set_unusable_password()
    user.save(update_fields=["email", "is_active", "last_login", "password"])
    known.delete()
    Authenticator.objects.filter(user=user).delete()
    Identity.objects.filter(user=user).delete()
    _end_sessions(user)
    return addresses


def _nobodys(user: User) -> str:
    """Return an address that no mail server will ever have (RFC 2606)."""
    return f"{user.pseudonym}@erased.invalid"


def _end_sessions(user: User) -> None:
    """Remove the rows too, not only what they open: they say when and from where one came."""
    own = [
        session.pk
        for session in Session.objects.order_by("pk").iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=own).delete()
