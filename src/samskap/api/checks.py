"""What ``check --deploy`` and ``samskap doctor`` ask of the doors for programs."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

# Nothing slows down whoever tries tokens: a token is as long as nobody can try all there are.
SHORTEST_TOKEN: Final = 32


@register(Tags.security, deploy=True)
def token_of_the_collector_is_long(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Refuse a token that could be found by trying."""
    del app_configs
    if not settings.METRICS_TOKEN or len(settings.METRICS_TOKEN) >= SHORTEST_TOKEN:
        return []
    message = f"SAMSKAP_METRICS_TOKEN is shorter than {SHORTEST_TOKEN} signs: it could be guessed."
    hint = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
    return [Error(message, hint=hint, id="samskap.E002")]
