"""Actors at the desk: look them up, register them, keep what is said of them right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samskap.actors import actions, queries
from samskap.actors.compute.duplicates import lookalikes_of
from samskap.actors.told_us import TOLD_US, source_told_us
from samskap.evidence.queries import place_by_code
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.trust import audit
from samskap.trust.models import Role
from samskap.workspace import trail
from samskap.workspace.desk import at_the_desk, context, typed
from samskap.workspace.forms.actors import ActorForm
from samskap.workspace.forms.versions import VERSION, meeting_of, version_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samskap.actors.compute.lookalikes import Lookalike
    from samskap.actors.models import Actor
    from samskap.workspace.desk import Desk
    from samskap.workspace.forms.versions import Meeting

READS_ACTORS: Final = (
    Role.SECRETARIAT,
    Role.PARTNER_REPRESENTATIVE,
    Role.COMPANY_MEMBER,
    Role.BOARD_MEMBER,
    Role.AUDITOR,
)
# The addresses of those that were shown, when one is registered all the same.
SEEN: Final = "seen"


@at_the_desk(Role.SECRETARIAT)
def register(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Register an actor; a form that fails comes back with everything that was typed.

    So does one that tells of somebody much like one we know, until whoever types has seen them.
    """
    form = ActorForm(typed(request), reader=desk.reader, on=desk.today)
    if request.method == "POST" and form.is_valid():
        alike = _unseen_lookalikes(request, form, desk)
        if alike:
            return _form_page(request, desk, form, alike)
        kept = _keep(form, desk, None)
        if kept is not None:
            messages.success(request, _("%(name)s is registered.") % {"name": kept.name})
            return redirect("workspace:actor", kept.slug)
    return _form_page(request, desk, form)


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def edit(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Change what is said of an actor; who saves last sees what another wrote in the meantime."""
    row = _one(desk, slug, is_held=request.method == "POST")
    form = ActorForm(typed(request), reader=desk.reader, on=desk.today, actor=row)
    if request.method == "POST":
        now = ActorForm(reader=desk.reader, on=desk.today, actor=row)
        meeting = meeting_of(form, now, request.POST)
        if meeting is not None:
            return _met(request, desk, row, meeting)
        if form.is_valid() and (kept := _keep(form, desk, row)):
            messages.success(request, _("%(name)s is saved.") % {"name": kept.name})
            return redirect("workspace:actor", kept.slug)
    return _form_page(request, desk, form)


@require_POST
@at_the_desk(Role.SECRETARIAT)
def check_number(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say at once whether a number can be right and whether another actor has it."""
    form = ActorForm(request.POST, reader=desk.reader, on=desk.today)
    form.full_clean()
    faults = form.errors.get("organisation_number")
    number = form.cleaned_data.get("organisation_number", "")
    twin = None
    if number and not faults:
        twin = (
            queries.actors_seen_by(desk.reader)
            .filter(country=request.POST.get("country"), organisation_number=number)
            .exclude(slug=request.POST.get("slug", ""))
            .first()
        )
    return render(
        request,
        "workspace/actors/number_answer.html",
        {"faults": faults, "twin": twin, "is_right": bool(number and not faults and not twin)},
    )


def _unseen_lookalikes(request: HttpRequest, form: ActorForm, desk: Desk) -> tuple[Lookalike, ...]:
    """Return those that look like what was typed, unless all of them were shown before."""
    facts = form.facts()
    place = place_by_code(facts.place.code, on=facts.place.on, country=facts.place.country)
    alike = lookalikes_of(
        name=facts.name.in_language(DEFAULT_LANGUAGE),
        place=place.pk,
        web=facts.more.web or "",
        reader=desk.reader,
    )
    shown = set(request.POST.get(SEEN, "").split())
    return () if {each.slug for each in alike} <= shown else alike


def _one(desk: Desk, slug: str, *, is_held: bool) -> Actor:
    """Return the actor; held until this request is answered, so that a second saver waits."""
    seen = queries.actors_seen_by(desk.reader).filter(slug=slug)
    rows = queries.with_details(seen, reader=desk.reader)
    found = (rows.select_for_update(of=("self",)) if is_held else rows).first()
    if found is None:
        raise Http404(slug)
    return found


@transaction.atomic
def _keep(form: ActorForm, desk: Desk, row: Actor | None) -> Actor | None:
    """Let the action take what was typed; lay its refusals on the form and return nothing."""
    facts = form.facts()
    try:
        with transaction.atomic():
            source = form.cleaned_data.get("changes_source", "")
            if TOLD_US in {facts.source, source}:
                source_told_us(by=desk.user, at=desk.now)
            if row is None:
                return actions.register_actor(facts=facts, by=desk.user, at=desk.now)
            return actions.edit_actor(
                actor=row, facts=facts, by=desk.user, at=desk.now, source=source
            )
    except ValidationError as refused:
        _lay_on(form, refused)
    return None


def _lay_on(form: ActorForm, refused: ValidationError) -> None:
    for field, faults in refused.update_error_dict({}).items():
        form.add_error(field if field in form.fields else None, faults)


def _met(request: HttpRequest, desk: Desk, row: Actor, meeting: Meeting) -> HttpResponse:
    """Draw the form anew with both versions; nothing is saved, and nothing typed is lost."""
    form = ActorForm(meeting.data, reader=desk.reader, on=desk.today, actor=row)
    last = trail.told(audit.history_of(row)[:1], reader=desk.reader)
    page = context(
        desk,
        form=form,
        actor=row,
        version=meeting.data[VERSION],
        meeting=meeting,
        other=last[0].who if last else "",
    )
    return render(request, "workspace/actors/form.html", page, status=409)


def _form_page(
    request: HttpRequest, desk: Desk, form: ActorForm, alike: tuple[Lookalike, ...] = ()
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    version = form.data.get(VERSION, "") if form.is_bound else version_of(form)
    page = context(
        desk,
        form=form,
        actor=form.actor,
        version=version,
        alike=alike,
        seen=" ".join(each.slug for each in alike),
    )
    return render(request, "workspace/actors/form.html", page, status=status)
