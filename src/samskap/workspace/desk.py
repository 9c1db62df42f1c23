"""Who sits at the desk, and what they may open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from samskap.trust.access import Held, Reader, acted_with, mandates_held, reader_holding
from samskap.trust.models import Role, User
from samskap.trust.rules import NotPermittedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from django.http import HttpRequest, HttpResponse

View: TypeAlias = "Callable[..., HttpResponse]"


@dataclass(frozen=True, slots=True)
class Desk:
    """One request at the desk: who asks, what they may see, and when.

    ``held`` are the mandates of the one organisation they act for.
    """

    user: User
    reader: Reader
    now: datetime
    held: tuple[Held, ...]
    request: HttpRequest

    @property
    def today(self) -> date:
        """The day it is where the partnership is."""
        return timezone.localdate(self.now)

    def holds(self, *roles: Role) -> bool:
        """Whether whoever sits here has one of ``roles``."""
        return bool(self.reader.roles & frozenset(roles))


def at_the_desk(*roles: Role) -> Callable[[View], View]:
    """Let a view be seen by those who hold one of ``roles`` today; by anyone signed in with none.

    The view gets its ``Desk`` after the request. Who is not signed in is led to sign-in and back;
    who holds another role gets the page that says so. No browser or proxy keeps a page of the desk.
    """

    def only_there(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            now = timezone.now()
            held = _mandates(request, request.user, on=timezone.localdate(now))
            reader = reader_holding(held)
            if roles and not reader.roles & frozenset(roles):
                raise PermissionDenied
            try:
                desk = Desk(request.user, reader, now, held, request)
                answer = view(request, desk, *args, **kwargs)
            except NotPermittedError as refused:
                raise PermissionDenied from refused
            add_never_cache_headers(answer)
            return answer

        return guarded

    return only_there


def _mandates(request: HttpRequest, user: User, *, on: date) -> tuple[Held, ...]:
    """Return what ``user`` acts with, as the request has already found it or asked anew."""
    found: tuple[Held, ...] | None = getattr(request, "mandates", None)
    return acted_with(user, mandates_held(user, on=on) if found is None else found)


def context(desk: Desk, **facts: Any) -> dict[str, Any]:
    """Return what every page of the desk is drawn from, and ``facts``."""
    return {"desk": desk, "today": desk.today, **facts}
