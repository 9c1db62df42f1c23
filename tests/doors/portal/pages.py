"""Every address of the portal that stands there once the region is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import override

from samskap.kernel.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGES: Final[tuple[tuple[str, Mapping[str, str]], ...]] = (
    ("home", {}),
    ("strategy", {}),
    ("strategy-versions", {}),
    ("strategy-version", {"label": "2024-27"}),
    ("version-element", {"label": "2024-27", "kind": "focus-area", "key": "digital"}),
    ("strategy-changes", {"old": "2024-27", "new": "2024-27"}),
    ("element", {"kind": "focus-area", "key": "green-industry"}),
    ("element", {"kind": "factor", "key": "capital"}),
    ("element", {"kind": "side", "key": "employee"}),
    ("element", {"kind": "sub-region", "key": "halden"}),
    ("element", {"kind": "evidence", "key": "reve-2018"}),
    ("directory", {}),
    ("network", {}),
    ("actor", {"slug": "sarpsborg-kommune"}),
    ("place", {"key": "3105"}),
    ("place", {"key": "nedre-glomma"}),
    ("place", {"key": "SE-1486"}),
    ("letter-thanks", {"came_of_it": "confirmed"}),
    ("letter-thanks", {"came_of_it": "corrected"}),
    ("letter-thanks", {"came_of_it": "out"}),
    ("coverage", {}),
    ("methods", {}),
    ("about", {}),
    ("partners", {}),
    ("accessibility", {}),
    ("privacy", {}),
    ("open-data", {}),
    ("log-head", {}),
    ("gallery", {}),
)


def address(language: str, name: str, **given: str) -> str:
    """Return where a page is in a language."""
    with override(language):
        return reverse(f"portal:{name}", kwargs=given)


def every_address() -> list[str]:
    """Return every page in every language."""
    return [address(language, name, **given) for language in LANGUAGES for name, given in PAGES]
