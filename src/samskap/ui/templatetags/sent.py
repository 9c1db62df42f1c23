"""What stands unseen in every form that is sent: loaded in all templates, by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html

from samskap.ui.unsent import BEGUN_BY, ONCE, begun_by, key_of_form

if TYPE_CHECKING:
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()
_FIELD = '<input type="hidden" name="{}" value="{}">'


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Draw Django's own token, the key that lets it be done once, and for whom it is drawn."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 - what Django says for none
        return format_html("{}", "")
    request = context.get("request")
    signed = begun_by(getattr(request, "user", None))
    drawn = format_html(_FIELD, "csrfmiddlewaretoken", token)
    if not _is_of_sign_in(request):
        drawn += format_html(_FIELD, ONCE, key_of_form(request))
    return drawn + format_html(_FIELD, BEGUN_BY, signed) if signed else drawn


def _is_of_sign_in(request: Any) -> bool:
    """Whether a page is one of sign-in: it holds secrets, and says the same to all who guess."""
    match = getattr(request, "resolver_match", None)
    return match is not None and not match.namespace
