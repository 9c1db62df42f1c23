"""Accounts at the desk: closed, opened again, and rid of a second lock that is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samskap.trust import actions
from samskap.trust.models import Role
from samskap.workspace.desk import at_the_desk
from samskap.workspace.editing import editing
from samskap.workspace.forms.people import ReasonForm
from samskap.workspace.views.people import LOCKS, account_of, known_person, person_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from samskap.trust.models import Person
    from samskap.workspace.desk import Desk
    from samskap.workspace.editing import Editing


@require_POST
@at_the_desk(Role.ADMINISTRATOR)
@transaction.atomic
def close_account(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Let someone in no more."""
    found = known_person(desk, key)
    changed = _about_account(request, desk, found)
    form = changed.form
    if not changed.may_be_kept:
        return person_page(request, desk, found, account=changed)
    try:
        actions.close_account(
            person=found, reason=form.cleaned_data["reason"], by=desk.user, at=desk.now
        )
    except actions.LastAdministratorError:
        form.add_error(None, _("This is the last administrator. Let someone else be one first."))
        return person_page(request, desk, found, account=changed)
    except ValidationError as refused:
        form.add_error("reason", refused)
        return person_page(request, desk, found, account=changed)
    messages.success(request, _("The account is closed. They are out at their next click."))
    return redirect("workspace:person", found.key)


@require_POST
@at_the_desk(Role.ADMINISTRATOR)
@transaction.atomic
def reopen_account(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Let someone in again."""
    found = known_person(desk, key)
    changed = _about_account(request, desk, found)
    form = changed.form
    if not changed.may_be_kept:
        return person_page(request, desk, found, account=changed)
    try:
        actions.reopen_account(
            person=found, reason=form.cleaned_data["reason"], by=desk.user, at=desk.now
        )
    except ValidationError as refused:
        form.add_error("reason", refused)
        return person_page(request, desk, found, account=changed)
    messages.success(request, _("The account is open again."))
    return redirect("workspace:person", found.key)


def _about_account(request: HttpRequest, desk: Desk, found: Person) -> Editing[ReasonForm]:
    """Ask why, beside whether the account is open."""
    return editing(request, desk, found, ReasonForm, told=lambda: account_of(found))


@require_POST
@at_the_desk(Role.ADMINISTRATOR)
def remove_locks(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Let someone who lost their phone in with their password, and tell them so by mail."""
    found, form = known_person(desk, key), ReasonForm(request.POST, prefix=LOCKS)
    if not form.is_valid():
        return person_page(request, desk, found, locks_form=form)
    try:
        with transaction.atomic():
            gone = actions.remove_second_steps(
                person=found, reason=form.cleaned_data["reason"], by=desk.user, at=desk.now
            )
            if gone and found.user is not None:
                get_adapter().send_mail("account/email/locks_removed", found.user.email, {})
    except ValidationError as refused:
        form.add_error("reason", refused)
        return person_page(request, desk, found, locks_form=form)
    messages.success(
        request, _("The second lock is removed. Their password alone opens the account.")
    )
    return redirect("workspace:person", found.key)
