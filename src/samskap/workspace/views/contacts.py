"""People at an actor, at the desk: keep them, let them leave, forget them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.actors import queries
from samskap.actors.actions import contacts as actions
from samskap.actors.rules import may_keep_contacts
from samskap.trust.models import Role
from samskap.ui.unsent import typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing, standing_of
from samskap.workspace.forms.contacts import ContactForm, LeftForm
from samskap.workspace.views.contact_log import READS_TALKS, lay_on, one_actor
from samskap.workspace.views.simple import Asked, editing_page, form_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from samskap.actors.models import Actor, Contact
    from samskap.workspace.desk import Desk


@at_the_desk(*READS_TALKS)
def contacts(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """List whom we know at an actor, and who has left."""
    actor = one_actor(desk, slug)
    known = queries.contacts_seen_by(desk.reader).filter(actor=actor)
    working = queries.contacts_on(known, desk.today)
    return render(
        request,
        "workspace/contacts/list.html",
        context(
            desk,
            actor=actor,
            working=list(working),
            left=list(known.exclude(pk__in=working.values("pk")).order_by("-left_on", "name")),
            may_keep=may_keep_contacts(desk.user),
        ),
    )


@at_the_desk(Role.SECRETARIAT)
def add(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Keep someone who works at an actor."""
    actor = one_actor(desk, slug)
    form = ContactForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.add_contact(
                actor=actor,
                facts=form.facts(),
                is_demo=settings.DEMO,
                by=desk.user,
                at=desk.now,
            )
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            messages.success(request, _("%(name)s is kept.") % {"name": kept.name})
            return redirect("workspace:contacts", slug)
    title = _("Whom do you know at %(actor)s?") % {"actor": actor.name}
    return form_page(request, desk, form, _asked(actor, title, _("Keep")))


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def edit(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Change what we keep of someone."""
    contact = _working(desk, key)
    changed = editing(request, desk, contact, lambda data: ContactForm(data, contact=contact))
    if changed.may_be_kept:
        form = changed.form
        try:
            actions.edit_contact(contact=contact, facts=form.facts(), by=desk.user, at=desk.now)
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.facts().name})
            return redirect("workspace:contacts", contact.actor.slug)
    title = _("What do we keep of %(name)s?") % {"name": contact.name}
    return editing_page(request, desk, changed, _asked(contact.actor, title, _("Save")))


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def has_left(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Say that someone works there no more."""
    contact = _working(desk, key)
    changed = editing(
        request,
        desk,
        contact,
        lambda data: LeftForm(data, initial={"on": desk.today}),
        told=lambda: standing_of(contact, "name", "role", "left_on"),
    )
    if changed.may_be_kept:
        form = changed.form
        try:
            actions.contact_has_left(
                contact=contact, on=form.cleaned_data["on"], by=desk.user, at=desk.now
            )
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            messages.success(request, _("%(name)s has left.") % {"name": contact.name})
            return redirect("workspace:contacts", contact.actor.slug)
    title = _("When did %(name)s leave?") % {"name": contact.name}
    lede = _("What you talked about stays in the log. Nobody is asked to call them any more.")
    asked = _asked(contact.actor, title, _("They have left"), lede)
    return editing_page(request, desk, changed, asked)


@at_the_desk(Role.SECRETARIAT)
def erase(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Show where someone's name stands, and forget them when asked to."""
    contact = _one(desk, key)
    if request.method == "POST":
        touched = actions.erase_contact(contact=contact, by=desk.user, at=desk.now)
        said = ngettext(
            "They are forgotten. The name was struck out in %(count)s talk.",
            "They are forgotten. The name was struck out in %(count)s talks.",
            touched,
        )
        messages.success(request, said % {"count": touched})
        return redirect("workspace:contacts", contact.actor.slug)
    named = queries.entries_that_may_name(contact, reader=desk.reader)
    facts = context(desk, contact=contact, named=list(named), talks=contact.entries.count())
    return render(request, "workspace/contacts/erase.html", facts)


def _asked(actor: Actor, title: str, send: str, lede: str = "") -> Asked:
    back = reverse("workspace:contacts", args=[actor.slug])
    return Asked(title, send, back, lede=lede, thing=actor, name_of_thing=actor.name)


def _one(desk: Desk, key: UUID) -> Contact:
    seen = queries.contacts_seen_by(desk.reader).select_related("actor")
    found = seen.filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def _working(desk: Desk, key: UUID) -> Contact:
    found = _one(desk, key)
    if found.left_on is not None:
        raise Http404(key)
    return found
