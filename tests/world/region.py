"""The region of the tests' world: Østfold's places, and the partnership that works there."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from samskap.evidence.facts import Geography, PlaceFacts
from samskap.evidence.models import Level, Place
from samskap.evidence.queries import place_by_code
from samskap.evidence.reading import read_places
from samskap.kernel.sorting import norwegian_sort_key
from samskap.kernel.text import LocalisedText
from samskap.strategy.actions import load_region
from samskap.strategy.facts import RegionFacts, SubRegionFacts
from samskap.trust.doers import OPERATOR
from tests.world.factories import SourceFactory
from tests.world.remembering import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from samskap.evidence.models import Source

FOLDER = Path(__file__).resolve().parents[2] / "regions" / "ostfold"
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 24)

# The twelve, in Norwegian order of their names.
MUNICIPALITIES = {
    "3124": "Aremark",
    "3107": "Fredrikstad",
    "3101": "Halden",
    "3110": "Hvaler",
    "3118": "Indre Østfold",
    "3122": "Marker",
    "3103": "Moss",
    "3120": "Rakkestad",
    "3112": "Råde",
    "3105": "Sarpsborg",
    "3116": "Skiptvet",
    "3114": "Våler",
}
SUB_REGIONS = {
    "halden": ("3101", "3124"),
    "moss": ("3103", "3114"),
    "nedre-glomma": ("3105", "3107", "3110", "3112"),
    "indre": ("3116", "3118", "3120", "3122"),
}


def ostfold() -> None:
    """Bring in the places of the region folder, and a partnership that is at home there.

    The rows are those that ``load_places`` and ``gather_sub_regions`` make, written all at once
    and remembered: most tests only need them to be there.
    """
    remembered(_bring_in)


def _bring_in() -> None:
    geography = _geography()
    sources = {
        facts.key: SourceFactory(key=facts.key, publisher=facts.publisher, title=facts.title)
        for facts in geography.sources
    }
    groups = [_sub_region(key, codes, sources) for key, codes in SUB_REGIONS.items()]
    made: list[Place] = []
    for level in Level:
        wanted = [each for each in (*geography.places, *groups) if each.level == level]
        made += Place.objects.bulk_create(_row(each, made, sources) for each in wanted)
    _tie(made, geography.places, "replaces", Place.predecessors.through)
    _tie(made, [*geography.places, *groups], "members", Place.members.through)
    load_region(facts=partnership(), by=OPERATOR, at=NOON)


@cache
def _geography() -> Geography:
    return read_places(FOLDER / "places.yaml")


def _sub_region(key: str, codes: tuple[str, ...], sources: dict[str, Source]) -> PlaceFacts:
    return PlaceFacts(
        country="NO",
        code=key,
        level=Level.SUB_REGION,
        name=_text(key.title()),
        valid_from=dt.date(2024, 1, 1),
        parent="31",
        members=codes,
        source=next(iter(sources)),
    )


def _row(facts: PlaceFacts, made: list[Place], sources: dict[str, Source]) -> Place:
    return Place(
        country=facts.country,
        code=facts.code,
        level=facts.level,
        name=facts.name,
        sort_key=norwegian_sort_key(facts.name.in_language("nb")),
        parent=_held(made, facts, facts.parent, facts.valid_from) if facts.parent else None,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        latitude=facts.latitude,
        longitude=facts.longitude,
        source=sources[facts.source],
    )


def _held(made: list[Place], facts: PlaceFacts, code: str, on: dt.date) -> Place:
    return next(
        each
        for each in made
        if (each.country, each.code) == (facts.country, code) and each.is_valid_on(on)
    )


def _tie(made: list[Place], places: Iterable[PlaceFacts], key: str, through: type[Model]) -> None:
    days = {"replaces": dt.timedelta(days=1), "members": dt.timedelta()}
    through.objects.bulk_create(
        through(
            from_place=_held(made, facts, facts.code, facts.valid_from),
            to_place=_held(made, facts, code, facts.valid_from - days[key]),
        )
        for facts in places
        for code in getattr(facts, key)
    )


def partnership() -> RegionFacts:
    """A partnership for Østfold, with four sub-regions."""
    return RegionFacts(
        key="ostfold",
        name=_text("Partnerskapet"),
        short_name=_text("Partnerskapet"),
        region_name=_text("Østfold"),
        host="public",
        languages=("nb", "sv", "en"),
        default_language="nb",
        home_country="NO",
        home_place="31",
        municipalities=tuple(MUNICIPALITIES),
        sub_regions=tuple(
            SubRegionFacts(key=key, name=_text(key.title()), municipalities=codes)
            for key, codes in SUB_REGIONS.items()
        ),
        neighbours=(),
    )


def place(code: str, *, country: str = "NO") -> Place:
    """The place that ``code`` means today."""
    return place_by_code(code, on=TODAY, country=country)


def _text(text: str) -> LocalisedText:
    return LocalisedText({"nb": text, "sv": text, "en": text})
