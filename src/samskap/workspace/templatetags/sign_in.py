"""Template tags of the pages on which people sign in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from samskap.trust.models import User
from samskap.trust.rules import MUST_HAVE_SECOND_STEP

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.template.context import RequestContext

    from samskap.trust.access import Reader
    from samskap.trust.sign_in.services import Service

register = template.Library()


@dataclass(frozen=True, slots=True)
class OwnService:
    """A sign-in service, and since when it opens the account; nothing, when it does not."""

    service: Service
    connected_at: datetime | None


@register.simple_tag
def services() -> tuple[Service, ...]:
    """Return the sign-in services of this installation."""
    found: tuple[Service, ...] = settings.SIGN_IN_SERVICES
    return found


@register.simple_tag(takes_context=True)
def own_services(context: RequestContext) -> list[OwnService]:
    """Return each sign-in service, and whether it opens the account of whoever reads."""
    user = context.request.user
    if not isinstance(user, User) or not settings.SIGN_IN_SERVICES:
        return []
    since = dict(user.identities.order_by("id").values_list("service", "connected_at"))
    return [OwnService(service, since.get(service.key)) for service in settings.SIGN_IN_SERVICES]


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
