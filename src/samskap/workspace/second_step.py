"""Who must have more than a password, and what they reach until they have it: setting it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.trust import queries
from samskap.trust.models import Role, User
from samskap.trust.rules import MUST_HAVE_SECOND_STEP

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

# Noted in a session: how often sign-in had changed when a second step was last seen to be there.
SEEN: Final = "second_step_seen"
# Noted in a session that began with a proof stronger than a password, at a service we trust in it.
STRONG: Final = "signed_in_strongly"
_WAY_THERE: Final = frozenset(
    {
        "account_confirm_email",
        "account_email",
        "account_email_verification_sent",
        "account_logout",
        "account_reauthenticate",
        "account_service",
        "account_service_answer",
    }
)


class SecondStepRequired:
    """Lead secretariat and administrators to a second step, and let them reach nothing before it.

    It is asked for at the first request after sign-in, and again at the next request after the
    last one was removed. A demonstration asks nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as to anyone; ``process_view`` stops those who are to go elsewhere first."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer with the way to a second step when it is missing."""
        del view, args, kwargs
        if not lacks_second_step(request) or _is_on_the_way(request):
            return None
        if request.path_info.startswith("/api/"):
            return _problem()
        messages.warning(
            request, _("Your role asks for a second lock on the account. Add it here first.")
        )
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_index")})
        return redirect("mfa_index")


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether whoever asks holds a role that asks for a second step, and has none."""
    user = request.user
    if settings.DEMO or not isinstance(user, User):
        return False
    held = getattr(request, "mandates", ())
    if not {Role(one.capacity) for one in held} & MUST_HAVE_SECOND_STEP:
        return False
    if request.session.get(STRONG) == user.pk or request.session.get(SEEN) == user.sign_in_changes:
        return False
    if queries.has_second_step(user):
        request.session[SEEN] = user.sign_in_changes
        return False
    return True


def _is_on_the_way(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name.startswith("mfa_") or name in _WAY_THERE


def _problem() -> JsonResponse:
    facts = {
        "type": "about:blank",
        "title": _("A second step is missing"),
        "status": 403,
        "detail": _("Your role asks for a second lock on the account. Add it, and ask again."),
    }
    return JsonResponse(facts, status=403, content_type="application/problem+json")
