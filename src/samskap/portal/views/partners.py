"""Who stands together in the partnership, and which bodies carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.actors import public as actors

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Show who is partner and observer, and who sits in the bodies that are for everyone."""
    found = actors.members()
    return render(
        request,
        "portal/partners.html",
        {
            "partners": [one for one in found if one.belonging == actors.Belonging.PARTNER],
            "observers": [one for one in found if one.belonging == actors.Belonging.OBSERVER],
            "bodies": actors.bodies(),
            "trail": [(_("About"), reverse("portal:about"))],
        },
    )
