"""A place's own page: who is there, what is missing and whom to ask, and what lies around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.evidence import public as evidence
from samskap.evidence.public import Level
from samskap.portal.addresses import directory_address, place_address
from samskap.portal.views.place_map import map_of_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from samskap.evidence.public import PublishedPlace
    from samskap.kernel.text import LocalisedText


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Another place, and where it is told of."""

    name: LocalisedText
    href: str
    level: str


@require_safe
def place(request: HttpRequest, key: str) -> HttpResponse:
    """Say who is in a place; a code it had earlier leads to the one it has today."""
    today = timezone.localdate()
    page = actors.place_page(key, on=today)
    if page is None:
        later = evidence.place_that_took_over(key, on=today)
        if later is None:
            raise Http404(key)
        return redirect("portal:place", later.key, permanent=True)
    asked = actors.Selection(places=(page.place.key,))
    return render(
        request,
        "portal/place.html",
        {
            "page": page,
            "level": Level(page.level).label,
            # A group of municipalities has a key of ours, and no code that anyone else knows.
            "is_official": page.level not in {Level.SUB_REGION, Level.LABOUR_MARKET_REGION},
            "trail": [(_("Who is who"), reverse("portal:directory")), *_above(page)],
            "factors": [
                (each, directory_address(factor=each.factor.value, place=page.place.key))
                for each in page.factors
            ],
            "everyone": directory_address(place=page.place.key),
            "looks": _looks(asked),
            "map": map_of_place(page),
            "groups": _links(page.groups),
            "parts": _links(page.parts),
            "neighbours": _links(page.neighbours),
            "parent": next(iter(_links([page.parent] if page.parent else [])), None),
            "data": reverse("api:v1:place", kwargs={"code": page.place.key}),
        },
    )


def _above(page: actors.PlacePage) -> list[tuple[object, str]]:
    """Return the way down to a place from the county or country it is a part of."""
    if page.parent is None:
        return []
    return [(page.parent.name, place_address(page.parent.key))]


def _links(places: Iterable[PublishedPlace]) -> list[PlaceLink]:
    return [
        PlaceLink(each.name, place_address(each.key), str(Level(each.level).label))
        for each in places
    ]


def _looks(asked: actors.Selection) -> list[tuple[str, str]]:
    """Return the other ways to look at those of the place, each with its address."""
    directory, place_only = reverse("portal:directory"), actors.query_string(asked)
    return [
        (_("As a list"), f"{directory}{place_only}"),
        (_("On the map"), f"{directory}{actors.query_string(asked, **{'as': 'map'})}"),
        (_("As a network"), f"{reverse('portal:network')}{place_only}"),
        (_("Their balance"), f"{reverse('portal:coverage')}{place_only}"),
    ]
