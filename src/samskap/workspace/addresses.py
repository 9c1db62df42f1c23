"""The addresses of sign-in: allauth's, each change of which is one transaction, and our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.urls import urlpatterns as allauths
from django.db import transaction
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from samskap.workspace.views import invitations, own_sessions, services

if TYPE_CHECKING:
    from collections.abc import Iterable

# These prove who someone is. They change nothing that the trail tells of, and what they count of
# wrong attempts must be there for the next request at once, not when this one is answered.
PROVING: Final = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_reauthenticate",
    }
)


def in_one_transaction(
    patterns: Iterable[URLPattern | URLResolver],
) -> list[URLPattern | URLResolver]:
    """Return ``patterns`` with each view that may change how someone signs in in a transaction."""
    return [_whole(pattern) for pattern in patterns]


def _whole(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLResolver):
        inner = in_one_transaction(pattern.url_patterns)
        return URLResolver(
            pattern.pattern,
            inner,
            pattern.default_kwargs,
            pattern.app_name,
            pattern.namespace,
        )
    if pattern.name in PROVING:
        return pattern
    view = transaction.atomic(pattern.callback)
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


# Ours call one action each, which is a transaction by itself; some ask other machines meanwhile.
OURS: Final = [
    path(
        pgettext_lazy("address", "signed-in/"),
        own_sessions.own_sessions,
        name="account_sessions",
    ),
    path(
        pgettext_lazy("address", "invitation/<str:secret>/"),
        invitations.accept,
        name="account_invitation",
    ),
    path(
        pgettext_lazy("address", "service/<slug:key>/"),
        services.begin,
        name="account_service",
    ),
    path(
        pgettext_lazy("address", "service/<slug:key>/let-go/"),
        services.disconnect,
        name="account_service_disconnect",
    ),
]
urlpatterns = [*OURS, *in_one_transaction(allauths)]
