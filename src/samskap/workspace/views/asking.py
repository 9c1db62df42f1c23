"""Keep what we say of an actor fresh: say that it is right, ask the actor, see what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from samskap.actors import actions, queries
from samskap.actors.compute.freshness import FRESH_MONTHS, facts_of, is_stale
from samskap.actors.models import Confirmed
from samskap.actors.queries.letters import contact_to_ask
from samskap.actors.words import fact_name
from samskap.trust import audit
from samskap.trust.models import Person, Role
from samskap.workspace import trail
from samskap.workspace.desk import at_the_desk, context

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from samskap.actors.models import Actor
    from samskap.workspace.desk import Desk


@require_POST
@at_the_desk(Role.SECRETARIAT)
def confirm(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Say that one fact is right (``fact=phone``), all that are old (``old``), or all of them."""
    row = _one(desk, slug)
    facts = _asked_for(row, request.POST.get("fact", ""), desk)
    if not facts:
        raise Http404(slug)
    actions.confirm_fields(
        actor=row,
        fields=facts,
        source=row.source,
        by_whom=Confirmed.SECRETARIAT,
        on=desk.today,
        by=desk.user,
        at=desk.now,
        person=Person.objects.filter(user=desk.user).first(),
    )
    messages.success(request, _said(facts))
    return redirect("workspace:actor", row.slug)


@at_the_desk(Role.SECRETARIAT)
def ask(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Show who will get the letter, and send it by POST."""
    row = _one(desk, slug)
    contact = contact_to_ask(row, at=desk.now)
    to = contact.email if contact else row.email
    last = queries.letters_seen_by(desk.reader).filter(actor=row).first()
    if request.method == "POST" and to:
        try:
            actions.ask_actor(actor=row, address_of=links_from(request), by=desk.user, at=desk.now)
        except actions.AskedLatelyError:
            messages.warning(request, _("They had a letter in the last two weeks. Wait a little."))
        else:
            messages.success(request, _("The letter to %(to)s is on its way.") % {"to": to})
        return redirect("workspace:actor", row.slug)
    page = context(desk, actor=row, contact=contact, to=to, last=last)
    return render(request, "workspace/actors/ask.html", page)


@at_the_desk(Role.SECRETARIAT, Role.AUDITOR)
def history(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Tell what was done to an actor; a page that asks for a part of itself gets the list alone."""
    row = _one(desk, slug)
    entries = trail.told(
        audit.history_of(row), reader=desk.reader, may_undo=desk.holds(Role.SECRETARIAT)
    )
    is_part = request.headers.get("HX-Request") == "true"
    template = "history_list" if is_part else "history"
    page = context(desk, actor=row, entries=entries)
    return render(request, f"workspace/actors/{template}.html", page)


def links_from(request: HttpRequest) -> Callable[[str, str], str]:
    """Return how to make a letter's link to this site, from its secret and its language."""

    def address_of(secret: str, language: str) -> str:
        with override(language):
            return request.build_absolute_uri(reverse("portal:letter", args=[secret]))

    return address_of


def _one(desk: Desk, slug: str) -> Actor:
    found = (
        queries.actors_seen_by(desk.reader)
        .filter(slug=slug)
        .select_related("source", "place")
        .first()
    )
    if found is None:
        raise Http404(slug)
    return found


def _asked_for(row: Actor, asked: str, desk: Desk) -> tuple[str, ...]:
    if asked == "all":
        related = {name: getattr(row, name).exists() for name in ("industry_codes", "sites")}
        areas = row.focus_areas.exists()
        known = {**related, "focus_areas": areas}
        return tuple(fact for fact in FRESH_MONTHS if known.get(fact, True))
    if asked == "old":
        return tuple(
            origin.field
            for origin in row.origins.order_by("id")
            if is_stale(origin.field, origin.confirmed_on, on=desk.today)
        )
    return facts_of([asked])


def _said(facts: tuple[str, ...]) -> str:
    if len(facts) == 1:
        return _("%(fact)s: confirmed today.") % {"fact": fact_name(facts[0])}
    return ngettext(
        "%(count)s fact is confirmed today.", "%(count)s facts are confirmed today.", len(facts)
    ) % {"count": len(facts)}
