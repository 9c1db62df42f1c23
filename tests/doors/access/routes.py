"""Every address of the product, as Django's resolver and the API's schema know them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Route:
    """One address: what the table calls it, and how it is written, in English."""

    name: str
    pattern: str


def routes() -> list[Route]:
    """Return each address in the resolver's order.

    One with a name is called ``namespace:name``; another is called by its pattern. Several
    patterns may share a name, as the elements of a strategy do.
    """
    with translation.override("en"):
        return list(_below(get_resolver().url_patterns, (), ""))


def _below(
    patterns: Iterable[URLPattern | URLResolver], spaces: tuple[str, ...], before: str
) -> Iterator[Route]:
    for each in patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            space = (each.namespace,) if each.namespace else ()
            yield from _below(each.url_patterns, (*spaces, *space), pattern)
        else:
            yield Route(":".join((*spaces, each.name)) if each.name else pattern, pattern)
