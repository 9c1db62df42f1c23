"""The directory at the desk: the same filters as everyone's, and what only the desk knows."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.actors.rules import may_keep_actors, may_keep_contacts
from samskap.trust.models import Visibility
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.views.actors import READS_ACTORS

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict
    from django_htmx.middleware import HtmxDetails

    from samskap.workspace.desk import Desk

    class HtmxRequest(HttpRequest):
        """A request that knows whether the page itself is asking for a part."""

        htmx: HtmxDetails


PAGE_SIZE: Final = 30
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
    found = actors.find_actors(
        selection, reader=desk.reader, on=desk.today, page=_page(request.GET), size=PAGE_SIZE
    )
    filters = actors.filters_offered(selection, found)
    here, asked = reverse("workspace:actors"), actors.query_string(selection)
    answer = render(
        request,
        f"workspace/actors/{'list_update' if request.htmx else 'list'}.html",
        context(
            desk,
            selection=selection,
            found=found,
            filters=filters,
            chosen=[
                replace(choice, without=f"{here}{choice.without}")
                for each in filters
                for choice in each.chosen
            ],
            pages=Paginator(range(found.total), PAGE_SIZE).page(found.page),
            sorts=actors.Sort,
            here=here,
            exports=[
                (label, reverse("workspace:actors-file", kwargs={"form": form}) + asked)
                for form, label in (("xlsx", _("Excel")), ("csv", _("CSV")))
            ],
            narrower={
                each.value: each.label for each in Visibility if each is not Visibility.PUBLIC
            },
            may_keep=may_keep_actors(desk.user),
            may_talk=may_keep_contacts(desk.user),
        ),
    )
    if request.htmx:
        answer["HX-Replace-Url"] = f"{here}{asked}".rstrip("?")
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


def _page(asked: QueryDict) -> int:
    number = asked.get("page", "1")
    return int(number) if number.isdecimal() and len(number) <= _LARGEST_PAGE_DIGITS else 1
