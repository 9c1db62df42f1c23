"""The region of the tests' world: Østfold's places, and the partnership that works there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from samskap.actors.actions import gather_sub_regions
from samskap.evidence.actions import load_places
from samskap.evidence.queries import place_by_code
from samskap.evidence.reading import read_places
from samskap.kernel.text import LocalisedText
from samskap.strategy.actions import load_region
from samskap.strategy.facts import RegionFacts, SubRegionFacts
from samskap.trust.doers import OPERATOR

if TYPE_CHECKING:
    from samskap.evidence.models import Place

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
    """Bring in the places of the region folder, and a partnership that is at home there."""
    load_places(geography=read_places(FOLDER / "places.yaml"), by=OPERATOR, at=NOON)
    load_region(facts=partnership(), by=OPERATOR, at=NOON)
    gather_sub_regions(by=OPERATOR, at=NOON)


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
