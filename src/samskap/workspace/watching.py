"""What an operator must be able to see of attempts: who came in, and what was refused.

An account is its pseudonym. A visitor is a short word made of their network address, another one
every day: enough to see that many attempts came from one place, and not from which.
"""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.signals import authentication_step_completed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from samskap.trust.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

log = structlog.get_logger("samskap.security")

_REFUSALS: Final = {
    HTTPStatus.UNAUTHORIZED: "refused",
    HTTPStatus.FORBIDDEN: "refused",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too large",
    HTTPStatus.TOO_MANY_REQUESTS: "too often",
}
_SIGNS: Final = 12


class WatchingMiddleware:
    """Writes a line for every answer that refused something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the rest of the house does."""
        answer = self.get_response(request)
        event = _REFUSALS.get(HTTPStatus(answer.status_code))
        if event:
            log.warning(
                event,
                status=answer.status_code,
                method=request.method,
                path=request.path,
                account=_account(getattr(request, "user", None)),
                visitor=visitor(request),
            )
        return answer


def visitor(request: HttpRequest | None) -> str:
    """Return the word of the day for where ``request`` comes from; nothing when that is unknown.

    HMAC-SHA256 under the secret key, of the day and the address: nobody without the key can try
    addresses, and nobody can follow one from day to day.
    """
    try:
        address = get_adapter().get_client_ip(request) if request is not None else ""
    except PermissionDenied:
        # Nobody says where it comes from: a socket of our own.
        address = ""
    if not address:
        return ""
    today = f"{timezone.localdate()} {address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), today, "sha256").hexdigest()[:_SIGNS]


def _account(user: object) -> str | None:
    return str(user.pseudonym) if isinstance(user, User) else None


def _came_in(*, request: HttpRequest, user: object, **_: Any) -> None:
    log.info("sign-in", account=_account(user), visitor=visitor(request))


def _went_out(*, request: HttpRequest, user: object, **_: Any) -> None:
    log.info("sign-out", account=_account(user), visitor=visitor(request))


def _step_taken(*, request: HttpRequest, user: object, method: str, **_: Any) -> None:
    log.info("sign-in step", method=method, account=_account(user), visitor=visitor(request))


def _was_refused(*, request: HttpRequest | None = None, **_: Any) -> None:
    log.warning("sign-in refused", visitor=visitor(request))


user_logged_in.connect(_came_in, dispatch_uid="samskap.watching")
user_logged_out.connect(_went_out, dispatch_uid="samskap.watching")
user_login_failed.connect(_was_refused, dispatch_uid="samskap.watching")
authentication_step_completed.connect(_step_taken, dispatch_uid="samskap.watching")
