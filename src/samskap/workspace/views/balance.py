"""The balance at the desk: who is here, who is missing, what changed; and the same on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.actors import queries
from samskap.actors.compute.balance import Whom, board_page
from samskap.strategy.keys import Factor
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.views.actors import READS_ACTORS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samskap.workspace.desk import Desk

_ACTOR_PAGE: Final = "workspace:actor"


@require_safe
@at_the_desk(*READS_ACTORS)
def balance(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what is missing where, whom to ask, and what changed, of what this reader may see."""
    asked, doors = _asked(request, desk), _doors()
    try:
        page = actors.balance_page(asked, doors=doors, reader=desk.reader)
    except actors.UnknownScopeError as unknown:
        raise Http404(asked.of) from unknown
    if page is None:
        return render(request, "workspace/balance/missing.html", context(desk))
    facts = actors.balance_context(page, doors=doors) | {"board": _on_paper(asked)}
    if page.body:
        facts["body_page"] = reverse("workspace:body", args=[page.body.slug])
    return render(request, "workspace/balance/balance.html", context(desk, **facts))


@require_safe
@at_the_desk(*READS_ACTORS)
def board(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Lay the balance out for paper: the partners', unless another is asked for."""
    asked = _asked(request, desk, of=Whom.PARTNERS)
    region = queries.home_region(on=desk.today)
    if region is None:
        return render(request, "workspace/balance/missing.html", context(desk))
    try:
        page = board_page(asked, reader=desk.reader, region=region, doors=_doors())
    except actors.UnknownScopeError as unknown:
        raise Http404(asked.of) from unknown
    facts = context(
        desk,
        page=page,
        factors=list(Factor),
        back=reverse("workspace:balance") + actors.balance_address(asked),
        actor_page=_ACTOR_PAGE,
    )
    return render(request, "workspace/balance/board.html", facts)


def _asked(request: HttpRequest, desk: Desk, *, of: str = Whom.ALL) -> actors.BalanceAsked:
    given = request.GET.copy()
    given.setdefault("of", of)
    selection = actors.selection_in(dict(request.GET.lists()))
    return actors.balance_asked(given, selection, on=desk.today)


def _on_paper(asked: actors.BalanceAsked) -> str:
    """Return the address of the same on paper; of everyone we know a board gets the partners."""
    here = reverse("workspace:balance-board")
    said = actors.balance_address(asked)
    is_all = asked.of == Whom.ALL and asked.selection.is_narrowed
    return here + (said.replace("?", f"?of={Whom.ALL}&", 1) if is_all else said)


def _doors() -> actors.Doors:
    return actors.Doors(reverse("workspace:balance"), reverse("workspace:actors"), _ACTOR_PAGE)
