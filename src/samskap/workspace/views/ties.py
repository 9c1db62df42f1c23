"""The ties of an actor at the desk: made, changed, ended, or taken away when they never were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.actors import actions, queries
from samskap.actors.told_us import TOLD_US, source_told_us
from samskap.trust.models import Role
from samskap.ui.unsent import typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing, standing_of
from samskap.workspace.forms.ties import EndTieForm, RemoveTieForm, TieForm
from samskap.workspace.views.simple import Asked, editing_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from samskap.actors.models import Actor, Tie
    from samskap.workspace.desk import Desk


@at_the_desk(Role.SECRETARIAT)
def tie(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Tie the actor to another; a press of the search button only searches."""
    own = _actor(desk, slug)
    form = TieForm(typed(request), desk=desk, own=own)
    if _is_sent(request) and form.is_valid() and _keep(form, desk, None):
        messages.success(request, _("The tie is written down."))
        return redirect("workspace:actor", own.slug)
    return _tie_page(request, desk, form, own)


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def edit(request: HttpRequest, desk: Desk, slug: str, key: UUID) -> HttpResponse:
    """Change what is said of a tie."""
    own = _actor(desk, slug)
    row = _tie(desk, own, key)
    changed = editing(request, desk, row, lambda data: TieForm(data, desk=desk, own=own, tie=row))
    if changed.may_be_kept and _keep(changed.form, desk, row):
        messages.success(request, _("The tie is changed."))
        return redirect("workspace:actor", own.slug)
    page = context(desk, form=changed.form, own=own, tie=row, editing=changed)
    return render(request, "workspace/actors/tie.html", page, status=changed.status)


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def end(request: HttpRequest, desk: Desk, slug: str, key: UUID) -> HttpResponse:
    """Let a tie be over from a day."""
    own = _actor(desk, slug)
    row = _tie(desk, own, key)
    changed = editing(
        request,
        desk,
        row,
        lambda data: EndTieForm(data, initial={"on": desk.today}),
        told=lambda: _standing(row),
    )
    if changed.may_be_kept:
        form = changed.form
        try:
            with transaction.atomic():
                actions.end_tie(tie=row, by=desk.user, at=desk.now, **form.cleaned_data)
        except actions.TieAlreadyEndedError:
            form.add_error("on", _("It is over by then already."))
        except ValidationError as refused:
            form.add_error("on", refused.messages)
        else:
            messages.success(request, _("The tie is ended."))
            return redirect("workspace:actor", own.slug)
    asked = _asked(own, _("When is it over?"), _("End the tie"))
    return editing_page(request, desk, changed, asked)


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def remove(request: HttpRequest, desk: Desk, slug: str, key: UUID) -> HttpResponse:
    """Take away a tie that never was."""
    own = _actor(desk, slug)
    row = _tie(desk, own, key)
    changed = editing(request, desk, row, RemoveTieForm, told=lambda: _standing(row))
    if changed.may_be_kept:
        reason = changed.form.cleaned_data["reason"]
        actions.remove_tie(tie=row, by=desk.user, at=desk.now, reason=reason)
        messages.success(request, _("The tie is taken away. The log keeps what it said."))
        return redirect("workspace:actor", own.slug)
    title = _("Was this tie never there?")
    return editing_page(request, desk, changed, _asked(own, title, _("Take it away")))


def _standing(row: Tie) -> dict[str, tuple[str, str]]:
    return standing_of(row, "kind", "role", "valid_from", "valid_to", "confidence")


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and "find" not in request.POST


def _keep(form: TieForm, desk: Desk, row: Tie | None) -> bool:
    """Let the action take what was typed; lay its refusals on the form."""
    facts = form.facts()
    try:
        with transaction.atomic():
            if facts.source == TOLD_US:
                source_told_us(by=desk.user, at=desk.now)
            if row is None:
                actions.tie_actors(facts=facts, by=desk.user, at=desk.now)
            else:
                actions.edit_tie(
                    tie=row, facts=facts, by=desk.user, at=desk.now, reason=form.reason
                )
    except ValidationError as refused:
        _lay_on(form, refused)
        return False
    return True


def _lay_on(form: Form, refused: ValidationError) -> None:
    for field, faults in refused.update_error_dict({}).items():
        name = "actor" if field in {"from_actor", "to_actor"} else field
        form.add_error(name if name in form.fields else None, faults)


def _actor(desk: Desk, slug: str) -> Actor:
    found = queries.actors_seen_by(desk.reader).filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    return found


def _tie(desk: Desk, own: Actor, key: UUID) -> Tie:
    found = queries.ties_of(own, reader=desk.reader).filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def _asked(own: Actor, title: str, send: str) -> Asked:
    back = reverse("workspace:actor", args=[own.slug])
    return Asked(title=title, send=send, back=back, thing=own, name_of_thing=own.name)


def _tie_page(request: HttpRequest, desk: Desk, form: TieForm, own: Actor) -> HttpResponse:
    is_wrong = form.is_bound and _is_sent(request)
    page = context(desk, form=form, own=own, tie=form.tie)
    status = 422 if is_wrong else 200
    return render(request, "workspace/actors/tie.html", page, status=status)
