"""For which organisation whoever asks acts, and for which others they could."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samskap.actors import queries as actors
from samskap.trust.access import reader_holding
from samskap.trust.models import Role
from samskap.workspace.accounts import PartyName
from samskap.workspace.desk import at_the_desk
from samskap.workspace.guessing import know_browser
from samskap.workspace.middleware import ACTING_FOR, chosen_party, mandates_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from samskap.actors.models import Actor
    from samskap.trust.access import Held
    from samskap.workspace.desk import Desk


@dataclass(frozen=True, slots=True)
class ActsFor:
    """One of those someone may act for today, in which capacities."""

    key: UUID
    name: PartyName
    capacities: tuple[str, ...]
    is_chosen: bool


def choices_of(request: HttpRequest) -> list[ActsFor]:
    """Return those whoever asks may act for today, the oldest mandate's first.

    One question, however many there are; none for those who act for the partnership alone.
    """
    held, chosen = mandates_of(request), chosen_party(request)
    names = {one.party: PartyName(_("The partnership")) for one in held if one.is_partnerships}
    names |= {one.party_id: PartyName(one.name, one.is_demo) for one in own_actors(request)}
    parties = {one.party: one.party_key for one in held}
    return [
        ActsFor(
            key,
            names.get(party) or PartyName(_("An organisation you may not see")),
            tuple(_capacity(one) for one in held if one.party == party),
            party == chosen,
        )
        for party, key in parties.items()
    ]


def own_actors(request: HttpRequest) -> list[Actor]:
    """Return the organisations whoever asks may act for today, with their places; asked once."""
    found: list[Actor] | None = getattr(request, "own_actors", None)
    if found is None:
        held = mandates_of(request)
        parties = {one.party for one in held if not one.is_partnerships}
        seen = actors.actors_seen_by(reader_holding(held)).filter(party__in=parties)
        found = list(seen.select_related("place")) if parties else []
        request.own_actors = found  # type: ignore[attr-defined]
    return found


@require_POST
@at_the_desk()
def act_for(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Let whoever asks act for another of theirs, until they choose again or sign out.

    Forms drawn before, in another window, are not taken any more: they said another organisation.
    """
    del desk
    wanted = request.POST.get("party", "")
    chosen = next((one for one in mandates_of(request) if str(one.party_key) == wanted), None)
    if chosen is None:
        raise Http404(wanted)
    request.session[ACTING_FOR] = chosen.party
    rotate_token(request)
    know_browser(request, request.user)
    name = next(one.name for one in choices_of(request) if one.is_chosen)
    messages.success(request, _("You act for %(name)s now.") % {"name": name})
    return redirect("workspace:home")


def _capacity(held: Held) -> str:
    role = str(Role(held.capacity).label)
    return _("%(role)s, substitute") % {"role": role} if held.is_substitute else role
