"""The directory at the desk: the same filters as everyone's, and what only the desk knows."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.trust.models import Role, Visibility
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.views.actors import READS_ACTORS

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict
    from django_htmx.middleware import HtmxDetails

    from samskap.ui.maps import MapPicture
    from samskap.workspace.desk import Desk

    class HtmxRequest(HttpRequest):
        """A request that knows whether the page itself is asking for a part."""

        htmx: HtmxDetails


PAGE_SIZE: Final = 30
_MAP: Final = "map"
_LARGEST_PAGE_DIGITS: Final = 5
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@at_the_desk(*READS_ACTORS)
def directory(request: HtmxRequest, desk: Desk) -> HttpResponse:
    """List those the address asks for; search as you type gets the part that changes alone."""
    selection = actors.selection_in(dict(request.GET.lists()))
    here, asked = reverse("workspace:actors"), actors.query_string(selection)
    network = reverse("workspace:network")
    if request.GET.get("as") == "network":
        return HttpResponseRedirect(f"{network}{asked}")
    is_map = request.GET.get("as") == _MAP
    found, drawn = _found(selection, desk, here=here, page=None if is_map else _page(request.GET))
    filters = actors.filters_offered(selection, found)
    more = {"as": _MAP} if is_map else {}
    answer = render(
        request,
        f"workspace/actors/{'list_update' if request.htmx else 'list'}.html",
        context(
            desk,
            selection=selection,
            found=found,
            filters=filters,
            chosen=[
                replace(choice, without="&".join([f"{here}{choice.without}", *_said(more)]))
                for each in filters
                for choice in each.chosen
            ],
            looks=actors.ways_to_look(
                selection, directory=here, network=network, shown_as=_MAP if is_map else "list"
            ),
            is_map=is_map,
            map=drawn,
            pages=None if is_map else Paginator(range(found.total), PAGE_SIZE).page(found.page),
            sorts=actors.Sort,
            here=here,
            clear=f"{here}{actors.query_string(actors.Selection(), **more)}".rstrip("?"),
            exports=[
                (label, reverse("workspace:actors-file", kwargs={"form": form}) + asked)
                for form, label in (("xlsx", _("Excel")), ("csv", _("CSV")))
            ],
            narrower={
                each.value: each.label for each in Visibility if each is not Visibility.PUBLIC
            },
            may_keep=desk.holds(Role.SECRETARIAT),
            may_talk=desk.holds(Role.SECRETARIAT),
        ),
    )
    if request.htmx:
        answer["HX-Replace-Url"] = f"{here}{actors.query_string(selection, **more)}".rstrip("?")
    return answer


@require_safe
@at_the_desk(*READS_ACTORS)
def directory_file(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    """Give everyone the address asks for as CSV or XLSX, as this reader may see them."""
    if form not in _TYPES:
        raise Http404(form)
    file = BytesIO()
    selection = actors.selection_in(dict(request.GET.lists()))
    actors.write_directory(file, form, selection, reader=desk.reader, on=desk.today)
    name = f"{_('actors')}-{desk.today.isoformat()}.{form}"
    answer = HttpResponse(file.getvalue(), content_type=_TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _found(
    selection: actors.Selection, desk: Desk, *, here: str, page: int | None
) -> tuple[actors.Findings, MapPicture | None]:
    """Return a page of the list, or without a page the map."""
    if page is None:
        doors = actors.MapDoors(here, "portal:place")
        return actors.found_on_map(selection, doors=doors, reader=desk.reader, on=desk.today)
    found = actors.find_actors(
        selection, reader=desk.reader, on=desk.today, page=page, size=PAGE_SIZE
    )
    return found, None


def _said(more: dict[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in more.items()]


def _page(asked: QueryDict) -> int:
    number = asked.get("page", "1")
    return int(number) if number.isdecimal() and len(number) <= _LARGEST_PAGE_DIGITS else 1
