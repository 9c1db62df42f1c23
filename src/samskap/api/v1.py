"""The first version of the API: its routers, and what it answers when it cannot answer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy
from ninja.errors import HttpError, ValidationError

from samskap.api import (
    actors,
    balance,
    bodies,
    boundaries,
    coverage,
    log,
    memberships,
    network,
    network_files,
    places,
    strategy,
    ties,
)
from samskap.api.openapi import DescribedAPI
from samskap.api.parameters import faults_from, summary_of
from samskap.api.problems import (
    INVALID_PARAMETER,
    NOT_FOUND,
    SERVER_ERROR,
    RefusedError,
    problem_for_status,
    problem_response,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

TAG_NAMES: Final = {
    "strategy": pgettext_lazy("API", "Strategy"),
    "places": pgettext_lazy("API", "Places"),
    "actors": pgettext_lazy("API", "Actors"),
    "log": pgettext_lazy("API", "Log"),
}
TAGS: Final = (
    ("strategy", gettext_noop("What the partnership wants, version by version.")),
    (
        "places",
        gettext_noop("Municipalities, counties and regions: when they hold, where they end."),
    ),
    ("actors", gettext_noop("The organisations around the partnership, and what they cover.")),
    ("log", gettext_noop("How far what we do is sealed.")),
)

api = DescribedAPI(
    title="Samskap",
    version="1",
    description=gettext_noop(
        "What a regional partnership publishes: its strategy, its places and the actors around it."
        " For reading, without a key, from any site. Signed in, you see what you may see."
    ),
    urls_namespace="api:v1",
    docs_url=None,
    openapi_extra={"tags": [{"name": name, "description": text} for name, text in TAGS]},
)
api.add_router("", strategy.router, tags=["strategy"])
api.add_router("", places.router, tags=["places"])
api.add_router("", boundaries.router, tags=["places"])
api.add_router("", actors.router, tags=["actors"])
api.add_router("", coverage.router, tags=["actors"])
api.add_router("", balance.router, tags=["actors"])
api.add_router("", network.router, tags=["actors"])
api.add_router("", ties.router, tags=["actors"])
api.add_router("", network_files.router, tags=["actors"])
api.add_router("", memberships.router, tags=["actors"])
api.add_router("", bodies.router, tags=["actors"])
api.add_router("", log.router, tags=["log"])


@api.exception_handler(RefusedError)
def refuse(request: HttpRequest, refused: RefusedError) -> HttpResponse:
    """Say what one of our own functions found wrong."""
    return problem_response(request, refused.kind, refused.detail, refused.errors)


@api.exception_handler(ValidationError)
def refuse_values(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    """Say which parameters have values that cannot be used; an impossible key is an unknown key."""
    faults = faults_from(invalid.errors)
    if any(fault.where == "path" for fault in faults):
        return refuse_missing(request, Http404())
    return problem_response(request, INVALID_PARAMETER, summary_of(faults), faults)


@api.exception_handler(Http404)
def refuse_missing(request: HttpRequest, _missing: Http404) -> HttpResponse:
    """Say that it is not there; the same words whether it is hidden or has never been."""
    detail = _("There is nothing with the key in %(address)s, or nothing that you may see.")
    return problem_response(request, NOT_FOUND, detail % {"address": request.path})


@api.exception_handler(HttpError)
def refuse_with_status(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say what ninja itself refuses."""
    return problem_for_status(request, error.status_code)


@api.exception_handler(Exception)
def fail(request: HttpRequest, error: Exception) -> HttpResponse:
    """Keep the trace for ourselves; tell the caller that it was not them."""
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem_response(request, SERVER_ERROR, str(SERVER_ERROR.remedy))
