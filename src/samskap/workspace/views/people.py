"""People, accounts and mandates: who is let in, and who acts for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samskap.trust import actions, queries
from samskap.trust.models import Role, Standing
from samskap.trust.rules import (
    may_erase,
    may_give_mandate_to,
    may_invite,
    may_keep_accounts,
    may_remove_second_steps,
)
from samskap.ui.unsent import status_of, typed
from samskap.workspace import accounts
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import drawn, editing, standing_of
from samskap.workspace.forms.invitations import InviteForm
from samskap.workspace.forms.people import EndForm, MandateForm, PersonForm, ReasonForm

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from samskap.trust.models import Mandate, Person
    from samskap.workspace.desk import Desk
    from samskap.workspace.editing import Editing

PAGE_SIZE: Final = 50
LOCKS: Final = "locks"
KEEPS_PEOPLE: Final = (Role.SECRETARIAT, Role.ADMINISTRATOR)


@at_the_desk(*KEEPS_PEOPLE)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List everyone, with their account and what they act as."""
    query = request.GET.get("q", "").replace("\0", "").strip()
    found = queries.people_seen_by(desk.reader).filter(erased_at=None)
    if query:
        found = found.filter(name__icontains=query)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = found.filter(pk__in=[person.pk for person in page])
    return render(
        request,
        "workspace/people/list.html",
        context(
            desk,
            page=page,
            lines=accounts.lines(shown, reader=desk.reader, on=desk.today),
            query=query,
        ),
    )


@at_the_desk(*KEEPS_PEOPLE)
def register(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Register someone who is to act for an organisation."""
    form = PersonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        found = actions.register_person(
            name=said["name"],
            language=said["language"],
            # Whoever tries a demonstration invents, whatever they type.
            is_demo=settings.DEMO,
            by=desk.user,
            at=desk.now,
        )
        messages.success(request, _("%(name)s is registered.") % {"name": found.name})
        return redirect("workspace:person", found.key)
    status = status_of(request, form)
    return render(request, "workspace/people/new.html", context(desk, form=form), status=status)


@at_the_desk(*KEEPS_PEOPLE)
def person(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Show one person: account, mandates, and what can be done with them."""
    return person_page(request, desk, _person(desk, key))


@require_POST
@at_the_desk(*KEEPS_PEOPLE)
def give_mandate(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Let someone act for an organisation."""
    found = known_person(desk, key)
    if "find" in request.POST:
        found_again = MandateForm(desk=desk, initial=request.POST.dict())
        return person_page(request, desk, found, mandate_form=found_again)
    form = MandateForm(request.POST, desk=desk)
    if not form.is_valid():
        return person_page(request, desk, found, mandate_form=form)
    said = form.cleaned_data
    try:
        actions.give_mandate(
            person=found,
            party=form.chosen_party(),
            capacity=Role(said["capacity"]),
            standing=Standing(said["standing"]) if said["standing"] else None,
            is_substitute=said["is_substitute"],
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            by=desk.user,
            at=desk.now,
        )
    except ValidationError as refused:
        for fault in refused.messages:
            form.add_error(None, fault)
        return person_page(request, desk, found, mandate_form=form)
    messages.success(request, _("The mandate is given."))
    return redirect("workspace:person", found.key)


@at_the_desk(*KEEPS_PEOPLE)
@transaction.atomic
def end_mandate(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """End a mandate from a day on, and say why."""
    mandate = _mandate(desk, key)
    changed = editing(
        request,
        desk,
        mandate,
        lambda data: EndForm(data, initial={"on": desk.today}),
        told=lambda: standing_of(mandate, "capacity", "valid_from", "valid_to"),
    )
    form = changed.form
    if changed.may_be_kept and _end(form, desk, mandate):
        messages.success(request, _how_it_ended(mandate, form.cleaned_data["on"], desk.today))
        return redirect("workspace:person", mandate.person.key)
    names = accounts.party_names([mandate.party], reader=desk.reader)
    facts = context(
        desk,
        form=form,
        editing=changed,
        mandate=mandate,
        party_name=names[mandate.party_id],
    )
    return render(request, "workspace/people/end_mandate.html", facts, status=changed.status)


def _end(form: EndForm, desk: Desk, mandate: Mandate) -> bool:
    said = form.cleaned_data
    try:
        actions.end_mandate(
            mandate=mandate, on=said["on"], reason=said["reason"], by=desk.user, at=desk.now
        )
    except actions.LastAdministratorError:
        form.add_error(None, _("This is the last administrator. Let someone else be one first."))
    except actions.MandateAlreadyEndedError:
        form.add_error("on", _("The mandate ends by then already. Choose an earlier day."))
    except ValidationError as refused:
        form.add_error("reason", refused)
    else:
        return True
    return False


def _how_it_ended(mandate: Mandate, on: date, today: date) -> str:
    if on <= mandate.valid_from:
        return _("The mandate is taken back.")
    if on <= today:
        return _("The mandate has ended.")
    return _("The mandate has an end date now.")


def _person(desk: Desk, key: UUID) -> Person:
    found = queries.people_seen_by(desk.reader).select_related("user").filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def known_person(desk: Desk, key: UUID) -> Person:
    """Return someone with whom something can be done: one who is erased is nobody's to change."""
    found = _person(desk, key)
    if found.is_erased:
        raise Http404(key)
    return found


def _mandate(desk: Desk, key: UUID) -> Mandate:
    seen = queries.mandates_seen_by(desk.reader).select_related("person", "party")
    found = seen.filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def person_page(
    request: HttpRequest,
    desk: Desk,
    found: Person,
    *,
    invite_form: InviteForm | None = None,
    account: Editing[ReasonForm] | None = None,
    locks_form: ReasonForm | None = None,
    mandate_form: MandateForm | None = None,
) -> HttpResponse:
    """Draw the page of ``found``; one with a form that is not right answers 422."""
    forms: list[Form | None] = [invite_form, locks_form, mandate_form]
    account = account or drawn(ReasonForm(), account_of(found))
    is_own = found.user_id == desk.user.pk
    facts: dict[str, Any] = {
        "person": found,
        "mandates": _mandates(desk, found),
        "may_keep_accounts": may_keep_accounts(desk.user),
        "may_erase": may_erase(desk.user, found),
        "is_own": is_own,
        "may_invite": may_invite(desk.user, found),
        "invitation": queries.open_invitation_of(found),
        "invite_form": invite_form or InviteForm(),
        "account": account,
        "may_remove_locks": may_remove_second_steps(desk.user, found)
        and found.user is not None
        and queries.has_second_step(found.user),
        "locks_form": locks_form or ReasonForm(prefix=LOCKS),
        "mandate_form": mandate_form or MandateForm(desk=desk),
    }
    status = 422 if any(form and form.is_bound for form in forms) else account.status
    return render(request, "workspace/people/person.html", context(desk, **facts), status=status)


def account_of(found: Person) -> dict[str, tuple[str, str]]:
    """Return whether the account of ``found`` is open, as a page says it."""
    return standing_of(found.user, "is_active") if found.user else {}


def _mandates(desk: Desk, found: Person) -> list[dict[str, Any]]:
    rows = list(
        queries.mandates_seen_by(desk.reader)
        .filter(person=found)
        .select_related("party", "given_by")
        .order_by("-valid_from", "id")
    )
    names = accounts.party_names((row.party for row in rows), reader=desk.reader)
    return [
        {
            "mandate": row,
            "party": names[row.party_id],
            "is_over": row.valid_to is not None and row.valid_to <= desk.today,
            "is_ahead": row.valid_from > desk.today,
            "may_end": may_give_mandate_to(desk.user, found, Role(row.capacity)),
        }
        for row in rows
    ]
