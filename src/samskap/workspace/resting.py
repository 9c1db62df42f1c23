"""No session goes on for ever: not one that nobody uses, and not one that is used all day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

BEGAN: Final = "began"
SEEN: Final = "seen"
# How long a session may go on before its mark is written anew: not every click is worth a write.
_STEP_S: Final = 300


class SessionsEnd:
    """Sign out whoever has rested for ``SESSION_REST_S``, or began ``SESSION_COOKIE_AGE`` ago.

    Django's own limit begins anew each time a session is saved, so that one in use would never end.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as one who is signed in, or as one who is not any more."""
        if request.user.is_authenticated:
            self._look_at(request)
        return self.get_response(request)

    def _look_at(self, request: HttpRequest) -> None:
        now = timezone.now().timestamp()
        session = request.session
        rested, lasted = now - session.get(SEEN, now), now - session.get(BEGAN, now)
        if rested > settings.SESSION_REST_S:
            said = _("You had not been here for a while, so we signed you out. Sign in again.")
        elif lasted > settings.SESSION_COOKIE_AGE:
            said = _("You have been signed in for twelve hours. Sign in again to go on.")
        else:
            said = ""
        if said:
            logout(request)
            messages.warning(request, said)
        elif SEEN not in session or rested > _STEP_S:
            session[SEEN] = now
            session.setdefault(BEGAN, now)
