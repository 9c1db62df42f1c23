"""What every template is given: the installation, asked of the database only when drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from samskap.strategy import public as strategies
from samskap.ui.site import Site

if TYPE_CHECKING:
    from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001
    """Give every template ``site``."""
    return {"site": SimpleLazyObject(_site)}


def _site() -> Site:
    partnership = strategies.partnership()
    if partnership is None:
        return Site.plain()
    name, short = str(partnership.name), str(partnership.short_name)
    return Site(
        name=short,
        tagline=name,
        full_name=name,
        region=str(partnership.region_name),
        is_demo=settings.DEMO,
        contact=partnership.contact,
    )
