"""The directory's selection as a file for a spreadsheet."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.portal.views.directory import selection_asked

if TYPE_CHECKING:
    from django.http import HttpRequest

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def directory_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give everyone the address asks for as CSV or XLSX, on all pages at once."""
    if form not in _TYPES:
        raise Http404(form)
    today = timezone.localdate()
    file = BytesIO()
    actors.write_directory(file, form, selection_asked(request.GET), on=today)
    name = f"{_('actors')}-{today.isoformat()}.{form}"
    answer = HttpResponse(file.getvalue(), content_type=_TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
