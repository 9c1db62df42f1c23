from __future__ import annotations

import datetime as dt

import pytest

from samskap.evidence.actions import load_boundaries, tie_neighbours
from samskap.evidence.compute.outlines import clean, shape_from
from samskap.evidence.facts import BoundaryFacts, NeighbourFacts, PlaceCode, SourceFacts
from samskap.evidence.models import Level
from samskap.kernel.text import LocalisedText
from samskap.trust.doers import OPERATOR
from tests.doors.api import world
from tests.world.mapping import square

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
        "member_of": [],
        "replaces": ["3003"],
        "neighbours": [],
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
    beside("3110", PlaceCode("1486", world.TODAY, "SE"))

    with django_assert_num_queries(8):
        assert len(codes(caller.get("/api/v1/places?country=SE"))) == 1
    with django_assert_num_queries(8):
        assert len(codes(caller.get("/api/v1/places"))) == 5


# Neighbours, members and boundaries ---------------------------------------------------------------
def beside(one: str, other: PlaceCode) -> None:
    pair = NeighbourFacts(PlaceCode(one, world.TODAY), other, "codes")
    tie_neighbours(neighbours=[pair], by=OPERATOR, at=world.NOON)


def drawn(*squares: tuple[str, float]) -> None:
    """Squares of a tenth of a degree, each with the longitude of its western edge."""
    outlines = clean([shape_from(square(west, 59.2)) for _code, west in squares])
    load_boundaries(
        boundaries=[
            BoundaryFacts(
                PlaceCode(code, world.TODAY), outline.geometry, outline.area_km2, world.TODAY
            )
            for (code, _west), outline in zip(squares, outlines, strict=True)
        ],
        source=SourceFacts(
            key="kart",
            title=LocalisedText(nb="Grenser"),
            publisher="Kartverket",
            licence="CC BY 4.0",
        ),
        by=OPERATOR,
        at=world.NOON,
    )


def corners(answer) -> set[tuple[float, float]]:
    return {tuple(corner) for corner in answer.json()["geometry"]["coordinates"][0][0]}


def test_a_place_tells_its_neighbours_also_over_the_border(caller):
    beside("3110", PlaceCode("1486", world.TODAY, "SE"))

    assert caller.get("/api/v1/places/3110").json()["neighbours"] == ["SE-1486"]
    assert caller.get("/api/v1/places/SE-1486").json()["neighbours"] == ["3110"]
    assert codes(caller.get("/api/v1/places?beside=SE-1486")) == ["3110"]
    assert codes(caller.get("/api/v1/places?beside=9999")) == []


def test_the_list_can_be_narrowed_to_the_members_of_a_region(caller):
    world.place(
        "ba-halden", "BA-region Halden", level=Level.LABOUR_MARKET_REGION, members=("3101", "3110")
    )

    assert codes(caller.get("/api/v1/places?member_of=ba-halden")) == ["3101", "3110"]
    assert caller.get("/api/v1/places/ba-halden").json()["members"] == ["3101", "3110"]
    assert caller.get("/api/v1/places/3101").json()["member_of"] == ["ba-halden"]
    assert caller.get("/api/v1/places/3105").json()["member_of"] == []
    assert codes(caller.get("/api/v1/places?level=labour-market-region")) == ["ba-halden"]


def test_a_boundary_is_geojson_with_who_drew_it_and_on_which_terms(caller):
    drawn(("3105", 11.0))

    answer = caller.get("/api/v1/places/3105/boundary")

    assert answer.headers["Content-Type"] == "application/geo+json"
    assert corners(answer) == {(11.0, 59.2), (11.1, 59.2), (11.1, 59.3), (11.0, 59.3)}
    told = answer.json()
    assert (told["type"], told["id"], told["geometry"]["type"]) == (
        "Feature",
        "3105",
        "MultiPolygon",
    )
    # A tenth of a degree at 59.25 north, on the ellipsoid: 11.140 km by 5.706 km.
    assert round(told["properties"]["area_km2"], 1) == 63.6
    assert [(each["publisher"], each["licence"]) for each in told["properties"]["sources"]] == [
        ("Kartverket", "CC BY 4.0")
    ]


def test_a_region_has_the_boundary_of_its_members_together(caller):
    world.place("ba-halden", "Halden", level=Level.LABOUR_MARKET_REGION, members=("3101", "3110"))
    drawn(("3101", 11.0), ("3110", 11.1))

    answer = caller.get("/api/v1/places/ba-halden/boundary")

    assert {(11.0, 59.2), (11.2, 59.2), (11.2, 59.3), (11.0, 59.3)} <= corners(answer)
    assert round(answer.json()["properties"]["area_km2"], 1) == round(2 * 63.56, 1)


def test_a_place_without_a_boundary_has_none_to_give(caller):
    told = caller.get("/api/v1/places/3105/boundary").json()

    assert (told["geometry"], told["properties"]["area_km2"]) == (None, None)
    assert (told["properties"]["fetched_on"], told["properties"]["sources"]) == (None, [])
    assert caller.get("/api/v1/places/9999/boundary").status_code == 404
    assert caller.get("/api/v1/places/3105/boundary?on=2023-01-01").status_code == 404


def test_boundaries_of_places_that_touch_make_them_neighbours(caller):
    drawn(("3101", 11.0), ("3110", 11.1))

    assert caller.get("/api/v1/places/3101").json()["neighbours"] == ["3110"]
