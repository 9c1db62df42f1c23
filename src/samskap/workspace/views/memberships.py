"""Who belongs to the partnership, at the desk: on what terms, for whom, and what runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samskap.actors import queries
from samskap.actors.actions import memberships as actions
from samskap.actors.choices import Belonging
from samskap.actors.compute.lapsing import what_lapses
from samskap.actors.compute.memberships import history, member, members, representatives
from samskap.actors.rules import may_keep_memberships
from samskap.kernel.files.giving import as_download
from samskap.trust import actions as trust
from samskap.trust.models import Role, Standing
from samskap.ui.unsent import typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing, standing_of
from samskap.workspace.forms.memberships import MembershipForm, RepresentativeForm
from samskap.workspace.forms.people import EndForm
from samskap.workspace.views.actors import READS_ACTORS
from samskap.workspace.views.contact_log import lay_on, one_actor
from samskap.workspace.views.simple import Asked, editing_page, form_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from samskap.actors.models import Actor, Membership
    from samskap.workspace.desk import Desk

READS_TERMS = (Role.SECRETARIAT, Role.AUDITOR)


# Who belongs --------------------------------------------------------------------------------------
@at_the_desk(*READS_ACTORS)
def partners(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List who belongs, who is to, and who did."""
    found = members(reader=desk.reader, on=desk.today)
    by_kind = {kind: [one for one in found if one.belonging == kind] for kind in Belonging}
    holding = by_kind[Belonging.PARTNER] + by_kind[Belonging.OBSERVER]
    paid = [one.terms.contribution_nok for one in holding if one.terms]
    return render(
        request,
        "workspace/memberships/partners.html",
        context(
            desk,
            partners=by_kind[Belonging.PARTNER],
            observers=by_kind[Belonging.OBSERVER],
            coming=by_kind[Belonging.COMING],
            former=by_kind[Belonging.FORMER],
            contributions=sum(amount for amount in paid if amount is not None),
            may_keep=may_keep_memberships(desk.user),
        ),
    )


@at_the_desk(*READS_TERMS)
def lapsing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List what runs out within 90 days, the first to end first."""
    facts = context(
        desk,
        lapses=what_lapses(reader=desk.reader, on=desk.today),
        may_keep=may_keep_memberships(desk.user),
    )
    return render(request, "workspace/memberships/lapsing.html", facts)


@at_the_desk(*READS_ACTORS)
def membership(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Show what an actor is to the partnership, and what it has been."""
    actor = one_actor(desk, slug)
    told = history(slug, reader=desk.reader, on=desk.today)
    acting = representatives([actor.party_id], reader=desk.reader, on=desk.today)
    return render(
        request,
        "workspace/memberships/membership.html",
        context(
            desk,
            actor=actor,
            member=member(slug, reader=desk.reader, on=desk.today),
            history=told,
            acting=acting.get(actor.party_id, []),
            may_keep=may_keep_memberships(desk.user),
            reads_terms=desk.reader.sees_all,
        ),
    )


# Change it ----------------------------------------------------------------------------------------
@at_the_desk(Role.SECRETARIAT)
def start(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Let an actor belong."""
    actor = one_actor(desk, slug)
    form = MembershipForm(typed(request), request.FILES or None, initial={"valid_from": desk.today})
    if request.method == "POST" and form.is_valid() and _start(form, desk, actor):
        messages.success(request, _("%(name)s belongs now.") % {"name": actor.name})
        return redirect("workspace:membership", slug)
    title = _("On what terms does %(name)s belong?") % {"name": actor.name}
    return form_page(request, desk, form, _asked(actor, title, _("Let them belong")))


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def edit(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Change the terms of a membership, or put its agreement in place."""
    row = _one(desk, key)
    changed = editing(
        request,
        desk,
        row,
        lambda data: MembershipForm(
            data, None if data is None else request.FILES or None, membership=row
        ),
        told=lambda: standing_of(row, "agreement_name"),
    )
    if changed.meeting and request.FILES:
        changed.form.ask_for_file_again()
    if changed.may_be_kept and _edit(changed.form, desk, row):
        messages.success(request, _("The terms are saved."))
        return redirect("workspace:membership", row.actor.slug)
    title = _("On what terms does %(name)s belong?") % {"name": row.actor.name}
    return editing_page(request, desk, changed, _asked(row.actor, title, _("Save")))


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def end(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """End a membership from a day on, and say why."""
    row = _one(desk, key)
    changed = editing(
        request,
        desk,
        row,
        lambda data: EndForm(data, initial={"on": desk.today}),
        told=lambda: standing_of(row, "kind", "valid_from", "valid_to"),
    )
    if changed.may_be_kept:
        form, said = changed.form, changed.form.cleaned_data
        try:
            ended = actions.end_membership(
                membership=row, on=said["on"], reason=said["reason"], by=desk.user, at=desk.now
            )
        except ValidationError as refused:
            lay_on(form, refused)
        else:
            done = _("The membership has an end.") if ended else _("The membership is taken back.")
            messages.success(request, done)
            return redirect("workspace:membership", row.actor.slug)
    title = _("Shall %(name)s no longer belong?") % {"name": row.actor.name}
    lede = _("What they are today is kept as history.")
    asked = _asked(row.actor, title, _("End the membership"), lede)
    return editing_page(request, desk, changed, asked)


@require_safe
@at_the_desk(*READS_TERMS)
def agreement(_request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Give the signed agreement as a file to save, never as a page to show."""
    row = _one(desk, key)
    if not row.agreement or not row.agreement.storage.exists(row.agreement.name or ""):
        raise Http404(key)
    with row.agreement.open("rb") as kept:
        return as_download(kept.read(), name=row.agreement_name, kind="application/pdf")


@require_POST
@at_the_desk(Role.SECRETARIAT)
def remove_agreement(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Take the agreement's file away."""
    row = _one(desk, key)
    actions.remove_agreement(membership=row, by=desk.user, at=desk.now)
    messages.success(request, _("The file is taken away."))
    return redirect("workspace:membership", row.actor.slug)


@at_the_desk(Role.SECRETARIAT)
def represent(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Let someone act for a member, or be their substitute."""
    actor = one_actor(desk, slug)
    form = RepresentativeForm(typed(request), desk=desk)
    if request.method == "POST" and form.is_valid() and _let_act(form, desk, actor):
        messages.success(request, _("The mandate is given."))
        return redirect("workspace:membership", slug)
    title = _("Who shall act for %(name)s?") % {"name": actor.name}
    return form_page(request, desk, form, _asked(actor, title, _("Give the mandate")))


def _start(form: MembershipForm, desk: Desk, actor: Actor) -> bool:
    try:
        with transaction.atomic():
            row = actions.start_membership(
                actor=actor,
                facts=form.facts(),
                is_demo=settings.DEMO,
                by=desk.user,
                at=desk.now,
            )
            _attach(form, desk, row)
    except ValidationError as refused:
        _lay_on(form, refused)
        return False
    return True


def _edit(form: MembershipForm, desk: Desk, row: Membership) -> bool:
    try:
        with transaction.atomic():
            actions.edit_membership(
                membership=row, facts=form.facts(), by=desk.user, at=desk.now, reason=form.reason
            )
            _attach(form, desk, row)
    except ValidationError as refused:
        _lay_on(form, refused)
        return False
    return True


def _attach(form: MembershipForm, desk: Desk, row: Membership) -> None:
    content = form.cleaned_data["agreement"]
    if content is not None:
        actions.attach_agreement(
            membership=row, content=content, name=form.file_name, by=desk.user, at=desk.now
        )


def _lay_on(form: MembershipForm, refused: ValidationError) -> None:
    had_file = form.cleaned_data.get("agreement") is not None
    lay_on(form, refused)
    if had_file:
        form.ask_for_file_again()


def _let_act(form: RepresentativeForm, desk: Desk, actor: Actor) -> bool:
    said = form.cleaned_data
    begins, ends = form.period()
    try:
        with transaction.atomic():
            person = form.chosen() or trust.register_person(
                name=said["name"], is_demo=settings.DEMO, by=desk.user, at=desk.now
            )
            trust.give_mandate(
                person=person,
                party=actor.party,
                capacity=Role.PARTNER_REPRESENTATIVE,
                standing=Standing(said["standing"]) if said["standing"] else None,
                is_substitute=said["is_substitute"],
                valid_from=begins,
                valid_to=ends,
                by=desk.user,
                at=desk.now,
            )
    except ValidationError as refused:
        lay_on(form, refused)
        return False
    return True


def _asked(actor: Actor, title: str, send: str, lede: str = "") -> Asked:
    back = reverse("workspace:membership", args=[actor.slug])
    return Asked(title, send, back, lede=lede, thing=actor, name_of_thing=actor.name)


def _one(desk: Desk, key: UUID) -> Membership:
    seen = queries.memberships_seen_by(desk.reader).select_related("actor__party")
    found = seen.filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found
