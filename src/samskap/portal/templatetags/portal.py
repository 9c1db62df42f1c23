"""What the portal's pages say again and again of the strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from samskap.portal.addresses import element_address

if TYPE_CHECKING:
    from django.template.context import RequestContext

    from samskap.strategy.public import Element

register = template.Library()


@register.simple_tag(takes_context=True)
def element_url(context: RequestContext, element: Element) -> str:
    """Return an element's address, in the version that the reader looks at."""
    return element_address(element, pinned=context.get("pinned"))


@register.filter
def parts(element: Element, kind: str) -> tuple[Any, ...]:
    """Return the parts of an element that are of ``kind``."""
    return element.parts(kind)
