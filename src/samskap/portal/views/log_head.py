"""The seal of the log, for everyone to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from samskap.kernel.dates import day_in_words
from samskap.trust import public as trust

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A head, and the day and the time of day it was signed, as we reckon them."""

    head: trust.Head
    day: str
    in_words: str
    clock: str

    @classmethod
    def of(cls, head: trust.Head) -> Shown:
        """Return ``head`` as a page shows it."""
        at = timezone.localtime(head.made_at)
        return cls(
            head,
            at.date().isoformat(),
            day_in_words(at.date()),
            date_format(at, pgettext("date format", "H:i")),
        )


@require_safe
def log_head(request: HttpRequest) -> HttpResponse:
    """Show the newest signed head of the log, and the month before it."""
    heads = [Shown.of(head) for head in trust.newest_heads(at_most=SHOWN)]
    newest = heads[0] if heads else None
    return render(
        request,
        "portal/log_head.html",
        {
            "newest": newest,
            "earlier": heads[1:],
            "public_key": trust.as_pem(newest.head.public_key) if newest else "",
        },
    )


@require_safe
def log_head_file(request: HttpRequest, day: str) -> HttpResponse:  # noqa: ARG001
    """Hand over the head of a day as the file that ``samskap audit verify --head`` reads."""
    try:
        head = trust.head_of_day(date.fromisoformat(day))
    except ValueError as error:
        raise Http404(day) from error
    if head is None:
        raise Http404(day)
    answer = HttpResponse(str(head), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="log-head-{day}.json"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
