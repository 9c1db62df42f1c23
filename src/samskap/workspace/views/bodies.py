"""Boards, councils and groups at the desk: who sits there, until when, and what is vacant."""

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

from samskap.actors import queries
from samskap.actors.actions import bodies as actions
from samskap.actors.compute import bodies as told
from samskap.actors.compute.balance import advise, counsel
from samskap.actors.rules import may_keep_bodies
from samskap.trust.models import Role
from samskap.ui.unsent import status_of, typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing, standing_of
from samskap.workspace.forms.bodies import BodyForm, RenewForm, SeatForm
from samskap.workspace.forms.people import EndForm
from samskap.workspace.views.actors import READS_ACTORS
from samskap.workspace.views.contact_log import lay_on
from samskap.workspace.views.simple import Asked, editing_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from samskap.actors.models import Body, Seat
    from samskap.workspace.desk import Desk


@at_the_desk(*READS_ACTORS)
def bodies(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the bodies, with how many sit there and what is vacant."""
    facts = context(
        desk,
        bodies=told.bodies(reader=desk.reader, on=desk.today),
        may_keep=may_keep_bodies(desk.user),
    )
    return render(request, "workspace/bodies/list.html", facts)


@at_the_desk(*READS_ACTORS)
def body(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Show who sits in a body, for whom, until when, and who could be asked in."""
    sheet = told.body(slug, reader=desk.reader, on=desk.today)
    if sheet is None:
        raise Http404(slug)
    region = queries.home_region(on=desk.today)
    advice = advise(sheet, reader=desk.reader, region=region, on=desk.today) if region else None
    facts = context(
        desk,
        body=sheet,
        counsel=counsel(advice) if advice else None,
        may_keep=may_keep_bodies(desk.user),
    )
    return render(request, "workspace/bodies/body.html", facts)


@at_the_desk(Role.SECRETARIAT)
def set_up(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Set up a body."""
    form = BodyForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.set_up_body(
                # Whoever tries a demonstration invents, whatever they type.
                facts=form.facts(),
                is_demo=settings.DEMO,
                by=desk.user,
                at=desk.now,
            )
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            messages.success(request, _("%(name)s is set up.") % {"name": kept.name})
            return redirect("workspace:body", kept.slug)
    page = context(desk, form=form, body=None)
    return render(request, "workspace/bodies/form.html", page, status=status_of(request, form))


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def edit(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Change what a body is called, what it is for, and who may know of it."""
    row = _body(desk, slug)
    changed = editing(request, desk, row, lambda data: BodyForm(data, body=row))
    if changed.may_be_kept:
        form = changed.form
        try:
            actions.edit_body(
                body=row, facts=form.facts(), by=desk.user, at=desk.now, reason=form.reason
            )
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.facts().name})
            return redirect("workspace:body", slug)
    page = context(desk, form=changed.form, editing=changed, body=row)
    return render(request, "workspace/bodies/form.html", page, status=changed.status)


@at_the_desk(Role.SECRETARIAT)
def give_seat(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Give an actor a seat. ``?role=`` and ``?actor=`` fill them in."""
    row = _body(desk, slug)
    initial = {"valid_from": desk.today, "role": request.GET.get("role", "member")}
    initial["actor"] = request.GET.get("actor", "")
    if "find" in request.POST:
        form = SeatForm(desk=desk, initial=request.POST.dict())
        return _seat_page(request, desk, form, row)
    form = SeatForm(typed(request), desk=desk, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            seat = actions.give_seat(body=row, facts=form.facts(), by=desk.user, at=desk.now)
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            messages.success(request, _("%(name)s has a seat.") % {"name": seat.actor.name})
            return redirect("workspace:body", slug)
    return _seat_page(request, desk, form, row)


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def end_seat(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """End a seat from a day on, and say why."""
    seat = _seat(desk, key)
    changed = editing(
        request,
        desk,
        seat,
        lambda data: EndForm(data, initial={"on": desk.today}),
        told=lambda: _standing(seat),
    )
    if changed.may_be_kept:
        form, said = changed.form, changed.form.cleaned_data
        try:
            ended = actions.end_seat(
                seat=seat, on=said["on"], reason=said["reason"], by=desk.user, at=desk.now
            )
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            done = _("The seat has an end.") if ended else _("The seat is taken back.")
            messages.success(request, done)
            return redirect("workspace:body", seat.body.slug)
    title = _("Shall %(name)s no longer sit there?") % {"name": seat.actor.name}
    return editing_page(request, desk, changed, _asked(seat, title, _("End the seat")))


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def renew_seat(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Give the same actor the same seat for a new term."""
    seat = _seat(desk, key)
    if seat.valid_to is None:
        raise Http404(key)
    as_long_again = seat.valid_to + (seat.valid_to - seat.valid_from)
    changed = editing(
        request,
        desk,
        seat,
        lambda data: RenewForm(data, initial={"until": as_long_again}),
        told=lambda: _standing(seat),
    )
    if changed.may_be_kept:
        form = changed.form
        try:
            actions.renew_seat(
                seat=seat, until=form.cleaned_data["until"], by=desk.user, at=desk.now
            )
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            messages.success(request, _("%(name)s sits on.") % {"name": seat.actor.name})
            return redirect("workspace:body", seat.body.slug)
    title = _("How long shall %(name)s sit on?") % {"name": seat.actor.name}
    lede = _("The new term begins the day this one ends. It is suggested to be as long.")
    return editing_page(request, desk, changed, _asked(seat, title, _("Renew the seat"), lede))


def _standing(seat: Seat) -> dict[str, tuple[str, str]]:
    return standing_of(seat, "role", "person", "valid_from", "valid_to")


def _seat_page(request: HttpRequest, desk: Desk, form: SeatForm, row: Body) -> HttpResponse:
    status = status_of(request, form)
    page = context(desk, form=form, body=row)
    return render(request, "workspace/bodies/seat.html", page, status=status)


def _asked(seat: Seat, title: str, send: str, lede: str = "") -> Asked:
    back = reverse("workspace:body", args=[seat.body.slug])
    return Asked(title, send, back, lede=lede, thing=seat.body, name_of_thing=seat.body.name)


def _body(desk: Desk, slug: str) -> Body:
    found = queries.bodies_seen_by(desk.reader).filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    return found


def _seat(desk: Desk, key: UUID) -> Seat:
    seen = queries.seats_seen_by(desk.reader).select_related("actor", "body", "person")
    found = seen.filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found
