"""The addresses for programs: no language in them, and none of them moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, re_path
from django.views.generic import RedirectView

from samskap.api import docs, health, metrics, published
from samskap.api.problems import problem_for_status
from samskap.api.v1 import api

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def no_such_address(request: HttpRequest) -> HttpResponse:
    """Answer for every other address beneath ours, so that no page of the portal does."""
    return problem_for_status(request, 404)


app_name = "api"
urlpatterns = [
    re_path(
        r"^api/(?:v1/?)?$",
        RedirectView.as_view(pattern_name="api:docs", query_string=True),
        name="start",
    ),
    path("api/v1/docs", docs.page, name="docs"),
    path("api/v1/", api.urls),
    path("schema/<slug:name>.json", published.schema, name="schema"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/metrics", metrics.told, name="metrics"),
    re_path(r"^(?:api|schema)/", no_such_address),
]
