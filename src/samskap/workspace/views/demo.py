"""What exists only in a demonstration: sign-in by one press, and the mail that was not sent."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET, require_POST

from samskap.kernel.languages import LANGUAGES
from samskap.kernel.mail import Outbox
from samskap.kernel.period import valid_on
from samskap.trust import queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from samskap.workspace.desk import View


def only_in_a_demonstration(view: View) -> View:
    """Let ``view`` not exist anywhere else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_a_demonstration
@require_POST
def sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the invented person who holds ``role``; nobody real can be reached this way."""
    holders = queries.demo_accounts().filter(
        valid_on(timezone.localdate(), prefix="person__mandates__"),
        person__mandates__capacity=role,
        person__is_demo=True,
    )
    user = holders.first()
    if user is None:
        raise Http404(role)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if is_ours else "workspace:home")


def in_the_language_asked_for(view: View) -> View:
    """Let ``?lang=`` choose the language of an address that has none, and let the switch use it."""

    @wraps(view)
    def translated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("lang")
        request.language_parameter = "lang"  # type: ignore[attr-defined]
        with override(asked if asked in LANGUAGES else get_language()):
            return view(request, *args, **kwargs)

    return translated


@only_in_a_demonstration
@require_GET
@in_the_language_asked_for
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mail that a demonstration keeps instead of sending."""
    letters = Outbox.of_this_installation().letters()
    return render(request, "workspace/outbox/list.html", {"letters": letters})


@only_in_a_demonstration
@require_GET
@in_the_language_asked_for
def letter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one letter as its reader would see it."""
    try:
        found = Outbox.of_this_installation().letter(key)
    except FileNotFoundError as gone:
        raise Http404(key) from gone
    return render(request, "workspace/outbox/letter.html", {"letter": found})
