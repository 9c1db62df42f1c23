"""Template tags of the pages on which people sign in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from samskap.trust.rules import MUST_HAVE_SECOND_STEP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.trust.access import Reader

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """Write ``value`` as JSON for an attribute, where the page's scripts read it."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def wrapped(authenticators: Iterable[Any]) -> list[Any]:
    """Return what each of ``authenticators`` is: one with a name, for a passkey."""
    return [one.wrap() for one in authenticators]


@register.filter
def must_have_second_step(reader: Reader) -> bool:
    """Whether a role of ``reader`` asks for more than a password."""
    return bool(reader.roles & MUST_HAVE_SECOND_STEP)
