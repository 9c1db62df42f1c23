"""The addresses of sign-in: allauth's own, each change of which is one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.urls import urlpatterns as allauths
from django.db import transaction
from django.urls import URLPattern, URLResolver

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


urlpatterns = in_one_transaction(allauths)
