"""What every page knows about the installation it is part of."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Site:
    """Whose pages these are, in the reader's language, and whether they are a demonstration.

    ``name`` is short, ``tagline`` what follows it, ``full_name`` the whole;
    ``region`` is where the partnership works, ``contact`` the secretariat's address or nothing.
    """

    name: str
    tagline: str
    full_name: str
    region: str
    is_demo: bool
    contact: str = ""

    @classmethod
    def plain(cls) -> Site:
        """The product's own name: before a region is loaded, or when the database is away."""
        name = str(settings.PRODUCT_NAME)
        return cls(name=name, tagline="", full_name=name, region="", is_demo=settings.DEMO)
