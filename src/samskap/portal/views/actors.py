"""How the region is covered: its balance, as the world may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.kernel.text import inside_a_sentence
from samskap.portal.views.directory import selection_asked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_ACTOR_PAGE: Final = "portal:actor"


@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    """Show which factors are present where, what is missing, whom to ask, and what changed."""
    here = reverse("portal:coverage")
    asked = actors.balance_asked(request.GET, selection_asked(request.GET), on=timezone.localdate())
    doors = actors.Doors(here, reverse("portal:directory"), _ACTOR_PAGE)
    try:
        page = actors.balance_page(asked, doors=doors)
    except actors.UnknownScopeError as unknown:
        raise Http404(asked.of) from unknown
    if page is None:
        return render(request, "portal/coverage_missing.html")
    return render(request, "portal/coverage.html", actors.balance_context(page, doors=doors))


def coverage_finding(covered: actors.Coverage) -> str:
    """Say in one sentence what is missing most."""
    number = len(covered.municipalities)
    if not covered.factor_gaps:
        return ngettext(
            "Every factor is present in the municipality",
            "Every factor is present in all %(number)s municipalities",
            number,
        ) % {"number": number}
    worst = covered.factor_gaps[0]
    return _("%(missing)s of %(number)s municipalities lack %(factor)s") % {
        "factor": inside_a_sentence(worst.factor.label),
        "missing": len(worst.missing),
        "number": number,
    }
