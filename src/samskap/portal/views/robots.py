"""What machines that wander the web are asked to keep to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Let them read all that is public; a demonstration is not for them at all."""
    closed = "/" if settings.DEMO else ""
    return HttpResponse(
        f"User-agent: *\nDisallow: {closed}\n", content_type="text/plain; charset=utf-8"
    )
