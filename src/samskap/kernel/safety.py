"""What holds for every answer, whoever gave it: headers that keep browsers strict."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# What pages and forms use; anything else is nobody's honest request.
METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
# Refuses by itself what it does not know, in the form that programs read.
_API: Final = "/api/"
_SIGNED_OUT: Final = "_samskap_signed_out"


class SafetyMiddleware:
    """Stands first: files, faults and health carry the same headers as pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.headers = {
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Permissions-Policy": ", ".join(
                f"{feature}={allowed}" for feature, allowed in settings.PERMISSIONS_POLICY.items()
            ),
            "X-Permitted-Cross-Domain-Policies": "none",
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with our headers, unless the view has set its own; refuse unknown methods."""
        is_known = request.method in METHODS or request.path_info.startswith(_API)
        answer = self.get_response(request) if is_known else _refused()
        for name, value in self.headers.items():
            answer.headers.setdefault(name, value)
        if getattr(request, _SIGNED_OUT, False):
            # What was typed and not sent stays with nobody who sits down at the machine next.
            answer.headers["Clear-Site-Data"] = '"storage"'
        return answer


def _refused() -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.METHOD_NOT_ALLOWED,
        headers={"Allow": ", ".join(METHODS), "Content-Type": "text/plain; charset=utf-8"},
    )


def _remember(*, request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        setattr(request, _SIGNED_OUT, True)


user_logged_out.connect(_remember, dispatch_uid="samskap.kernel.safety")
