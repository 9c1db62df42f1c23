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
from samskap.trust.models import Role
from samskap.ui.unsent import status_of, typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing
from samskap.workspace.forms.actors import ActorForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samskap.actors.compute.lookalikes import Lookalike
    from samskap.actors.models import Actor
    from samskap.workspace.desk import Desk

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
    row = _one(desk, slug)
    changed = editing(
        request,
        desk,
        row,
        lambda data: ActorForm(data, reader=desk.reader, on=desk.today, actor=row),
    )
    if changed.may_be_kept and (kept := _keep(changed.form, desk, row)):
        messages.success(request, _("%(name)s is saved.") % {"name": kept.name})
        return redirect("workspace:actor", kept.slug)
    page = context(desk, form=changed.form, actor=row, editing=changed)
    return render(request, "workspace/actors/form.html", page, status=changed.status)


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


def _one(desk: Desk, slug: str) -> Actor:
    seen = queries.actors_seen_by(desk.reader).filter(slug=slug)
    found = queries.with_details(seen, reader=desk.reader).first()
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
                actor=row,
                facts=facts,
                by=desk.user,
                at=desk.now,
                source=source,
                reason=form.reason,
            )
    except ValidationError as refused:
        _lay_on(form, refused)
    return None


def _lay_on(form: ActorForm, refused: ValidationError) -> None:
    for field, faults in refused.update_error_dict({}).items():
        form.add_error(field if field in form.fields else None, faults)


def _form_page(
    request: HttpRequest, desk: Desk, form: ActorForm, alike: tuple[Lookalike, ...] = ()
) -> HttpResponse:
    status = status_of(request, form)
    page = context(
        desk,
        form=form,
        actor=form.actor,
        alike=alike,
        seen=" ".join(each.slug for each in alike),
    )
    return render(request, "workspace/actors/form.html", page, status=status)
