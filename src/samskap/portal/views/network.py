"""Who is who, as a network: a picture, and tables that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.portal.views.directory import selection_asked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show how those the address asks for hang together."""
    asked = actors.network_asked(request.GET, selection_asked(request.GET))
    page = actors.network_page(asked, actors.asked_of_network(request.GET))
    here = reverse("portal:network")
    facts = actors.network_context(page, here=here, api=reverse("api:v1:network_of_actors"))
    facts |= {
        "actor_page": "portal:actor",
        # What a signed-in reader may see besides is for the desk's own page.
        "credentials": "omit",
        "looks": actors.ways_to_look(
            page.asked.actors,
            directory=reverse("portal:directory"),
            network=here,
            shown_as="network",
        ),
    }
    return render(request, "portal/network.html", facts)
