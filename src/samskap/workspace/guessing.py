"""Guessing is held back, and nobody keeps another out by guessing.

Tries at a password or a code are counted for the account and where they come from: a browser that
has signed in to it before, or else a network. From one such place few are taken, and fewer the
longer it goes on. From networks alone there is a bound for all of them together besides; who has
the browser, a passkey or the letter for a new password is not counted in it.

A browser is known by its cookie against forged forms: signing in gives it a new one, which nobody
else has seen. What is remembered is HMAC-SHA256 of it and the account under the secret key.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.signals import password_reset
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import transaction

from samskap.trust.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from allauth.core.internal.ratelimit import RateLimitUsage
    from django.http import HttpRequest

PASSWORD: Final = "password"  # noqa: S105 - what is guessed
CODE: Final = "code"
_APP: Final = "samskap"
_DAY_S: Final = 60 * 60 * 24
KNOWN_FOR_S: Final = 60 * _DAY_S
# What is said when a limit is reached: a name in the error messages of the adapters.
_FROM_ONE_PLACE: Final = {
    "guess": "too_many_login_attempts",
    "guess_hour": "too_many_attempts_this_hour",
    "guess_day": "too_many_attempts_today",
}
IN_ALL: Final = "too_many_attempts_in_all"
_log = structlog.get_logger("samskap.security")


@dataclass(slots=True)
class Attempt:
    """One try that was counted."""

    used: list[RateLimitUsage] = field(default_factory=list)

    def rollback(self) -> None:
        """Count it no more: it was right, or was not tried."""
        for usage in self.used:
            usage.rollback()


def attempt(
    request: HttpRequest, what: str, account: str, *, refuse: Callable[[str], Exception]
) -> Attempt:
    """Count one more try at ``what`` (a password or a code) of the account with an address.

    When it is one too many, raises what ``refuse`` makes of the name of the sentence to say.
    """
    account, made = _folded(account), Attempt()
    browser = _known_browser(request, what, account)
    place = f"{what} {account} {browser or f'network {ratelimit.get_ip(request)}'}"
    bounds = [(action, place, sentence) for action, sentence in _FROM_ONE_PLACE.items()]
    if not browser:
        bounds.insert(0, ("guess_network", "", "too_many_login_attempts"))
        bounds.append(("guess_in_all", f"{what} {account}", IN_ALL))
    for action, about, sentence in bounds:
        if not _counts(made, request, action, about):
            made.rollback()
            if sentence == IN_ALL:
                _tell_of_guessing(what, account)
            raise refuse(sentence)
    return made


def _counts(made: Attempt, request: HttpRequest, action: str, about: str) -> bool:
    used = ratelimit.consume(
        request, app=_APP, action=action, config=settings.THROTTLES, key=about, limit_get=True
    )
    if used is not None:
        made.used.append(used)
    return used is not None


def _folded(address: str) -> str:
    """Return ``address`` as the database compares it, so that no spelling is counted apart."""
    return normalize("NFKC", address).upper().lower()


def _known_browser(request: HttpRequest, what: str, account: str) -> str:
    """Return what a browser that has opened the account is counted by; nothing for another."""
    user = request.user
    if isinstance(user, User) and _folded(user.email) == account:
        return f"session {request.session.session_key}"
    name = _name(request, account)
    return name if name and what in cache.get(name, ()) else ""


def _name(request: HttpRequest, account: str) -> str:
    cookie = request.META.get("CSRF_COOKIE", "")
    # The cache forgets what comes first in the alphabet when it is full: attempts, not these.
    return _sealed("known", f"{account} {cookie}") if cookie else ""


def _sealed(kind: str, fact: str) -> str:
    told = hmac.new(settings.SECRET_KEY.encode(), f"{kind} {fact}".encode(), "sha256")
    return f"{_APP}:{kind}:{told.hexdigest()}"


def _remember(request: HttpRequest, user: User, *opened: str) -> None:
    """Know the browser for 60 days as one that has ``opened`` what is guessed at."""
    name = _name(request, _folded(user.email))
    # A session that no request asked for is nobody's browser.
    if name and request.method:
        cache.set(name, opened, KNOWN_FOR_S)


def know_browser(request: HttpRequest, user: object) -> None:
    """Know the browser by the cookie it has from now on: it is signed in."""
    if isinstance(user, User):
        _remember(request, user, PASSWORD, CODE)


def _came_in(*, request: HttpRequest, user: object, **_: Any) -> None:
    know_browser(request, user)


def _chose_password(*, request: HttpRequest, user: User, **_: Any) -> None:
    """The letter shows whose the address is, which is not yet whose the second step is."""
    if not _known_browser(request, PASSWORD, _folded(user.email)):
        _remember(request, user, PASSWORD)
    about = f"{PASSWORD} {_folded(user.email)}"
    ratelimit.clear(request, app=_APP, action="guess_in_all", config=settings.THROTTLES, key=about)


def _tell_of_guessing(what: str, account: str) -> None:
    """Tell the operator, and whoever owns the account, once a day."""
    if not cache.add(_sealed("told", f"{what} {account}"), 1, _DAY_S):
        return
    owner = User.objects.filter(email__iexact=account, is_active=True).order_by("pk").first()
    _log.error("guessing", what=what, account=str(owner.pseudonym) if owner else None)
    if owner is not None:
        with transaction.atomic():
            letter = f"account/email/guessed_{what}"
            get_adapter().send_mail(letter, owner.email, {"tries": _in_all()})


def _in_all() -> int:
    (rate,) = ratelimit.parse_rates(settings.THROTTLES["guess_in_all"])
    return int(rate.amount)


user_logged_in.connect(_came_in, dispatch_uid="samskap.guessing")
password_reset.connect(_chose_password, dispatch_uid="samskap.guessing")
