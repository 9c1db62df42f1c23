"""What holds for every answer of the API: open to all readers, conditional, errors as problems."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext

from samskap.api import health, metrics
from samskap.api.languages import language_of
from samskap.api.problems import (
    HTTPS_NEEDED,
    MEDIA_TYPE,
    problem_for_status,
    problem_response,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_HEALTH: Final = {
    "/health/live": health.live,
    "/health/ready": health.ready,
    "/health/metrics": metrics.told,
}
_OURS: Final = ("/api/", "/schema/")
_METHODS: Final = "GET, HEAD, OPTIONS"
_TAGGED: Final = ("application/json", "application/schema+json")
_FRESH_SECONDS: Final = 60
_PREFLIGHT_SECONDS: Final = 86_400


class HealthMiddleware:
    """Stands first: a probe comes by number, not name, without https and without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a question about our health; let every other request pass untouched."""
        view = _HEALTH.get(request.path_info)
        if view is None:
            return self.get_response(request)
        with translation.override(language_of(request)):
            return view(request)


class APIMiddleware:
    """Stands after LocaleMiddleware, so that the language it chooses is the one that counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer an API request; let every other one pass untouched."""
        if not request.path_info.startswith(_OURS):
            return self.get_response(request)
        with translation.override(language_of(request)):
            answer = _told_to_use_https(request) or self._answer(request)
            answer.headers["Content-Language"] = translation.get_language() or ""
        return _opened(answer)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": _METHODS})
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        answer = _conditional(request, self.get_response(request))
        if is_head:
            request.method = "HEAD"
            return _without_body(answer)
        return answer


def _told_to_use_https(request: HttpRequest) -> HttpResponse | None:
    """A program that asks without https has told the line what it asked; it is not led on."""
    if request.is_secure() or not settings.SECURE_SSL_REDIRECT:
        return None
    return problem_response(request, HTTPS_NEEDED, gettext("The API is read over https alone."))


def _conditional(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    if isinstance(answer, HttpResponse) and _media_type(answer) in _TAGGED:
        tag = f'"{sha256(answer.content).hexdigest()[:32]}"'
        answer.headers["ETag"] = tag
        _say_how_long(request, answer)
        found = get_conditional_response(request, etag=tag, response=answer)
        answer = found if found is not None else answer
    if answer.status_code >= HTTPStatus.BAD_REQUEST and _media_type(answer) != MEDIA_TYPE:
        answer = _as_problem(request, answer)
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _say_how_long(request: HttpRequest, answer: HttpResponse) -> None:
    """What a signed-in reader sees is theirs alone; what everyone sees may be kept a minute."""
    is_personal = settings.SESSION_COOKIE_NAME in request.COOKIES
    answer.headers.setdefault(
        "Cache-Control",
        "private, no-cache" if is_personal else f"public, max-age={_FRESH_SECONDS}",
    )
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])


def _as_problem(request: HttpRequest, answer: HttpResponseBase) -> HttpResponse:
    problem = problem_for_status(request, answer.status_code)
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        problem.headers["Allow"] = _METHODS
    return problem


def _without_body(answer: HttpResponseBase) -> HttpResponseBase:
    if isinstance(answer, HttpResponse) and answer.status_code != HTTPStatus.NOT_MODIFIED:
        answer.headers["Content-Length"] = str(len(answer.content))
        answer.content = b""
    return answer


def _opened(answer: HttpResponseBase) -> HttpResponseBase:
    """Let pages of any other site read it; never with the reader's own cookies."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Allow-Methods"] = _METHODS
    answer.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    answer.headers["Access-Control-Expose-Headers"] = "Content-Language, ETag, Link"
    answer.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _media_type(answer: HttpResponseBase) -> str:
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
