"""One actor at the desk: all this reader may see of it, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import redirect, render

from samskap.actors import queries
from samskap.actors.compute.fact_rows import fact_sheet
from samskap.actors.compute.page import page_of
from samskap.actors.models import SuggestionState
from samskap.trust.models import Role, Visibility
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.views.actors import READS_ACTORS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samskap.actors.models import Actor
    from samskap.workspace.desk import Desk


@at_the_desk(*READS_ACTORS)
def actor(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Show an actor; the address of one that was merged leads to the one that was kept."""
    row = _one(desk, slug)
    if row is None:
        kept = queries.kept_instead_of(slug, reader=desk.reader)
        if kept is None:
            raise Http404(slug)
        return redirect("workspace:actor", kept.slug, permanent=True)
    told: Any = row
    page = page_of(row, reader=desk.reader, on=desk.today, with_around=False)
    return render(
        request,
        "workspace/actors/actor.html",
        context(
            desk,
            page=page,
            whole=page.whole,
            actor=page.whole.line,
            facts=fact_sheet(page.whole),
            visibility=row.get_visibility_display(),
            waiting=told.waiting if desk.reader.sees_all else 0,
            last_letter=told.last_letter if desk.reader.sees_all else None,
            may_keep=desk.holds(Role.SECRETARIAT),
            each="each" in request.GET,
            is_public=row.visibility == Visibility.PUBLIC,
            reads_trail=desk.reader.sees_all,
            row_key=row.key,
        ),
    )


def _one(desk: Desk, slug: str) -> Actor | None:
    seen = queries.actors_seen_by(desk.reader).filter(slug=slug)
    return (
        queries.with_everything(seen, reader=desk.reader)
        .annotate(
            waiting=Count(
                "suggestions",
                filter=Q(suggestions__state=SuggestionState.WAITING),
                distinct=True,
            ),
            last_letter=Max("confirmation_letters__sent_at"),
        )
        .first()
    )
