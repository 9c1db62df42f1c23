"""Who is who: the directory, an actor's page, and how the region is covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.evidence import public as evidence
from samskap.kernel.identifiers import Country
from samskap.kernel.text import inside_a_sentence
from samskap.portal.addresses import directory_address, place_in_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest, HttpResponse
    from django_htmx.middleware import HtmxDetails

    from samskap.strategy.keys import Factor

    class HtmxRequest(HttpRequest):
        """A request that knows whether the page itself is asking for a part."""

        htmx: HtmxDetails


_LONGEST_QUERY: Final = 100
_THINNEST_SHOWN: Final = 3
_NORWEGIAN_REGISTER: Final = "https://virksomhet.brreg.no/nb/oppslag/enheter/{}"


# The directory ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick; ``count`` is how many it would find, ``without`` the address unticked."""

    value: str
    label: str
    count: int
    count_id: str
    is_chosen: bool
    without: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Boxes that belong together, under the name they have in the address."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    has_marks: bool = False


@require_safe
def directory(request: HtmxRequest) -> HttpResponse:
    """List the actors that the address asks for; search as you type gets the list alone."""
    selection = _selection(request.GET)
    found = actors.find_actors(selection, page=_page(request.GET))
    filters = _filters(request.GET, found.facets)
    chosen = [choice for each in filters for choice in each.choices if choice.is_chosen]
    template = "directory_update" if request.htmx else "directory"
    return render(
        request,
        f"portal/{template}.html",
        {
            "selection": selection,
            "found": found,
            "filters": filters,
            "chosen": chosen,
            "is_filtered": bool(chosen),
            "pages": Paginator(range(found.total), actors.PAGE_SIZE).page(found.page),
        },
    )


def _selection(asked: QueryDict) -> actors.Selection:
    return actors.Selection(
        query=asked.get("q", "").strip()[:_LONGEST_QUERY],
        factors=tuple(asked.getlist("factor")),
        kinds=tuple(asked.getlist("kind")),
        places=tuple(asked.getlist("place")),
        sides=tuple(asked.getlist("side")),
    )


def _page(asked: QueryDict) -> int:
    number = asked.get("page", "1")
    return int(number) if number.isdecimal() and len(number) < 6 else 1  # noqa: PLR2004


def _filters(asked: QueryDict, facets: actors.Facets) -> tuple[Filter, ...]:
    places = _place_labels(facets.places)
    return (
        _filter(asked, "factor", _("The five factors"), _labelled(facets.factors), has_marks=True),
        _filter(asked, "place", _("Place"), [(k, places[k], n) for k, n in facets.places.items()]),
        _filter(asked, "kind", _("Kind of organisation"), _some(asked, "kind", facets.kinds)),
        _filter(asked, "side", _("Side in working life"), _labelled(facets.sides)),
    )


def _labelled(counts: Mapping[Any, int]) -> list[tuple[str, str, int]]:
    return [(choice.value, str(choice.label), count) for choice, count in counts.items()]


def _some(asked: QueryDict, name: str, counts: Mapping[Any, int]) -> list[tuple[str, str, int]]:
    """Leave out what would find nobody, unless it is ticked."""
    ticked = asked.getlist(name)
    return [row for row in _labelled(counts) if row[2] or row[0] in ticked]


def _place_labels(keys: Iterable[str]) -> dict[str, str]:
    names = {
        place.code: str(place.name)
        for place in evidence.places(on=timezone.localdate(), level="municipality")
    }
    names |= {
        actors.WHOLE_COUNTY: _("The whole county"),
        actors.BEYOND: _("Neighbours and national"),
    }
    return {key: names.get(key, key) for key in keys}


def _filter(
    asked: QueryDict,
    name: str,
    legend: str,
    rows: Iterable[tuple[str, str, int]],
    *,
    has_marks: bool = False,
) -> Filter:
    ticked = asked.getlist(name)
    choices = tuple(
        Choice(
            value=value,
            label=label,
            count=count,
            count_id=f"count-{name}-{value}",
            is_chosen=value in ticked,
            without=_without(asked, name, value),
        )
        for value, label, count in rows
    )
    return Filter(name, legend, choices, has_marks)


def _without(asked: QueryDict, name: str, value: str) -> str:
    """Return the address of the list with one tick taken away, back on the first page."""
    rest = asked.copy()
    rest.setlist(name, [each for each in rest.getlist(name) if each != value])
    rest.pop("page", None)
    if not rest.get("q"):
        rest.pop("q", None)
    return f"{reverse('portal:directory')}?{rest.urlencode()}"


# An actor -----------------------------------------------------------------------------------------
@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who an actor is, why it counts where it does, and where we have it from."""
    found = actors.actor(slug)
    if found is None:
        raise Http404(slug)
    line = found.line
    here = place_in_address(line.place.country, line.place.code)
    covered = actors.coverage()
    around = next((row for row in covered.rows if row.key == here), None) if covered else None
    return render(
        request,
        "portal/actor.html",
        {
            "sheet": found,
            "actor": line,
            "number": _spaced(line.organisation_number, line.country),
            "register": _register(line),
            "reasons": [
                (reason, directory_address(factor=reason.factor.value)) for reason in found.reasons
            ],
            "neighbours": directory_address(place=here),
            "around": _row(covered, around) if covered and around else None,
            "trail": [(_("Who is who"), reverse("portal:directory"))],
        },
    )


def _spaced(number: str, country: str) -> str:
    """Write an organisation number as people read it: 938 801 363, or 556036-0793 in Sweden."""
    if country == Country.SWEDEN:
        return f"{number[:6]}-{number[6:]}" if number else ""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))


def _register(line: actors.ActorLine) -> str:
    """Return where the national register tells of the actor; an invented one stands in none."""
    if line.is_demo or not line.organisation_number or line.country != Country.NORWAY:
        return ""
    return _NORWEGIAN_REGISTER.format(line.organisation_number)


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
