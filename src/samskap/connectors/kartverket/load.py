"""Bring in boundaries on Kartverket's word."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from samskap.evidence.actions import load_boundaries
from samskap.evidence.compute.outlines import clean
from samskap.evidence.facts import BoundaryFacts, PlaceCode, SourceFacts
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from samskap.connectors.kartverket.client import Kartverket
    from samskap.kernel.loading import Loaded
    from samskap.trust.doers import Doer

SOURCE_KEY: Final = "kartverket-kommuneinfo"
# The service sets no limit; we ask no more than twice a second.
_PAUSE_S: Final = 0.5


def refresh_boundaries(
    *,
    codes: Sequence[str],
    service: Kartverket,
    by: Doer,
    at: datetime,
    progress: Callable[[str], None] = lambda _code: None,
    pause: Callable[[float], None] = time.sleep,
) -> Loaded:
    """Fetch the boundaries of municipalities and counties, and bring in all of them or none.

    ``progress`` is called with each code before it is asked about. Raises what the service and
    ``load_boundaries`` raise; nothing is kept then.
    """
    today = timezone.localdate(at)
    outlines = []
    for position, code in enumerate(codes):
        if position:
            pause(_PAUSE_S)
        progress(code)
        outlines.append(service.outline_of(code))
    boundaries = [
        BoundaryFacts(PlaceCode(code, on=today), outline.geometry, outline.area_km2, today)
        for code, outline in zip(codes, clean(outlines), strict=True)
    ]
    return load_boundaries(boundaries=boundaries, source=_source(today), by=by, at=at)


def _source(today: date) -> SourceFacts:
    return SourceFacts(
        key=SOURCE_KEY,
        title=LocalisedText(
            nb="Kommuneinfo, grenser for kommuner og fylker",
            sv="Kommuneinfo, gränser för kommuner och fylken",
            en="Kommuneinfo, boundaries of municipalities and counties",
        ),
        publisher="Kartverket",
        year=today.year,
        url="https://ws.geonorge.no/kommuneinfo/v1/",
        licence="CC BY 4.0",
        retrieved_on=today,
    )
