"""The front page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.portal.addresses import directory_address
from samskap.portal.views.actors import coverage_finding
from samskap.portal.views.strategy import model_of
from samskap.strategy import public as strategies
from samskap.strategy.keys import Factor
from samskap.strategy.public import ElementKind
from samskap.ui.drawings import Knot

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_OUTCOMES_SHOWN: Final = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what the partnership wants, who is here, and how to go on."""
    return render(request, "portal/home.html", {**_who_is_here(), **_what_we_want()})


def _who_is_here() -> dict[str, Any]:
    covered = actors.coverage()
    totals = dict(zip(covered.factors, covered.totals, strict=True)) if covered else {}
    counts = {factor.value: totals.get(factor, 0) for factor in Factor}
    hrefs = {factor.value: directory_address(factor=factor.value) for factor in Factor}
    told: dict[str, Any] = {"knot": Knot.of(counts, hrefs)}
    if covered and any(covered.totals):
        rows = covered.municipalities
        told |= {
            "how_many": actors.how_many(),
            "finding": coverage_finding(covered),
            "municipalities": len(rows),
            "covered_in": [
                (factor, sum(1 for row in rows if row.counts[place]))
                for place, factor in enumerate(covered.factors)
            ],
        }
    return told


def _what_we_want() -> dict[str, Any]:
    strategy = strategies.current_strategy()
    if strategy is None:
        return {}
    purpose = strategy.one(ElementKind.PURPOSE)
    return {
        "vision": strategy.one(ElementKind.VISION),
        "purpose": purpose,
        "outcomes": purpose.parts(ElementKind.OUTCOME)[:_OUTCOMES_SHOWN] if purpose else (),
        "roles": strategy.of_kind(ElementKind.ROLE),
        "model": model_of(strategy, in_brief=True),
        "area_count": len(strategy.of_kind(ElementKind.FOCUS_AREA)),
    }
