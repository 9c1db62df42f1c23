"""Inviting someone to an account, and accepting: with a password, or with a sign-in service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from samskap.trust.invitations import (
    INVITATION_LASTS,
    InvitationExpiredError,
    InvitationNotFoundError,
    InvitationUsedError,
    open_invitation,
)
from samskap.ui.unsent import status_of, typed
from samskap.workspace.desk import at_the_desk
from samskap.workspace.forms.invitations import AcceptForm, InviteForm
from samskap.workspace.throttles import is_too_often, throttled
from samskap.workspace.views.people import KEEPS_PEOPLE, known_person, person_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from samskap.trust.models import Invitation
    from samskap.workspace.desk import Desk


@require_POST
@at_the_desk(*KEEPS_PEOPLE)
def invite(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Send someone the letter with which they open an account."""
    person, form = known_person(desk, key), InviteForm(request.POST)
    if not form.is_valid():
        return person_page(request, desk, person, invite_form=form)
    email = form.cleaned_data["email"]
    if is_too_often(request, "invite", about=email.lower()):
        form.add_error(None, _("That is many invitations in a short time. Try again in an hour."))
        return person_page(request, desk, person, invite_form=form)
    try:
        actions.invite(person=person, email=email, send=_letter(request), by=desk.user, at=desk.now)
    except actions.AccountAlreadyOpenError:
        messages.info(request, _("%(name)s has an account already.") % {"name": person.name})
    except ValidationError as refused:
        for fault in refused.messages:
            form.add_error("email", fault)
        return person_page(request, desk, person, invite_form=form)
    else:
        message = _("The invitation is on its way to %(email)s.")
        messages.success(request, message % {"email": email})
    return redirect("workspace:person", person.key)


@require_POST
@at_the_desk(*KEEPS_PEOPLE)
def withdraw(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Let an invitation that was sent open nothing."""
    person = known_person(desk, key)
    if actions.withdraw_invitation(person=person, by=desk.user, at=desk.now):
        messages.success(request, _("The invitation is withdrawn. Its link opens nothing."))
    return redirect("workspace:person", person.key)


@never_cache
@sensitive_post_parameters("password")
@throttled("invitation")
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Open the account that the letter is about, with a name and a password of one's own."""
    try:
        invitation = open_invitation(secret, at=timezone.now())
    except InvitationExpiredError:
        return _closed(request, "expired")
    except InvitationUsedError:
        return _closed(request, "used")
    except InvitationNotFoundError:
        return _closed(request, "unknown")
    if request.user.is_authenticated:
        return _closed(request, "somebody-else", invitation)
    form = AcceptForm(
        typed(request), email=invitation.email, initial={"name": invitation.person.name}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _opened(request, secret, form)
        except ValidationError as refused:
            form.add_error(None, refused)
    facts = {"form": form, "invitation": invitation, "invitation_secret": secret}
    status = status_of(request, form)
    return render(request, "account/invitation.html", facts, status=status)


def _opened(request: HttpRequest, secret: str, form: AcceptForm) -> HttpResponse:
    said = form.cleaned_data
    user = actions.accept_invitation(
        secret=secret,
        name=said["name"],
        password=said["password"],
        by=OPERATOR,
        at=timezone.now(),
    )
    record_authentication(request, user, "password", email=user.email)
    messages.success(request, _("Your account is open."))
    response: HttpResponse = perform_login(request, Login(user=user))
    return response


def _closed(request: HttpRequest, why: str, invitation: Invitation | None = None) -> HttpResponse:
    facts = {"why": why, "invitation": invitation}
    status = 409 if why == "somebody-else" else 410
    return render(request, "account/invitation_closed.html", facts, status=status)


def _letter(request: HttpRequest) -> Callable[[Invitation, str], None]:
    """Return what queues the letter of an invitation, in its reader's language."""

    def send(invitation: Invitation, secret: str) -> None:
        with override(invitation.person.language):
            address = request.build_absolute_uri(reverse("account_invitation", args=[secret]))
        facts = {
            "invitation": invitation,
            "address": address,
            "days": INVITATION_LASTS.days,
            "language": invitation.person.language,
        }
        get_adapter().send_mail("account/email/invitation", invitation.email, facts)

    return send
