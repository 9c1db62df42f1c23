"""What stands unseen in every form that is sent: loaded in all templates, by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from samskap.ui.unsent import BEGUN_BY, begun_by

if TYPE_CHECKING:
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()
_FIELD = '<input type="hidden" name="{}" value="{}">'


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Draw Django's own token, and for whom the form is drawn."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 - what Django says for none
        return format_html("{}", "")
    request = context.get("request")
    signed = begun_by(getattr(request, "user", None))
    drawn = format_html(_FIELD, "csrfmiddlewaretoken", token)
    return drawn + format_html(_FIELD, BEGUN_BY, signed) if signed else drawn
