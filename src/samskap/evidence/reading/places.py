"""Read the places of a region folder, and say everything that is wrong with them at once."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils.translation import gettext as _

from samskap.evidence.facts import Geography, PlaceFacts
from samskap.evidence.models import Level
from samskap.evidence.reading.neighbours import check_neighbours, read_neighbours
from samskap.evidence.reading.sources import check_sources, day_of, read_sources
from samskap.kernel.documents import UnreadableDocumentError, check_against, read_document
from samskap.kernel.identifiers import Country
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from samskap.kernel.documents import Document, Fault

# What has one name has it in its country's own language.
OWN_LANGUAGE: Final = {Country.NORWAY: DEFAULT_LANGUAGE, Country.SWEDEN: "sv"}
_FROM_THE_WIDEST: Final = tuple(Level)
_A_DAY: Final = dt.timedelta(days=1)


def read_places(path: Path | str) -> Geography:
    """Read the places of a region folder (``places.yaml``), each after those it points to.

    Raises ``UnreadableDocumentError`` with every fault at once.
    """
    document = read_document(path)
    faults = check_places(document)
    if faults:
        raise UnreadableDocumentError(faults)
    places = [_place(entry) for entry in document.data["places"]]
    places.sort(key=lambda place: (_FROM_THE_WIDEST.index(place.level), place.valid_from))
    return Geography(
        sources=read_sources(document),
        places=tuple(places),
        neighbours=read_neighbours(document),
    )


def check_places(document: Document) -> list[Fault]:
    """Return everything that is wrong with a document of places, by line."""
    faults = check_against(document, schema())
    if faults:
        return faults
    return sorted(
        [
            *check_sources(document, "places"),
            *_periods_that_end_early(document),
            *_codes_used_twice(document),
            *_codes_that_point_nowhere(document),
            *_shares_of_what_is_not_replaced(document),
            *check_neighbours(document, _entries(document)),
        ]
    )


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``places.yaml``."""
    text = resources.files("samskap.evidence").joinpath("schema/places.schema.json").read_text()
    return cast("dict[str, Any]", json.loads(text))


def name_of(written: str | dict[str, str], *, country: str) -> LocalisedText:
    """Return a name as text: a name alone is in the language of its country."""
    if isinstance(written, str):
        return LocalisedText({OWN_LANGUAGE[Country(country)]: written})
    return LocalisedText(written)


def _place(entry: dict[str, Any]) -> PlaceFacts:
    return PlaceFacts(
        country=entry["country"],
        code=entry["code"],
        level=Level(entry["level"]),
        name=name_of(entry["name"], country=entry["country"]),
        valid_from=dt.date.fromisoformat(entry["valid-from"]),
        valid_to=day_of(entry.get("valid-to")),
        parent=entry.get("parent", ""),
        members=tuple(entry.get("members", ())),
        replaces=tuple(entry.get("replaces", ())),
        shares=dict(entry.get("shares", {})),
        latitude=entry.get("latitude"),
        longitude=entry.get("longitude"),
        source=entry["source"],
    )


def _entries(document: Document) -> list[PlaceFacts]:
    return [_place(entry) for entry in document.data["places"]]


def _holds(place: PlaceFacts, country: str, code: str, on: dt.date) -> bool:
    return place.holds_on(on) and (place.country, place.code) == (country, code)


def _periods_that_end_early(document: Document) -> Iterator[Fault]:
    for position, place in enumerate(_entries(document)):
        if place.valid_to is not None and place.valid_to <= place.valid_from:
            yield document.fault(
                "places",
                position,
                "valid-to",
                sentence=_("%(code)s ends before it begins.") % {"code": place.code},
                remedy=_("Write the first day it no longer holds; leave it out if it still does."),
            )


def _codes_used_twice(document: Document) -> Iterator[Fault]:
    places = _entries(document)
    for position, place in enumerate(places):
        earlier = (
            other
            for other in places[:position]
            if _holds(other, place.country, place.code, place.valid_from)
            or _holds(place, other.country, other.code, other.valid_from)
        )
        if any(earlier):
            yield document.fault(
                "places",
                position,
                "code",
                sentence=_("%(code)s is another place’s code in the same time.")
                % {"code": place.code},
                remedy=_("Let one end on the day the other begins, or remove one."),
            )


def _codes_that_point_nowhere(document: Document) -> Iterator[Fault]:
    places = _entries(document)
    for position, place in enumerate(places):
        for key, code, on in _pointers(place):
            if not any(_holds(other, place.country, code, on) for other in places):
                yield document.fault(
                    "places",
                    position,
                    key,
                    sentence=_("%(code)s is not the code of a place on %(day)s.")
                    % {"code": code, "day": on.isoformat()},
                    remedy=_("Check the code, or add the place to this file."),
                )


def _shares_of_what_is_not_replaced(document: Document) -> Iterator[Fault]:
    for position, place in enumerate(_entries(document)):
        for code in sorted(set(place.shares) - set(place.replaces)):
            yield document.fault(
                "places",
                position,
                "shares",
                sentence=_("%(code)s has a share, but is not replaced here.") % {"code": code},
                remedy=_("Name it under “replaces” too, or remove its share."),
            )


def _pointers(place: PlaceFacts) -> Iterator[tuple[str, str, dt.date]]:
    if place.parent:
        yield "parent", place.parent, place.valid_from
    for code in place.members:
        yield "members", code, place.valid_from
    for code in place.replaces:
        yield "replaces", code, place.valid_from - _A_DAY
