"""Erasing a person: what goes and what stays is said before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samskap.trust import actions, queries
from samskap.trust.models import Role
from samskap.trust.privacy.erasures import foretold
from samskap.trust.privacy.subjects import subject_of
from samskap.trust.rules import may_erase
from samskap.ui.unsent import status_of, typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.forms.people import EraseForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from samskap.workspace.desk import Desk


@at_the_desk(Role.ADMINISTRATOR)
def erase(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Ask once, with the name typed in, and then erase."""
    person = queries.people_seen_by(desk.reader).filter(key=key, erased_at=None).first()
    if person is None or not may_erase(desk.user, person):
        raise Http404(key)
    form = EraseForm(typed(request), name=person.name)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_person(person=person, by=desk.user, at=desk.now)
        except actions.LastAdministratorError:
            form.add_error(
                None, _("This is the last administrator. Let someone else be one first.")
            )
        else:
            messages.success(request, _("The person is erased."))
            return redirect("workspace:people")
    foresight = foretold(subject_of(person))
    facts = context(
        desk,
        person=person,
        form=form,
        goes=sorted(foresight.goes.items()),
        stays=foresight.stays,
    )
    status = status_of(request, form)
    return render(request, "workspace/people/erase.html", facts, status=status)
