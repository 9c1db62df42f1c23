"""Who is who: search, narrow down, and see the same selection as a list, a map or a network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.portal.views.directory_map import map_of_found

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


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the selection, and where it is."""

    label: str
    href: str
    is_current: bool


@require_safe
def directory(request: HtmxRequest) -> HttpResponse:
    """Show those the address asks for; search as you type gets the part that changes alone."""
    selection, shown_as = selection_asked(request.GET), request.GET.get("as", _LIST)
    if shown_as == _NETWORK:
        return HttpResponseRedirect(_network(selection))
    is_map = shown_as == _MAP
    found = actors.find_actors(
        selection, page=_page(request.GET), size=0 if is_map else actors.PAGE_SIZE
    )
    filters = actors.filters_offered(selection, found)
    here = reverse("portal:directory")
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
            "tabs": _tabs(selection, is_map=is_map),
            "is_map": is_map,
            "map": map_of_found(selection, on=timezone.localdate()) if is_map else None,
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


def _tabs(selection: actors.Selection, *, is_map: bool) -> list[Tab]:
    here = reverse("portal:directory")
    return [
        Tab(
            pgettext("way to look", "List"),
            f"{here}{actors.query_string(selection)}",
            is_current=not is_map,
        ),
        Tab(
            pgettext("way to look", "Map"),
            f"{here}{actors.query_string(selection, **{'as': _MAP})}",
            is_current=is_map,
        ),
        Tab(pgettext("way to look", "Network"), _network(selection), is_current=False),
    ]


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
