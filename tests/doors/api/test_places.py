from __future__ import annotations

import datetime as dt

import pytest

from tests.doors.api import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ostfold")]


def codes(answer) -> list[str]:
    assert answer.status_code == 200
    return [place["code"] for place in answer.json()["items"]]


def test_a_place_is_told_with_its_code_its_time_and_where_it_is(caller):
    answer = caller.get("/api/v1/places/3105")

    assert answer.json() == {
        "key": "3105",
        "country": "NO",
        "code": "3105",
        "name": {"nb": "Sarpsborg", "sv": None, "en": None},
        "level": "municipality",
        "valid_from": "2024-01-01",
        "valid_to": None,
        "parent": "31",
        "members": [],
        "replaces": ["3003"],
        "centroid": {"latitude": 59.28, "longitude": 11.11},
        "source": {
            "key": "codes",
            "title": {"nb": "Kodene", "sv": "Koderna", "en": "The codes"},
            "publisher": "Et register",
            "year": None,
            "url": None,
            "licence": None,
            "retrieved_on": None,
        },
    }


def test_a_bare_code_means_the_place_it_stands_for_today(caller, today):
    today(dt.date(2023, 6, 1))
    assert caller.get("/api/v1/places/3003").json()["parent"] == "30"
    assert caller.get("/api/v1/places/3105").status_code == 404

    today(dt.date(2026, 11, 24))
    assert caller.get("/api/v1/places/3003").status_code == 404


def test_a_code_with_a_day_means_what_it_meant_that_day(caller):
    last_of_viken = caller.get("/api/v1/places/3003?on=2023-12-31")
    first_of_ostfold = caller.get("/api/v1/places/3003?on=2024-01-01")

    assert last_of_viken.json()["valid_to"] == "2024-01-01"
    assert first_of_ostfold.status_code == 404


def test_places_over_the_border_have_their_country_in_the_key(caller):
    assert caller.get("/api/v1/places/SE-1486").json()["country"] == "SE"
    assert caller.get("/api/v1/places/1486").status_code == 404


def test_the_list_holds_the_places_of_a_day_in_norwegian_order(caller):
    assert codes(caller.get("/api/v1/places")) == ["3101", "3110", "3105", "1486", "31"]
    assert codes(caller.get("/api/v1/places?on=2021-06-01")) == [
        "3001",
        "3012",
        "3003",
        "1486",
        "30",
    ]


def test_the_list_can_be_narrowed_by_level_and_country(caller):
    assert codes(caller.get("/api/v1/places?level=county")) == ["31"]
    assert codes(caller.get("/api/v1/places?country=SE")) == ["1486"]
    assert codes(caller.get("/api/v1/places?country=SE&level=county")) == []


def test_a_hidden_source_is_not_told_with_the_place(caller):
    world.source("inside", visibility="secretariat")
    world.place("3103", "Moss", source="inside", parent="31")

    assert caller.get("/api/v1/places/3103").json()["source"] is None
    assert [
        place["source"]
        for place in caller.get("/api/v1/places").json()["items"]
        if place["code"] == "3103"
    ] == [None]


def test_the_list_asks_the_database_as_much_for_one_place_as_for_many(
    caller, django_assert_num_queries
):
    with django_assert_num_queries(5):
        assert len(codes(caller.get("/api/v1/places?level=county"))) == 1
    with django_assert_num_queries(5):
        assert len(codes(caller.get("/api/v1/places"))) == 5
