from __future__ import annotations

import pytest

from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor
from tests.doors.api import world

FACTORS = ["public-authority", "entrepreneurship", "research-education", "business", "capital"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ostfold")]


def counts(row: list[dict[str, object]]) -> list[int]:
    assert [each["factor"] for each in row] == FACTORS
    return [each["count"] for each in row]


@pytest.fixture
def few(request):
    request.getfixturevalue("ostfold")
    world.region()
    world.municipality("sarpsborg", "Sarpsborg kommune", "3105")
    world.municipality("halden", "Halden kommune", "3101")
    world.actor("verft", "Verft AS")
    world.actor(
        "bank",
        "Banken",
        factors={
            Factor.CAPITAL: LocalisedText(nb="Låner ut."),
            Factor.BUSINESS: LocalisedText(nb="En bedrift."),
        },
    )
    world.hidden("hidden", "Skjult AS")


@pytest.mark.usefixtures("few")
def test_each_factor_is_counted_in_each_municipality_of_what_the_reader_may_see(caller):
    coverage = caller.get("/api/v1/coverage").json()

    assert [(row["key"], counts(row["counts"])) for row in coverage["rows"]] == [
        ("3101", [1, 0, 0, 0, 0]),
        ("3110", [0, 0, 0, 0, 0]),
        ("3105", [1, 0, 0, 2, 1]),
        ("whole-county", [0, 0, 0, 0, 0]),
        ("beyond", [0, 0, 0, 0, 0]),
    ]
    assert counts(coverage["totals"]) == [2, 0, 0, 2, 1]


@pytest.mark.usefixtures("few")
def test_what_is_missing_is_told_with_whom_to_ask(caller):
    coverage = caller.get("/api/v1/coverage").json()

    missing = {row["key"]: row["missing"] for row in coverage["rows"]}
    assert missing["3105"] == ["entrepreneurship", "research-education"]
    assert missing["3110"] == FACTORS
    gaps = {
        (gap["place"]["code"], gap["factor"]): [each["slug"] for each in gap["ask"]]
        for gap in coverage["gaps"]
    }
    assert len(gaps) == 4 + 5 + 2
    assert gaps["3101", "capital"] == ["bank"]
    assert gaps["3105", "research-education"] == []


def test_before_a_region_is_loaded_there_is_no_coverage(caller):
    answer = caller.get("/api/v1/coverage?lang=en")

    assert (answer.status_code, answer.json()["detail"]) == (404, "No region is loaded yet.")
