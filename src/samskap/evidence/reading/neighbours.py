"""Who lies beside whom, as a region folder tells it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samskap.evidence.facts import NeighbourFacts, PlaceCode
from samskap.evidence.reading.sources import check_named_sources
from samskap.kernel.identifiers import Country

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samskap.evidence.facts import PlaceFacts
    from samskap.kernel.documents import Document, Fault


def read_neighbours(document: Document) -> tuple[NeighbourFacts, ...]:
    """Return the pairs of neighbours of a checked document."""
    return tuple(
        NeighbourFacts(_code(entry["place"], entry), _code(beside, entry), entry["source"])
        for entry in document.data.get("neighbours", ())
        for beside in entry["beside"]
    )


def check_neighbours(document: Document, places: Sequence[PlaceFacts]) -> Iterator[Fault]:
    """Give a fault for each neighbour, and each source of one, that is not in the document."""
    yield from check_named_sources(document, "neighbours")
    for position, entry in enumerate(document.data.get("neighbours", ())):
        for key, written in (("place", entry["place"]), *(("beside", b) for b in entry["beside"])):
            code = _code(written, entry)
            if not any(_is(place, code) for place in places):
                yield document.fault(
                    "neighbours",
                    position,
                    key,
                    sentence=_("%(code)s is not the code of a place on %(day)s.")
                    % {"code": written, "day": code.on.isoformat()},
                    remedy=_("Check the code, or add the place to this file."),
                )


def _code(written: str, entry: dict[str, str]) -> PlaceCode:
    on = dt.date.fromisoformat(entry["on"])
    country, dash, code = written.partition("-")
    if dash and country in set(Country):
        return PlaceCode(code, on=on, country=country)
    return PlaceCode(written, on=on)


def _is(place: PlaceFacts, code: PlaceCode) -> bool:
    return place.holds_on(code.on) and (place.country, place.code) == (code.country, code.code)
