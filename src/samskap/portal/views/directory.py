"""Who is who: search, narrow down, and see the same selection as a list, a map or a network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.actors import public as actors

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_htmx.middleware import HtmxDetails

    class HtmxRequest(HttpRequest):
        """A request that knows whether the page itself is asking for a part."""

        htmx: HtmxDetails


_LARGEST_PAGE_DIGITS: Final = 5
_LIST: Final = "list"
_MAP: Final = "map"
_NETWORK: Final = "network"


@require_safe
def directory(request: HtmxRequest) -> HttpResponse:
    """Show those the address asks for; search as you type gets the part that changes alone."""
    selection, shown_as = selection_asked(request.GET), request.GET.get("as", _LIST)
    if shown_as == _NETWORK:
        return HttpResponseRedirect(_network(selection))
    is_map = shown_as == _MAP
    here = reverse("portal:directory")
    if is_map:
        found, drawn = actors.found_on_map(selection, doors=actors.MapDoors(here, "portal:place"))
    else:
        found, drawn = actors.find_actors(selection, page=_page(request.GET)), None
    filters = actors.filters_offered(selection, found)
    more = {"as": _MAP} if is_map else {}
    answer = render(
        request,
        f"portal/{'directory_update' if request.htmx else 'directory'}.html",
        {
            "selection": selection,
            "found": found,
            "filters": filters,
            "chosen": [
                replace(choice, without=_also(f"{here}{choice.without}", more))
                for each in filters
                for choice in each.chosen
            ],
            "looks": actors.ways_to_look(
                selection,
                directory=here,
                network=reverse("portal:network"),
                shown_as=_MAP if is_map else _LIST,
            ),
            "is_map": is_map,
            "map": drawn,
            "sorts": actors.Sort,
            "clear": f"{here}{actors.query_string(actors.Selection(), **more)}".rstrip("?"),
            "exports": _exports(selection),
            "pages": None
            if is_map
            else Paginator(range(found.total), actors.PAGE_SIZE).page(found.page),
        },
    )
    if request.htmx:
        answer["HX-Replace-Url"] = f"{here}{actors.query_string(selection, **more)}".rstrip("?")
    return answer


def selection_asked(asked: QueryDict) -> actors.Selection:
    """Return what an address asks for; how fresh we are is not the public's to ask."""
    return replace(actors.selection_in(dict(asked.lists())), freshness=())


def _page(asked: QueryDict) -> int:
    number = asked.get("page", "1")
    return int(number) if number.isdecimal() and len(number) <= _LARGEST_PAGE_DIGITS else 1


def _network(selection: actors.Selection) -> str:
    return f"{reverse('portal:network')}{actors.query_string(selection)}"


def _also(address: str, more: dict[str, str]) -> str:
    return f"{address}&{urlencode(more)}" if more else address


def _exports(selection: actors.Selection) -> list[tuple[str, str]]:
    asked = actors.query_string(selection)
    return [
        (_("Excel"), reverse("portal:directory-file", kwargs={"form": "xlsx"}) + asked),
        (_("CSV"), reverse("portal:directory-file", kwargs={"form": "csv"}) + asked),
    ]
