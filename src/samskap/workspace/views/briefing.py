"""“Hva vi vet om dem”, at the desk and on a phone in a car park."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from samskap.actors import queries
from samskap.actors.compute.briefing import brief
from samskap.actors.rules import may_keep_contacts
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.views.contact_log import READS_TALKS
from samskap.workspace.words import field_in_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samskap.workspace.desk import Desk


@at_the_desk(*READS_TALKS)
def briefing(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Gather on one page all that is worth knowing of an actor before a visit."""
    seen = queries.actors_seen_by(desk.reader).filter(slug=slug)
    row = queries.with_details(seen, reader=desk.reader).first()
    if row is None:
        raise Http404(slug)
    told = brief(row, reader=desk.reader, on=desk.today)
    return render(
        request,
        "workspace/talks/briefing.html",
        context(
            desk,
            actor=row,
            told=told,
            stale=[(field_in_words("actors.actor", each.field), each) for each in told.stale],
            may_keep=may_keep_contacts(desk.user),
        ),
    )
