from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from samskap.strategy.models import StrategyElement
from samskap.trust.models import Role
from tests.doors.api import world
from tests.world import people

pytestmark = pytest.mark.django_db


def texts(word: str) -> dict[str, str]:
    return {"nb": word, "sv": f"{word} (sv)", "en": f"{word} (en)"}


def elements_in(part: object) -> list[tuple[str, str]]:
    """Every element of an answer, wherever it stands."""
    if isinstance(part, list):
        return [found for inner in part for found in elements_in(inner)]
    if isinstance(part, dict):
        own = [(part["kind"], part["key"])] if "parts" in part else []
        inside = [value for name, value in part.items() if name not in {"parent", "attributes"}]
        return own + elements_in(inside)
    return []


def test_the_strategy_carries_all_six_focus_areas_in_three_languages(caller):
    world.region()
    world.publish_strategy()

    strategy = caller.get("/api/v1/strategy").json()

    assert [
        (area["key"], area["attributes"]["kind"], area["title"], area["body"])
        for area in strategy["focus_areas"]
    ] == [(key, kind, texts(key), texts(f"Om {key}")) for key, kind in world.AREAS.items()]


def test_the_strategy_says_whose_it_is_for_which_years_and_when_it_was_adopted(caller):
    world.region()
    world.publish_strategy()

    strategy = caller.get("/api/v1/strategy").json()

    assert strategy["partnership"] == {
        "key": "ostfold",
        "name": texts("Partnerskapet"),
        "short_name": texts("Partnerskapet"),
        "region_name": texts("Østfold"),
        "host": "public",
    }
    assert (
        strategy["label"],
        strategy["first_year"],
        strategy["last_year"],
        strategy["adopted"],
        strategy["published_at"],
    ) == ("2024-27", 2024, 2027, "2024-03", "2026-11-24T12:00:00Z")


def test_nothing_the_strategy_says_is_left_out_or_told_twice(caller):
    world.publish_strategy()

    told = elements_in(caller.get("/api/v1/strategy").json())

    assert sorted(told) == sorted(StrategyElement.objects.values_list("kind", "key"))


def test_before_a_strategy_is_published_there_is_none(caller):
    world.strategy_draft()

    answer = caller.get("/api/v1/strategy?lang=en")

    assert answer.status_code == 404
    assert answer.json()["detail"] == "No strategy is published yet."


def test_the_strategy_is_the_one_that_holds_today(caller, today):
    world.publish_strategy("2020-23", first_year=2020, last_year=2023, adopted="2020-01-15")
    world.publish_strategy("2024-27")

    assert caller.get("/api/v1/strategy").json()["label"] == "2024-27"
    today(dt.date(2022, 5, 1))
    assert caller.get("/api/v1/strategy").json()["label"] == "2020-23"


def test_every_published_version_stays_readable(caller):
    world.publish_strategy("2020-23", first_year=2020, last_year=2023, adopted="2020-01-15")
    world.publish_strategy("2024-27")

    versions = caller.get("/api/v1/strategy/versions").json()
    old = caller.get("/api/v1/strategy/versions/2020-23").json()

    assert [version["label"] for version in versions["items"]] == ["2024-27", "2020-23"]
    assert (versions["count"], old["adopted"]) == (2, "2020-01-15")
    assert caller.get("/api/v1/strategy/versions/1999").status_code == 404


def test_an_element_is_told_with_its_parts_and_what_it_is_a_part_of(caller):
    world.publish_strategy()

    goal = caller.get("/api/v1/strategy/elements/goal/first-goal").json()

    assert goal == {
        "kind": "goal",
        "key": "first-goal",
        "parent": {"kind": "focus-area", "key": "green-industry"},
        "title": texts("first-goal"),
        "body": texts("Om first-goal"),
        "attributes": {},
        "parts": [
            {
                "kind": "theme",
                "key": "circular",
                "parent": {"kind": "goal", "key": "first-goal"},
                "title": texts("circular"),
                "body": texts("Om circular"),
                "attributes": {},
                "parts": [],
            }
        ],
        "version": "2024-27",
    }


def test_an_element_can_be_asked_of_another_version(caller):
    world.publish_strategy(
        "2020-23",
        first_year=2020,
        last_year=2023,
        adopted="2020-01-15",
        elements=(world.element("vision", "old-vision"),),
    )
    world.publish_strategy("2024-27")
    address = "/api/v1/strategy/elements/vision/old-vision"

    assert caller.get(address).status_code == 404
    assert caller.get(f"{address}?version=2020-23").json()["version"] == "2020-23"
    assert caller.get(f"{address}?version=1999").status_code == 404
    assert caller.get("/api/v1/strategy/elements/dream/vision").status_code == 404


def test_a_draft_is_the_secretariats_alone(caller):
    world.publish_strategy("2024-27")
    world.strategy_draft("2028-31", first_year=2028, last_year=2031, adopted="2026-11")
    secretariat = Client()
    secretariat.force_login(people.someone(Role.SECRETARIAT))

    def labels(reader: Client) -> list[str]:
        return [row["label"] for row in reader.get("/api/v1/strategy/versions").json()["items"]]

    assert labels(caller) == ["2024-27"]
    assert caller.get("/api/v1/strategy/versions/2028-31").status_code == 404
    element = "/api/v1/strategy/elements/vision/vision?version=2028-31"
    assert caller.get(element).status_code == 404

    assert labels(secretariat) == ["2028-31", "2024-27"]
    assert secretariat.get("/api/v1/strategy/versions/2028-31").json()["published_at"] is None
    assert secretariat.get(element).json()["version"] == "2028-31"


def test_the_strategy_is_read_with_as_many_questions_however_much_it_says(
    caller, django_assert_num_queries
):
    world.publish_strategy(elements=(world.element("vision", "vision"),))
    with django_assert_num_queries(3):  # the versions, what it says, the partnership
        caller.get("/api/v1/strategy")
    world.publish_strategy("2025-27", first_year=2025, adopted="2025-01")
    with django_assert_num_queries(3):
        caller.get("/api/v1/strategy")
