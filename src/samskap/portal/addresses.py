"""Addresses that more than one page leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from samskap.actors.public import query_string
from samskap.kernel.identifiers import Country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.actors.public import Selection
    from samskap.strategy.public import Element


def element_address(element: Element, *, pinned: str | None = None) -> str:
    """Return where an element is read: in the version ``pinned``, else in the one that holds."""
    asked = {"kind": element.kind, "key": element.key}
    if pinned is None:
        return reverse("portal:element", kwargs=asked)
    return reverse("portal:version-element", kwargs={"label": pinned, **asked})


def directory_address(**asked: str | Iterable[str]) -> str:
    """Return the directory's address with boxes ticked, such as ``factor="capital"``."""
    address = QueryDict(mutable=True)
    for name, values in asked.items():
        address.setlist(name, [values] if isinstance(values, str) else list(values))
    return f"{reverse('portal:directory')}?{address.urlencode()}"


def selection_address(selection: Selection) -> str:
    """Return the directory's address of a selection."""
    return f"{reverse('portal:directory')}{query_string(selection)}"


def place_address(key: str) -> str:
    """Return where a place is told of; ``key`` is what means it in an address."""
    return reverse("portal:place", args=[key])


def place_in_address(country: str, code: str) -> str:
    """Return what an address calls a place: a Norwegian code bare, others after their country."""
    return code if country == Country.NORWAY else f"{country}-{code}"
