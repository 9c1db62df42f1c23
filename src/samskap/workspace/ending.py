"""A session that holds no more is ended, and whoever had it is told why at the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class SessionEndsWithSignIn:
    """End a session whose account is closed, or is signed in to in another way than it began with.

    Django asks at every request whether the account is open and its password and factors are as
    they were; here the rest of the session goes too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as one who is signed in, or as one who is not any more."""
        began = SESSION_KEY in request.session
        if began and not request.user.is_authenticated:
            logout(request)
            messages.warning(
                request,
                _(
                    "We signed you out: the account was closed, "
                    "or the way it is signed in to was changed. Sign in again."
                ),
            )
        return self.get_response(request)
