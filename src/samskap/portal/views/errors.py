"""Pages for when something is not as it should be. Each says what to do next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.ui.site import Site
from samskap.ui.unsent import what_was_typed

if TYPE_CHECKING:
    from django.http import HttpRequest

_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_LAST_RESORT: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Something went wrong</title>'
    "<h1>Something went wrong on our side</h1><p>Try again in a minute.</p></html>"
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Offer a search for what the address seems to ask for, in the address's language."""
    facts = {"sought": _sought(request.path), **what_was_typed(request)}
    return render(request, "portal/404.html", facts, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that the page is for others, and how to come in."""
    return render(request, "portal/403.html", what_was_typed(request), status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that the form was too old, and that nothing was sent."""
    return render(request, "portal/403_csrf.html", status=403)


def too_often(request: HttpRequest) -> HttpResponse:
    """Say that it was tried too often, and when to try again."""
    return render(request, "portal/429.html", what_was_typed(request), status=429)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that we did not understand the question, or that it held more than we take."""
    if isinstance(exception, RequestDataTooBig):
        return _without_database(request, "portal/413.html", status=413)
    return _without_database(request, "portal/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; asks nothing of the database, which may be what is away."""
    try:
        return _without_database(request, "portal/500.html", status=500)
    except Exception:  # noqa: BLE001 - the page for faults must not fail
        return HttpResponseServerError(_LAST_RESORT)


def _without_database(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    language = get_language_from_path(request.path_info) or DEFAULT_LANGUAGE
    facts = {"site": Site.plain(), "request": request, **what_was_typed(request)}
    with override(language):
        page = render_to_string(template, facts)
    return HttpResponse(page, status=status)


def _sought(path: str) -> str:
    """Return the words of an address: what someone who mistyped it was looking for."""
    words = _WORDS.findall(path.strip("/").partition("/")[2])
    return " ".join(words)[:60]
