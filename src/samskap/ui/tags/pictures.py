"""Drawings, each beside what says the same in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from samskap.ui.drawings import Bubble
from samskap.ui.marks import MARKS

if TYPE_CHECKING:
    from samskap.ui.drawings import Knot, ModelDrawing
    from samskap.ui.maps import MapPicture

register = template.Library()


@register.inclusion_tag("ui/strategy_model.html")
def strategy_model(drawing: ModelDrawing, *, level: int = 3) -> dict[str, Any]:
    """Draw the focus areas as the strategy does; ``level`` is that of their headings."""
    return {"drawing": drawing, "heading": f"h{level}"}


@register.inclusion_tag("ui/knot.html")
def knot(drawing: Knot) -> dict[str, Any]:
    """Draw the five factors tied, each as large as it is here."""
    return {"knot": drawing}


@register.inclusion_tag("ui/map.html", name="map")
def map_picture(drawing: MapPicture) -> dict[str, Any]:
    """Draw a map, and beside it the table that says the same."""
    return {"map": drawing}


@register.inclusion_tag("ui/coverage_cell.html")
def coverage_cell(count: int, factor: str, href: str, *, gap: bool = True) -> dict[str, Any]:
    """Draw how many there are of a factor in a place; none is a gap, and says so.

    Where nobody is expected to have them all, ``gap=False`` leaves the empty cell plain.
    """
    return {
        "count": count,
        "mark": MARKS[str(factor)],
        "bubble": Bubble.of(count),
        "href": href,
        "gap": gap,
    }
