"""What every page knows about the installation it is part of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Site:
    """The installation: whose pages these are, and whether they are a demonstration."""

    name: str
    tagline: str
    full_name: str
    icon: str
    is_demo: bool


def site(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001
    """Give every template ``site``; nothing is asked of the database until a page uses it."""
    return {"site": SimpleLazyObject(_site)}


def _site() -> Site:
    name = str(settings.PRODUCT_NAME)
    return Site(
        name=name,
        tagline="",
        full_name=name,
        icon=static("favicon.svg"),
        is_demo=settings.DEMO,
    )
