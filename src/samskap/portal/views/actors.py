"""How the region is covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.kernel.text import inside_a_sentence
from samskap.portal.addresses import directory_address

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django_htmx.middleware import HtmxDetails

    from samskap.strategy.keys import Factor

    class HtmxRequest(HttpRequest):
        """A request that knows whether the page itself is asking for a part."""

        htmx: HtmxDetails


_LONGEST_QUERY: Final = 100
_THINNEST_SHOWN: Final = 3


# Coverage -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Cell:
    """How many there are of a factor in a place, and the list of them."""

    factor: Factor
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One place and its five cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class GapInWords:
    """A missing factor as a sentence, and those to ask about it."""

    factor: Factor
    sentence: str
    ask: tuple[actors.ActorLine, ...]


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show which factors are present where, what is missing, and whom to ask."""
    covered = actors.coverage(on=timezone.localdate())
    if covered is None:
        return render(request, "portal/coverage_missing.html")
    return render(
        request,
        "portal/coverage.html",
        {
            "title": coverage_finding(covered),
            "factors": covered.factors,
            "municipalities": [_row(covered, row) for row in covered.municipalities],
            "wider": [_row(covered, row) for row in (covered.whole_county, covered.beyond)],
            "totals": list(zip(covered.factors, covered.totals, strict=True)),
            "gaps": [_in_words(covered, gap) for gap in covered.factor_gaps],
            "thinnest": [_thin(row) for row in covered.thinnest[:_THINNEST_SHOWN]],
        },
    )


def coverage_finding(covered: actors.Coverage) -> str:
    """Say in one sentence what is missing most."""
    number = len(covered.municipalities)
    if not covered.factor_gaps:
        return ngettext(
            "Every factor is present in the municipality",
            "Every factor is present in all %(number)s municipalities",
            number,
        ) % {"number": number}
    worst = covered.factor_gaps[0]
    return _("%(missing)s of %(number)s municipalities lack %(factor)s") % {
        "factor": inside_a_sentence(worst.factor.label),
        "missing": len(worst.missing),
        "number": number,
    }


def _row(covered: actors.Coverage, row: actors.CoverageRow) -> Row:
    cells = tuple(
        Cell(factor, count, directory_address(factor=factor.value, place=row.key))
        for factor, count in zip(covered.factors, row.counts, strict=True)
    )
    return Row(_row_name(row), cells)


def _row_name(row: actors.CoverageRow) -> str:
    if row.key == actors.WHOLE_COUNTY:
        return _("The whole county")
    return str(row.place.name) if row.place else _("Neighbours and national")


def _in_words(covered: actors.Coverage, gap: actors.FactorGap) -> GapInWords:
    """Name whichever is fewer: those that have the factor, or those that lack it."""
    missing = {place.code for place in gap.missing}
    there = [
        str(row.place.name)
        for row in covered.municipalities
        if row.place and row.place.code not in missing
    ]
    if not there:
        sentence = _("No municipality has anyone.")
    elif len(there) < len(gap.missing):
        sentence = _("Only in %(places)s.") % {"places": _listed(there)}
    else:
        lacking = [str(place.name) for place in gap.missing]
        sentence = _("Missing in %(places)s.") % {"places": _listed(lacking)}
    return GapInWords(gap.factor, sentence, gap.ask)


def _thin(row: actors.CoverageRow) -> tuple[str, tuple[Factor, ...]]:
    return _row_name(row), row.missing


def _listed(names: list[str]) -> str:
    """Write 'Halden, Moss and Våler'."""
    *most, last = names
    if not most:
        return last
    return _("%(names)s and %(last)s") % {"names": ", ".join(most), "last": last}
