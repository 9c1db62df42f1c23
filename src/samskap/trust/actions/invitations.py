"""Inviting someone to an account: to one address, once, and not for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samskap.trust import audit, rules
from samskap.trust.actions.mandates import PersonErasedError
from samskap.trust.actions.people import AccountAlreadyOpenError
from samskap.trust.invitations import (
    INVITATION_LASTS,
    InvitationNotFoundError,
    InvitationUsedError,
    digest_of,
    new_secret,
    open_invitation,
)
from samskap.trust.models import Invitation, Person, User

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from samskap.trust.doers import Doer


@transaction.atomic
def invite(
    *,
    person: Person,
    email: str,
    send: Callable[[Invitation, str], None],
    by: Doer,
    at: datetime,
) -> Invitation:
    """Invite ``person`` to open an account with ``email``; an invitation before it is withdrawn.

    ``send`` gets the invitation and its secret and queues the letter, in this transaction. Raises
    ``ValidationError`` when an account has the address.
    """
    rules.require(rules.may_invite, by, person)
    _require_free(person, email)
    _withdraw_open(person, at=at)
    secret = new_secret()
    invitation = Invitation(
        person=person,
        email=User.objects.normalize_email(email).lower(),
        digest=digest_of(secret),
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
        invited_by=Person.objects.filter(user=by).first() if isinstance(by, User) else None,
    )
    invitation.full_clean(validate_constraints=False)
    invitation.save()
    audit.record("invitation.sent", about=person, by=by, at=at, changes={"email": []})
    send(invitation, secret)
    return invitation


@transaction.atomic
def withdraw_invitation(*, person: Person, by: Doer, at: datetime) -> bool:
    """Let the open invitation of ``person`` work no more; return whether there was one."""
    rules.require(rules.may_invite, by, person)
    was_open = _withdraw_open(person, at=at)
    if was_open:
        audit.record("invitation.withdrawn", about=person, by=by, at=at)
    return was_open


@transaction.atomic
def accept_invitation(
    *, secret: str, by: Doer, at: datetime, name: str = "", password: str | None = None
) -> User:
    """Open the account that an invitation is for, with ``name`` and ``password`` of their own.

    ``by`` is the installation itself: whoever accepts has no account yet, and the letter has proved
    the address. Without a password they sign in with a service. Raises what ``open_invitation``
    raises, and ``ValidationError``.
    """
    rules.require(rules.may_keep_accounts, by)
    found = open_invitation(secret, at=at)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if invitation.accepted_at is not None:
        raise InvitationUsedError(invitation.key)
    person = Person.objects.select_for_update().get(pk=invitation.person_id)
    _require_still_allowed(invitation, person)
    _require_free(person, invitation.email)
    user = User.objects.create_user(invitation.email, password, is_demo=person.is_demo)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    person.user, person.name = user, name.strip() or person.name
    person.full_clean()
    person.save(update_fields=["user", "name"])
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    changes: dict[str, list[str]] = {"email": [], "name": []}
    audit.record("invitation.accepted", about=person, by=user, at=at, changes=changes)
    return user


def _require_still_allowed(invitation: Invitation, person: Person) -> None:
    """What someone may be has perhaps grown since: whoever invited must be allowed to today."""
    inviter = invitation.invited_by
    if inviter is None:
        return
    if inviter.user is None or not rules.may_invite(inviter.user, person):
        raise InvitationNotFoundError


def _require_free(person: Person, email: str) -> None:
    if person.is_erased:
        raise PersonErasedError(person.key)
    if person.user_id is not None:
        raise AccountAlreadyOpenError(person.key)
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError(_("There is already an account with this address."))


def _withdraw_open(person: Person, *, at: datetime) -> bool:
    waiting = Invitation.objects.filter(person=person, accepted_at=None, withdrawn_at=None)
    return bool(waiting.update(withdrawn_at=at))
