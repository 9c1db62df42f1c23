"""Talks at the desk: write one up in a minute, and see what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samskap.actors import queries
from samskap.actors.actions import contact_log
from samskap.actors.compute.briefing import with_people
from samskap.actors.rules import may_keep_contacts
from samskap.trust.models import Role
from samskap.ui.unsent import status_of, typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing, standing_of
from samskap.workspace.forms.choosing import may_register, picks
from samskap.workspace.forms.talks import TalkForm, draft_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, QueryDict

    from samskap.actors.models import Actor, ContactEntry
    from samskap.workspace.desk import Desk

PAGE_SIZE: Final = 30
READS_TALKS: Final = (Role.SECRETARIAT, Role.AUDITOR)


# Write --------------------------------------------------------------------------------------------
@at_the_desk(Role.SECRETARIAT)
def write_up(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Write up a talk. ``?actor=`` says with whom, when one comes from its page."""
    wanted = _asked_for(request)
    actor = queries.actors_seen_by(desk.reader).filter(slug=wanted).first() if wanted else None
    form = TalkForm(_typed(request), desk=desk, actor=actor, draft=_searching(request))
    if _is_sent(request) and form.is_valid() and (kept := _keep(form, desk, None)):
        return _kept(request, kept)
    status = status_of(request, form)
    return render(
        request, "workspace/talks/form.html", context(desk, form=form, entry=None), status=status
    )


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def edit(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Correct a talk."""
    entry = _one(desk, key)
    draft = _searching(request)
    changed = editing(
        request,
        desk,
        entry,
        lambda data: TalkForm(
            None if draft else data, desk=desk, entry=entry, draft=None if data is None else draft
        ),
        told=lambda: standing_of(entry, "done_on"),
    )
    if changed.may_be_kept and (kept := _keep(changed.form, desk, entry)):
        return _kept(request, kept)
    page = context(desk, form=changed.form, entry=entry, editing=changed)
    return render(request, "workspace/talks/form.html", page, status=changed.status)


def _kept(request: HttpRequest, entry: ContactEntry) -> HttpResponse:
    messages.success(request, _("The talk is kept."))
    return redirect("workspace:briefing", entry.actor.slug)


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and "find" not in request.POST


def _searching(request: HttpRequest) -> dict[str, Any] | None:
    """Return what is typed so far, when it comes with a search.

    Without a script the search is a button: what was typed comes back with it.
    """
    is_searching = request.method == "POST" and "find" in request.POST
    return draft_of(request.POST, request.POST.getlist) if is_searching else None


def _typed(request: HttpRequest) -> QueryDict | None:
    return None if _searching(request) else typed(request)


def _keep(form: TalkForm, desk: Desk, entry: ContactEntry | None) -> ContactEntry | None:
    try:
        if entry is not None:
            return contact_log.edit_talk(entry=entry, facts=form.facts(), by=desk.user, at=desk.now)
        return contact_log.write_up_talk(
            facts=form.facts(),
            token=form.cleaned_data["token"],
            # Whoever tries a demonstration invents, whatever they type.
            is_demo=settings.DEMO,
            by=desk.user,
            at=desk.now,
        )
    except ValidationError as refused:
        lay_on(form, refused)
    return None


def lay_on(form: Any, refused: ValidationError) -> None:
    """Lay what an action refused on the fields of ``form`` that it is about."""
    for field, faults in refused.update_error_dict({}).items():
        form.add_error(field if field in form.fields else None, faults)


@at_the_desk(Role.SECRETARIAT, Role.ADMINISTRATOR)
def find_actor(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Answer search as you type with the actors to choose from, as a part of a form."""
    query = request.GET.get("q", "")[:100]
    found = picks(query, _asked_for(request), desk)
    return render(
        request,
        "workspace/choose_actor_picks.html",
        {
            "picks": found,
            "chosen": _asked_for(request),
            "query": query,
            # A form without the people who were there asks for the actors alone.
            "bare": "bare" in request.GET,
            "may_register": may_register(desk),
        },
    )


@at_the_desk(Role.SECRETARIAT)
def people_there(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Answer with those who work at the actor that was chosen, as a part of the form."""
    actor = queries.actors_seen_by(desk.reader).filter(slug=_asked_for(request)).first()
    form = TalkForm(desk=desk, actor=actor)
    return render(request, "workspace/talks/people.html", {"form": form})


@require_POST
@at_the_desk(Role.SECRETARIAT)
def remove(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Take a talk out of the log."""
    entry = _one(desk, key)
    contact_log.remove_talk(entry=entry, by=desk.user, at=desk.now)
    messages.success(request, _("The talk is taken out of the log."))
    return redirect("workspace:actor-talks", entry.actor.slug)


# What comes next ----------------------------------------------------------------------------------
@at_the_desk(*READS_TALKS)
def next_steps(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List what we said we would do: mine, or everyone's; what is overdue first."""
    steps = queries.open_steps(queries.contact_entries_seen_by(desk.reader))
    whose = request.GET.get("whose", "mine" if desk.holds(Role.SECRETARIAT) else "all")
    if whose == "mine":
        steps = steps.filter(by__user=desk.user)
    page = Paginator(steps.select_related("actor", "by"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "workspace/talks/next_steps.html",
        context(
            desk,
            page=page,
            whose=whose,
            overdue=steps.filter(next_step_on__lt=desk.today).count(),
            may_keep=may_keep_contacts(desk.user),
        ),
    )


@require_POST
@at_the_desk(Role.SECRETARIAT)
def done(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Say that a step is done; one that was done already stays so."""
    entry = _one(desk, key)
    try:
        contact_log.finish_next_step(entry=entry, by=desk.user, at=desk.now)
        messages.success(request, _("Done: %(step)s") % {"step": entry.next_step})
    except contact_log.NoNextStepError:
        messages.info(request, _("It was done already."))
    return redirect(_back(request))


@require_POST
@at_the_desk(Role.SECRETARIAT)
def reopen(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Say that a step is not done after all."""
    entry = _one(desk, key)
    try:
        contact_log.reopen_next_step(entry=entry, by=desk.user, at=desk.now)
        messages.success(request, _("It is open again: %(step)s") % {"step": entry.next_step})
    except contact_log.NoNextStepError:
        messages.info(request, _("It is open already."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Return the page of ours that the button stood on."""
    wanted = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("workspace:next-steps")


# Read ---------------------------------------------------------------------------------------------
@at_the_desk(*READS_TALKS)
def talks(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List all talks, the newest first."""
    found = queries.contact_entries_seen_by(desk.reader)
    return _list(request, desk, with_people(found), None)


@at_the_desk(*READS_TALKS)
def talks_with(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """List the talks with one actor."""
    actor = one_actor(desk, slug)
    found = queries.contact_entries_seen_by(desk.reader).filter(actor=actor)
    return _list(request, desk, with_people(found), actor)


def _list(request: HttpRequest, desk: Desk, found: Any, actor: Actor | None) -> HttpResponse:
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    may_keep = may_keep_contacts(desk.user)
    facts = context(desk, page=page, actor=actor, may_keep=may_keep)
    return render(request, "workspace/talks/list.html", facts)


def one_actor(desk: Desk, slug: str) -> Actor:
    """Return an actor that whoever sits here may see, or say that it is not found."""
    found = queries.actors_seen_by(desk.reader).filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    return found


def _one(desk: Desk, key: UUID) -> ContactEntry:
    seen = queries.contact_entries_seen_by(desk.reader).select_related("actor", "by")
    found = seen.filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def _asked_for(request: HttpRequest) -> str:
    """Return the actor of the address, without what no database keeps."""
    return request.GET.get("actor", "")[:100].replace("\0", "")
