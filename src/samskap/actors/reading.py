"""Read the actors of a region folder, and say everything that is wrong with them at once."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samskap.actors.facts import ActorFacts, Roster
from samskap.actors.models import ActorKind
from samskap.actors.reading_more import more_of
from samskap.evidence.facts import PlaceCode
from samskap.evidence.reading import check_sources, name_of, read_sources
from samskap.kernel.documents import UnreadableDocumentError, check_against, read_document
from samskap.kernel.identifiers import Country, clean_organisation_number
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor, Side
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from samskap.evidence.facts import PlaceFacts
    from samskap.kernel.documents import Document, Fault
    from samskap.kernel.documents.reading import Step

ACTORS_FILE: Final = "actors.yaml"
DEMO_FILE: Final = "demo/actors.yaml"
# Real Norwegian organisations have numbers that begin with 8 or 9; those of examples with 3.
_OF_EXAMPLES: Final = "3"


def read_actors(path: Path | str, *, places: Iterable[PlaceFacts] | None = None) -> Roster:
    """Read the actors of a region folder; with ``places``, every code must be one of theirs.

    Raises ``UnreadableDocumentError`` with every fault at once.
    """
    document = read_document(path)
    faults = check_actors(document, places=places)
    if faults:
        raise UnreadableDocumentError(faults)
    data = document.data
    return Roster(
        sources=read_sources(document),
        actors=tuple(_actor(entry, data) for entry in data["actors"]),
    )


def check_actors(document: Document, *, places: Iterable[PlaceFacts] | None = None) -> list[Fault]:
    """Return everything that is wrong with a document of actors, by line."""
    faults = check_against(document, schema())
    if faults:
        return faults
    found = [
        *check_sources(document, "actors"),
        *_numbers_that_cannot_be(document),
        *_said_twice(document, "key", _("Two actors have the key “%(value)s”.")),
        *_said_twice(document, "organisation-number", _("Two actors have the number %(value)s.")),
        *_reasons_that_are_nowhere(document),
    ]
    if places is not None:
        found.extend(_places_that_are_nowhere(document, list(places)))
    return sorted(found)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``actors.yaml``."""
    text = resources.files("samskap.actors").joinpath("schema/actors.schema.json").read_text()
    return cast("dict[str, Any]", json.loads(text))


def _actor(entry: dict[str, Any], data: dict[str, Any]) -> ActorFacts:
    country = _country(entry)
    name = name_of(entry["name"], country=country)
    reasons = data.get("reasons", {})
    return ActorFacts(
        slug=entry["key"],
        kind=ActorKind(entry["kind"]),
        name=name,
        official_name=entry.get("official-name", ""),
        country=country,
        organisation_number=entry.get("organisation-number", ""),
        place=PlaceCode(entry["place"], on=_day(data), country=country),
        side=Side(entry["side"]) if "side" in entry else None,
        factors={
            Factor(factor): LocalisedText(reasons[reason] if isinstance(reason, str) else reason)
            for factor, reason in entry["factors"].items()
        },
        source=entry["source"],
        source_note=LocalisedText(entry.get("note", {})),
        is_demo=data.get("demo", False),
        visibility=Visibility(entry.get("visibility", Visibility.PUBLIC)),
        more=more_of(entry, country=country, on=_day(data)),
    )


def _country(entry: dict[str, Any]) -> str:
    return str(entry.get("country", Country.NORWAY))


def _day(data: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(data["codes-valid-on"])


def _numbers_that_cannot_be(document: Document) -> Iterator[Fault]:
    is_demo = document.data.get("demo", False)
    for where, entry, number in _numbers(document):
        try:
            clean_organisation_number(number, country=_country(entry))
        except ValidationError as wrong:
            remedy = _("Look the number up, and write it as the register does.")
            yield document.fault(*where, sentence=str(wrong.message), remedy=remedy)
            continue
        if _country(entry) == Country.NORWAY and number.startswith(_OF_EXAMPLES) != is_demo:
            yield document.fault(
                *where,
                sentence=_("%(number)s may belong to a real organisation.") % {"number": number}
                if is_demo
                else _("%(number)s is a number of an example.") % {"number": number},
                remedy=_("Give invented actors, and only them, numbers that begin with 3."),
            )


def _numbers(document: Document) -> Iterator[tuple[tuple[Step, ...], dict[str, Any], str]]:
    """Return where each number stands, whose it is, and the number: the actors' and the sites'."""
    for position, entry in enumerate(document.data["actors"]):
        if "organisation-number" in entry:
            yield (
                ("actors", position, "organisation-number"),
                entry,
                entry["organisation-number"],
            )
        for at, site in enumerate(entry.get("sites", ())):
            if "organisation-number" in site:
                where = ("actors", position, "sites", at, "organisation-number")
                yield where, entry, site["organisation-number"]


def _said_twice(document: Document, key: str, sentence: str) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for position, entry in enumerate(document.data["actors"]):
        if key not in entry:
            continue
        value = (_country(entry) if key == "organisation-number" else "", entry[key])
        if value in seen:
            yield document.fault(
                "actors",
                position,
                key,
                sentence=sentence % {"value": entry[key]},
                remedy=_("Remove one of them, or correct it."),
            )
        seen.add(value)


def _reasons_that_are_nowhere(document: Document) -> Iterator[Fault]:
    known = sorted(document.data.get("reasons", {}))
    for position, entry in enumerate(document.data["actors"]):
        for factor, reason in entry["factors"].items():
            if isinstance(reason, str) and reason not in known:
                yield document.fault(
                    "actors",
                    position,
                    "factors",
                    factor,
                    sentence=_("There is no shared reason “%(key)s”.") % {"key": reason},
                    remedy=_("Write the reason out in nb, sv and en, or add it under “reasons”."),
                )


def _places_that_are_nowhere(document: Document, places: list[PlaceFacts]) -> Iterator[Fault]:
    day = _day(document.data)
    known = {(place.country, place.code) for place in places if place.holds_on(day)}
    for where, country, code in _codes(document):
        if (country, code) not in known:
            yield document.fault(
                *where,
                sentence=_("%(code)s is not the code of a place on %(day)s.")
                % {"code": code, "day": day.isoformat()},
                remedy=_("Check the code and the country, or add the place to places.yaml."),
            )


def _codes(document: Document) -> Iterator[tuple[tuple[Step, ...], str, str]]:
    """Return where each code of a place stands, its country, and the code."""
    for position, entry in enumerate(document.data["actors"]):
        yield ("actors", position, "place"), _country(entry), entry["place"]
        for at, site in enumerate(entry.get("sites", ())):
            yield ("actors", position, "sites", at, "place"), _country(entry), site["place"]
