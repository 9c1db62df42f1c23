"""Kartverket's answer about where a place ends, in the shape it is documented to have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely

from samskap.evidence.compute.outlines import NotAnOutlineError, shape_from

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

_NUMBERS: Final = ("kommunenummer", "fylkesnummer")
# Norway with its seas, Svalbard and Jan Mayen.
_WEST, _SOUTH, _EAST, _NORTH = -15.0, 55.0, 45.0, 85.0


class UnexpectedAnswerError(Exception):
    """The answer is not of the shape we know; the argument is the field that is not."""


def read_outline(payload: Any, *, code: str) -> MultiPolygon:
    """Return the outline of the place that was asked about.

    Raises ``UnexpectedAnswerError`` with the field that is not as it should be.
    """
    if not isinstance(payload, dict):
        raise UnexpectedAnswerError("$")
    if code not in {payload.get(name) for name in _NUMBERS}:
        raise UnexpectedAnswerError("kommunenummer")
    try:
        outline = shape_from(payload.get("omrade"))
    except NotAnOutlineError as wrong:
        raise UnexpectedAnswerError("omrade") from wrong
    west, south, east, north = shapely.bounds(outline)
    if not (west > _WEST and south > _SOUTH and east < _EAST and north < _NORTH):
        raise UnexpectedAnswerError("omrade.coordinates")
    return outline
