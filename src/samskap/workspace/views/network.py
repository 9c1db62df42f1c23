"""The network at the desk: of all that its reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse

from samskap.actors import public as actors
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.views.actors import READS_ACTORS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samskap.workspace.desk import Desk


@at_the_desk(*READS_ACTORS)
def network(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show how those the address asks for hang together."""
    selection = actors.selection_in(dict(request.GET.lists()))
    asked = actors.network_asked(request.GET, selection)
    page = actors.network_page(asked, actors.asked_of_network(request.GET), reader=desk.reader)
    here = reverse("workspace:network")
    facts = actors.network_context(page, here=here, api=reverse("api:v1:network_of_actors"))
    facts["looks"] = actors.ways_to_look(
        selection, directory=reverse("workspace:actors"), network=here, shown_as="network"
    )
    return render(
        request,
        "workspace/actors/network.html",
        context(desk, **facts, actor_page="workspace:actor", credentials="same-origin"),
    )
