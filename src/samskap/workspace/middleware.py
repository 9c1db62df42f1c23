"""What holds for every request, whichever door it comes through."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sites.requests import RequestSite
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.trust import audit
from samskap.trust.access import mandates_held
from samskap.trust.acting import acting_for
from samskap.trust.models import User
from samskap.trust.models.audit import Door

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.template.response import SimpleTemplateResponse

    from samskap.trust.access import Held

MANDATES: Final = "mandates"
ACTING_FOR: Final = "acting_for"
# The addresses of sign-in have no namespace of their own; they belong to the desk.
_ACCOUNT_PAGES: Final = ("account_", "mfa_")


class SessionEndsWithMandate:
    """End a session at the next request when a mandate it began with has ended.

    While it lasts, whoever has it acts for one of those their mandates of today name. A closed
    account needs no help: Django asks for an open one at every request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as one who is signed in, or as one who is not any more."""
        user = request.user
        if not isinstance(user, User) or not user.is_authenticated:
            return self.get_response(request)
        self._look_at(request, user)
        chosen = chosen_party(request)
        with acting_for(user.pk, chosen):
            return self.get_response(request)

    def _look_at(self, request: HttpRequest, user: User) -> None:
        mandates = mandates_held(user, on=timezone.localdate())
        request.mandates = mandates  # type: ignore[attr-defined]
        held = frozenset(one.pk for one in mandates)
        known = frozenset(request.session.get(MANDATES, held))
        if known - held:
            logout(request)
            request.mandates = ()  # type: ignore[attr-defined]
            messages.warning(
                request, _("A mandate of yours has ended, so we signed you out. Sign in again.")
            )
        elif held != known or MANDATES not in request.session:
            request.session[MANDATES] = sorted(held)


def chosen_party(request: HttpRequest) -> int | None:
    """Return the party that whoever asks acts for: the one they chose, else that of their first.

    A choice of a party that no mandate of today names is no choice.
    """
    parties = tuple(one.party for one in mandates_of(request))
    wanted = request.session.get(ACTING_FOR)
    return wanted if wanted in parties else next(iter(parties), None)


def mandates_of(request: HttpRequest) -> tuple[Held, ...]:
    """Return the mandates of today of whoever asks, the oldest first, for whomever they are."""
    return getattr(request, "mandates", ())


class AuditDoor:
    """Say in the audit trail which door an action came through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the door open until the answer is made."""
        with ExitStack() as stack:
            request._door = stack  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Enter the door when the address is known."""
        del view, args, kwargs
        request._door.enter_context(audit.through(door_of(request)))  # type: ignore[attr-defined]


class OurSiteOnSignInPages:
    """Let the pages of sign-in have the site that all others have.

    allauth hands its templates one of its own under the same name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the rest of the house does."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Take allauth's site away before the page is drawn."""
        del request
        if response.context_data and isinstance(response.context_data.get("site"), RequestSite):
            del response.context_data["site"]
        return response


def door_of(request: HttpRequest) -> Door:
    """Return the door that the address of ``request`` belongs to."""
    match = request.resolver_match
    if request.path_info.startswith("/api/"):
        return Door.API
    name = (match.view_name if match else "") or ""
    if name.startswith(("workspace:", *_ACCOUNT_PAGES)):
        return Door.WORKSPACE
    return Door.PORTAL
