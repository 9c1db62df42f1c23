"""Where one is signed in, and signing out from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samskap.trust.actions import end_sessions
from samskap.trust.models import Person
from samskap.trust.sessions import OpenSession, digest_of, open_sessions
from samskap.workspace.resting import BEGAN, SEEN

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samskap.trust.models import User

ALL_OTHERS: Final = "others"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is signed in, as the page tells it."""

    digest: str
    is_this: bool
    began: datetime | None
    seen: datetime | None


@never_cache
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """List where the account is signed in; a press, and who one is once more, end one or all."""
    places = _places(request)
    if request.method == "POST":
        return _end(request, places)
    return render(request, "account/sessions.html", {"places": places})


def _end(request: HttpRequest, places: list[Place]) -> HttpResponse:
    asked = request.POST.get("end", "")
    others = {place.digest for place in places if not place.is_this}
    chosen = others if asked == ALL_OTHERS else others & {asked}
    person = get_object_or_404(Person, user=request.user)
    number = end_sessions(
        person=person, digests=chosen, by=cast("User", request.user), at=timezone.now()
    )
    if number:
        said = ngettext("Signed out in %(n)s place.", "Signed out in %(n)s places.", number)
        messages.success(request, said % {"n": number})
    else:
        messages.info(request, _("You were not signed in there any more."))
    return redirect("account_sessions")


def _places(request: HttpRequest) -> list[Place]:
    this = digest_of(request.session.session_key or "")
    found = [_place(one, this) for one in open_sessions(cast("User", request.user))]
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (one.is_this, one.seen or oldest), reverse=True)


def _place(one: OpenSession, this: str) -> Place:
    return Place(
        digest=one.digest,
        is_this=one.digest == this,
        began=_moment(one.facts.get(BEGAN)),
        seen=_moment(one.facts.get(SEEN)),
    )


def _moment(stamp: float | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, tz=UTC)
