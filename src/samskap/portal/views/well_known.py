"""What machines ask for at addresses that all sites share."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from samskap.kernel.languages import LANGUAGES
from samskap.strategy import public as strategies

if TYPE_CHECKING:
    from django.http import HttpRequest

_HOLDS_FOR: Final = timedelta(days=90)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell whom to write to about a weakness (RFC 9116); 404 when the region names nobody."""
    partnership = strategies.partnership()
    if partnership is None or not partnership.contact:
        return HttpResponse(status=404)
    until = (timezone.now() + _HOLDS_FOR).replace(microsecond=0).isoformat()
    lines = [
        f"Contact: mailto:{partnership.contact}",
        f"Expires: {until}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {settings.SITE_ADDRESS}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
