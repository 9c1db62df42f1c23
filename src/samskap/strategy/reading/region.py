"""The region's own facts: what ``region.yaml`` says, and what it can say wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from samskap.kernel.documents import check_against, check_languages
from samskap.kernel.languages import LANGUAGES
from samskap.kernel.text import LocalisedText
from samskap.strategy.facts import NeighbourFacts, RegionFacts, SubRegionFacts
from samskap.strategy.reading.schemas import schema
from samskap.strategy.reading.walking import at, entries, key_used_twice, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.kernel.documents import Document, Fault
    from samskap.kernel.documents.reading import Steps

_MUNICIPALITY: Final = "municipality"


def region_facts(document: Document) -> RegionFacts:
    """Return what a checked ``region.yaml`` says."""
    data = document.data
    return RegionFacts(
        key=data["key"],
        name=LocalisedText(data["name"]),
        short_name=LocalisedText(data["short-name"]),
        region_name=LocalisedText(data["region"]),
        host=data["host"],
        languages=tuple(data["languages"]),
        default_language=data["default-language"],
        home_country=data["home"]["country"],
        home_place=data["home"]["place"],
        municipalities=tuple(data["home"]["municipalities"]),
        sub_regions=tuple(map(_sub_region, data["sub-regions"])),
        neighbours=tuple(map(_neighbour, data["neighbours"])),
        contact=data.get("contact", ""),
    )


def check_region(document: Document, places: Document | None = None) -> list[Fault]:
    """Return everything that is wrong with the region's facts, by line.

    With ``places`` the codes are held to the places of the region folder.
    """
    return sorted(
        {
            *check_against(document, schema("region")),
            *check_languages(document, languages_of(document)),
            *_default_language(document),
            *_keys(document),
            *_municipalities_outside_the_county(document),
            *_sub_regions(document),
            *(_unknown_codes(document, places) if places else ()),
        }
    )


def languages_of(document: Document | None) -> tuple[str, ...]:
    """Return the languages that every text must be in: the region's, else all that we have."""
    spoken = [text for _, text in texts(document.data, "languages")] if document else []
    return tuple(language for language in LANGUAGES if language in spoken) or LANGUAGES


def keys_of(document: Document, name: str) -> list[str]:
    """Return the keys of the entries in the list called ``name``."""
    return [str(entry.get("key")) for _, entry in entries(document.data, name)]


def _sub_region(entry: dict[str, Any]) -> SubRegionFacts:
    return SubRegionFacts(
        key=entry["key"],
        name=LocalisedText(entry["name"]),
        municipalities=tuple(entry["municipalities"]),
    )


def _neighbour(entry: dict[str, Any]) -> NeighbourFacts:
    return NeighbourFacts(
        key=entry["key"],
        name=LocalisedText(entry["name"]),
        country=entry["country"],
        places=tuple(entry["places"]),
    )


def _default_language(document: Document) -> Iterator[Fault]:
    default = at(document.data, "default-language")
    if default in LANGUAGES and default not in languages_of(document):
        yield document.fault(
            "default-language",
            sentence=_("The default language “%(language)s” is not one of the region’s languages.")
            % {"language": default},
            remedy=_("Add it under “languages”, or choose one that is there."),
        )


def _keys(document: Document) -> Iterator[Fault]:
    for name in ("sub-regions", "neighbours"):
        seen: set[str] = set()
        for place, entry in entries(document.data, name):
            key = str(entry.get("key"))
            if key in seen:
                yield key_used_twice(document, key, name, place)
            seen.add(key)


def _municipalities_outside_the_county(document: Document) -> Iterator[Fault]:
    # In Norway and in Sweden a municipality's code begins with its county's.
    home = at(document.data, "home")
    county = at(home, "place")
    if not isinstance(county, str):
        return
    for place, code in texts(home, "municipalities"):
        if not code.startswith(county):
            yield document.fault(
                "home",
                "municipalities",
                place,
                sentence=_("%(code)s is not a municipality in %(county)s.")
                % {"code": code, "county": county},
                remedy=_("Check the code: it begins with %(county)s.") % {"county": county},
            )


def _sub_regions(document: Document) -> Iterator[Fault]:
    ours = {code for _, code in texts(at(document.data, "home"), "municipalities")}
    where: dict[str, str] = {}
    for place, entry in entries(document.data, "sub-regions"):
        for number, code in texts(entry, "municipalities"):
            steps = ("sub-regions", place, "municipalities", number)
            if code not in ours:
                yield document.fault(
                    *steps,
                    sentence=_("%(code)s is not one of the region’s municipalities.")
                    % {"code": code},
                    remedy=_("Check the code, or add it under “home”."),
                )
            elif code in where:
                yield document.fault(
                    *steps,
                    sentence=_("%(code)s is already in the sub-region “%(key)s”.")
                    % {"code": code, "key": where[code]},
                    remedy=_("Keep it in one of them."),
                )
            where.setdefault(code, str(entry.get("key")))


def _unknown_codes(document: Document, places: Document) -> Iterator[Fault]:
    """Hold every code to the places that still hold."""
    today = [place for _, place in entries(places.data, "places") if not place.get("valid-to")]
    known = {(place.get("country"), place.get("code")) for place in today}
    for country, code, steps in _codes(document.data):
        if (country, code) not in known:
            yield document.fault(
                *steps,
                sentence=_("%(code)s is not the code of a place that we know.") % {"code": code},
                remedy=_("Check the code, or add the place to “%(file)s”.")
                % {"file": places.path.name},
            )
    yield from _missing_municipalities(document, today)


def _missing_municipalities(document: Document, today: list[dict[str, Any]]) -> Iterator[Fault]:
    home = at(document.data, "home")
    county = (at(home, "country"), at(home, "place"))
    listed = {code for _, code in texts(home, "municipalities")}
    for place in today:
        is_ours = (place.get("country"), place.get("parent")) == county
        if is_ours and place.get("level") == _MUNICIPALITY and place.get("code") not in listed:
            yield document.fault(
                "home",
                "municipalities",
                sentence=_("The municipality %(code)s is missing.") % {"code": place.get("code")},
                remedy=_("Add “%(code)s” to the list.") % {"code": place.get("code")},
            )


def _codes(data: Any) -> Iterator[tuple[Any, str, Steps]]:
    home = at(data, "home")
    country = at(home, "country")
    county = at(home, "place")
    if isinstance(county, str):
        yield country, county, ("home", "place")
    for place, code in texts(home, "municipalities"):
        yield country, code, ("home", "municipalities", place)
    for number, entry in entries(data, "neighbours"):
        for place, code in texts(entry, "places"):
            yield entry.get("country"), code, ("neighbours", number, "places", place)
