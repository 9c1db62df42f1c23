"""How often something may be tried, counted by the address it comes from and by whom it is about.

Signing in, codes, passwords and letters are counted by allauth's own limits (config/sign_in.py);
what is ours alone is counted here, in the same place and in the same way.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from allauth.core.internal import ratelimit
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_APP: Final = "samskap"


def throttled(action: str) -> Callable[..., Any]:
    """Answer 429 to whoever calls a view oftener than ``settings.THROTTLES[action]`` says."""

    def slowed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_too_often(request, action):
                answer: HttpResponse = ratelimit.respond_429(request)
                return answer
            return view(request, *args, **kwargs)

        return guarded

    return slowed


def is_too_often(request: HttpRequest, action: str, *, about: str = "") -> bool:
    """Count one more ``action``, ``about`` someone where its limit asks, and say if it is enough.

    Every method counts: an address in a letter is tried by opening it.
    """
    used = ratelimit.consume(
        request, app=_APP, action=action, config=settings.THROTTLES, key=about, limit_get=True
    )
    return used is None
