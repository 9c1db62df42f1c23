"""Pages that are text: about, accessibility, privacy, open data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samskap.evidence import public as evidence
from samskap.strategy import public as strategies
from samskap.strategy.public import ElementKind
from samskap.trust.privacy.records import record_of_processing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# The day someone last held the accessibility statement against the pages.
_STATEMENT_REVIEWED_ON: Final = date(2026, 11, 24)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the partnership is, and what this site is."""
    strategy = strategies.current_strategy()
    mission = strategy.one(ElementKind.MISSION) if strategy else None
    return render(
        request,
        "portal/about.html",
        {
            "mission": mission.body if mission else "",
            "roles": strategy.of_kind(ElementKind.ROLE) if strategy else (),
        },
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the pages are, and whom to tell when they are not."""
    return render(request, "portal/accessibility.html", {"reviewed_on": _STATEMENT_REVIEWED_ON})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about a visitor and a person, and why."""
    cookies = {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}
    facts = {"record": record_of_processing(), "cookies": cookies}
    return render(request, "portal/privacy.html", facts)


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Say which data are open, under which licence, and from which sources."""
    return render(request, "portal/open_data.html", {"sources": evidence.sources()})


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Say how what we show is counted and chosen."""
    return render(request, "portal/methods.html")
