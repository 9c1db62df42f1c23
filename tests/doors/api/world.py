"""A small geography and a few actors for the API's tests, made the way the product makes them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from samskap.actors.actions import register_actor
from samskap.actors.facts import ActorFacts
from samskap.actors.models import ActorKind
from samskap.evidence.actions import register_place, register_source
from samskap.evidence.facts import PlaceCode, PlaceFacts, SourceFacts
from samskap.evidence.models import Level
from samskap.kernel.text import LocalisedText
from samskap.strategy import actions as strategy_actions
from samskap.strategy.actions import load_region, load_strategy
from samskap.strategy.facts import ElementFacts, Reference, RegionFacts, StrategyFacts
from samskap.strategy.keys import Factor, Side
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from samskap.actors.models import Actor
    from samskap.evidence.models import Place
    from samskap.strategy.models import StrategyVersion
    from samskap.trust.models import Party

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 24)
NEW_COUNTIES = dt.date(2024, 1, 1)
VIKEN = dt.date(2020, 1, 1)


def source(key: str = "codes", visibility: Visibility = Visibility.PUBLIC) -> None:
    register_source(
        facts=SourceFacts(
            key=key,
            title=LocalisedText(nb="Kodene", sv="Koderna", en="The codes"),
            publisher="Et register",
            visibility=visibility,
        ),
        by=OPERATOR,
        at=NOON,
    )


def place(code: str, name: str, **facts: object) -> Place:
    given = {
        "country": "NO",
        "level": Level.MUNICIPALITY,
        "valid_from": NEW_COUNTIES,
        "source": "codes",
    } | facts
    return register_place(
        facts=PlaceFacts(code=code, name=LocalisedText(nb=name), **given), by=OPERATOR, at=NOON
    )


def ostfold() -> None:
    """The county, three of its municipalities, what they were in Viken, and one in Sweden."""
    source()
    place("30", "Viken", level=Level.COUNTY, valid_from=VIKEN, valid_to=NEW_COUNTIES)
    place("31", "Østfold", level=Level.COUNTY)
    for old, code, name, north, east in (
        ("3003", "3105", "Sarpsborg", 59.28, 11.11),
        ("3001", "3101", "Halden", 59.12, 11.39),
        ("3012", "3110", "Hvaler", 59.08, 11.02),
    ):
        place(old, name, parent="30", valid_from=VIKEN, valid_to=NEW_COUNTIES)
        place(code, name, parent="31", replaces=(old,), latitude=north, longitude=east)
    place("1486", "Strömstad", country="SE", valid_from=VIKEN)


def actor(slug: str, name: str, **facts: object) -> Actor:
    given = {
        "kind": ActorKind.COMPANY,
        "factors": {Factor.BUSINESS: LocalisedText(nb="En bedrift.")},
        "place": PlaceCode("3105", on=TODAY),
        "source": "codes",
        "visibility": Visibility.PUBLIC,
    } | facts
    return register_actor(
        facts=ActorFacts(slug=slug, name=LocalisedText(nb=name), **given), by=OPERATOR, at=NOON
    )


def municipality(slug: str, name: str, code: str, **facts: object) -> Actor:
    given = {
        "kind": ActorKind.MUNICIPALITY,
        "factors": {Factor.PUBLIC_AUTHORITY: LocalisedText(nb="En kommune.")},
        "side": Side.AUTHORITY,
        "place": PlaceCode(code, on=TODAY),
    } | facts
    return actor(slug, name, **given)


def hidden(slug: str, name: str, *, party: Party | None = None) -> Actor:
    visibility = Visibility.PARTY if party else Visibility.SECRETARIAT
    return actor(slug, name, visibility=visibility, visible_to=party)


def region() -> None:
    """A partnership at home in the county."""
    load_region(
        facts=RegionFacts(
            key="ostfold",
            name=words("Partnerskapet"),
            short_name=words("Partnerskapet"),
            region_name=words("Østfold"),
            host="public",
            languages=("nb", "sv", "en"),
            default_language="nb",
            home_country="NO",
            home_place="31",
            municipalities=("3101", "3105", "3110"),
            sub_regions=(),
            neighbours=(),
        ),
        by=OPERATOR,
        at=NOON,
    )


AREAS = {
    "green-industry": "effort",
    "bioeconomy": "effort",
    "digital": "effort",
    "attraction": "cross-cutting",
    "capital-access": "support",
    "competence-inclusion": "support",
}


def strategy_draft(label: str = "2024-27", **facts: object) -> StrategyVersion:
    """A strategy with a vision, a role and six focus areas, the first with a goal and a theme."""
    area = Reference("focus-area", "green-industry")
    goal = Reference("goal", "first-goal")
    given = {
        "title": words("Plattform"),
        "first_year": 2024,
        "last_year": 2027,
        "adopted": "2024-03",
        "source": words("Dokumentet"),
        "elements": (
            element("vision", "vision"),
            element("role", "connector"),
            *(element("focus-area", key, attributes={"kind": kind}) for key, kind in AREAS.items()),
            element("goal", "first-goal", parent=area),
            element("theme", "circular", parent=goal),
        ),
    } | facts
    return load_strategy(facts=StrategyFacts(label=label, **given), by=OPERATOR, at=NOON)


def publish_strategy(label: str = "2024-27", **facts: object) -> StrategyVersion:
    return strategy_actions.publish_strategy(
        version=strategy_draft(label, **facts), by=OPERATOR, at=NOON
    )


def element(kind: str, key: str, **facts: object) -> ElementFacts:
    return ElementFacts(kind=kind, key=key, title=words(key), body=words(f"Om {key}"), **facts)


def words(text: str) -> LocalisedText:
    return LocalisedText(nb=text, sv=f"{text} (sv)", en=f"{text} (en)")
