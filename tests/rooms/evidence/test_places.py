"""Places through time: what a code means, on which day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from samskap.evidence import public
from samskap.evidence.models import Level, Place
from samskap.evidence.queries import (
    UnknownPlaceError,
    key_in_address,
    municipalities_of,
    place_by_code,
    places_in_address,
    places_on,
    region_around,
)
from tests.world.factories import PlaceFactory, SourceFactory, in_norwegian
from tests.world.region import MUNICIPALITIES, SUB_REGIONS, TODAY, ostfold, place

pytestmark = pytest.mark.django_db

IN_VIKEN = dt.date(2023, 12, 31)
AFTER_VIKEN = dt.date(2024, 1, 1)


def test_code_means_the_place_that_held_it_that_day():
    ostfold()

    assert str(place_by_code("3003", on=IN_VIKEN).name) == "Sarpsborg"
    assert str(place_by_code("3105", on=AFTER_VIKEN).name) == "Sarpsborg"


@pytest.mark.parametrize(
    ("code", "on"),
    [("3003", AFTER_VIKEN), ("3105", IN_VIKEN), ("30", TODAY), ("31", IN_VIKEN), ("9999", TODAY)],
)
def test_code_that_meant_nothing_that_day_is_no_place(code, on):
    ostfold()

    with pytest.raises(UnknownPlaceError):
        place_by_code(code, on=on)


def test_same_code_in_two_countries_is_two_places():
    PlaceFactory(named="Vestvågøy", code="1860")
    PlaceFactory(named="Laxå", code="1860", country="SE")

    assert str(place_by_code("1860", on=TODAY).name) == "Vestvågøy"
    assert str(place_by_code("1860", on=TODAY, country="SE").name) == "Laxå"


def test_bare_code_in_an_address_is_norwegian_and_a_swedish_one_says_so():
    ostfold()

    found = places_in_address(["3105", "SE-1765", "3003", "nowhere"], on=TODAY)

    assert [key_in_address(each) for each in found] == ["3105", "SE-1765"]


def test_ostfold_has_its_twelve_municipalities_in_norwegian_order():
    ostfold()

    found = municipalities_of(place("31"), on=TODAY)

    assert [each.code for each in found] == list(MUNICIPALITIES)
    assert [str(each.name) for each in found] == list(MUNICIPALITIES.values())


def test_follo_lies_in_akershus_with_six_municipalities():
    ostfold()

    found = municipalities_of(place("32"), on=TODAY)

    assert [str(each.name) for each in found] == [
        "Enebakk",
        "Frogn",
        "Nesodden",
        "Nordre Follo",
        "Vestby",
        "Ås",
    ]


# Typed from the official list of new codes of 1 January 2024, beside the old ones.
NEW_CODES = {
    "3001": "3101",
    "3002": "3103",
    "3003": "3105",
    "3004": "3107",
    "3011": "3110",
    "3012": "3124",
    "3013": "3122",
    "3014": "3118",
    "3015": "3116",
    "3016": "3120",
    "3017": "3112",
    "3018": "3114",
    "3019": "3216",
    "3020": "3207",
    "3021": "3218",
    "3022": "3214",
    "3023": "3212",
    "3028": "3220",
}


def test_each_municipality_took_over_from_one_in_viken_with_the_same_name():
    ostfold()

    for old, new in NEW_CODES.items():
        former, present = place_by_code(old, on=IN_VIKEN), place(new)
        assert list(present.predecessors.all()) == [former]
        assert list(former.successors.all()) == [present]
        assert (former.name, former.centroid) == (present.name, present.centroid)
        assert former.parent.code == "30"


@pytest.mark.parametrize(
    ("code", "south", "north", "west", "east"),
    # Boxes around the municipalities, read off a map by hand.
    [
        ("3101", 58.85, 59.28, 11.2, 11.8),
        ("3103", 59.30, 59.55, 10.55, 10.85),
        ("3110", 58.95, 59.15, 10.8, 11.15),
        ("3118", 59.42, 59.75, 10.95, 11.5),
        ("3124", 59.05, 59.35, 11.55, 11.85),
    ],
)
def test_point_of_a_municipality_lies_inside_it(code, south, north, west, east):
    ostfold()

    latitude, longitude = place(code).centroid

    assert south < latitude < north
    assert west < longitude < east


def test_every_place_says_where_it_is_from():
    ostfold()

    assert {each.source.publisher for each in Place.objects.select_related("source")} == {
        "Kartverket",
        "Statistisk sentralbyrå",
        "Statistikmyndigheten SCB",
        "Transportøkonomisk institutt",
    }


def test_region_is_its_county_its_municipalities_and_how_they_go_together():
    ostfold()

    region = region_around("31", municipalities=MUNICIPALITIES, on=TODAY)

    assert region.county == place("31")
    assert [each.code for each in region.municipalities] == list(MUNICIPALITIES)
    assert {each.code: {m.code for m in each.members.all()} for each in region.sub_regions} == {
        key: set(codes) for key, codes in SUB_REGIONS.items()
    }


def test_name_alone_is_in_the_language_of_its_country():
    ostfold()

    assert (place("3105").name.lang, place("17", country="SE").name.lang) == ("nb", "sv")


def test_world_sees_a_place_under_the_code_of_the_day():
    ostfold()

    seen = public.place("3105", on=TODAY)

    assert (seen.key, str(seen.name), seen.level, seen.centroid) == (
        "3105",
        "Sarpsborg",
        "municipality",
        (59.287, 11.16),
    )
    assert public.place("3105", on=IN_VIKEN) is None
    assert [each.key for each in public.places(on=TODAY, level="country")] == ["NO", "SE-SE"]


@pytest.mark.database
@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (dt.date(2024, 1, 1), None),
        (dt.date(2023, 1, 1), dt.date(2024, 1, 2)),
        (dt.date(2025, 1, 1), dt.date(2026, 1, 1)),
        (dt.date(2019, 1, 1), None),
    ],
)
def test_database_refuses_two_places_under_one_code_at_once(begins, ends):
    first = PlaceFactory(code="5001")

    with pytest.raises(IntegrityError, match="one_place_a_code_a_day"), transaction.atomic():
        PlaceFactory(code="5001", valid_from=begins, valid_to=ends)

    assert list(Place.objects.filter(code="5001")) == [first]


@pytest.mark.database
def test_code_may_pass_to_another_place_on_the_day_the_first_ends():
    PlaceFactory(code="5001", valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2024, 1, 1))
    PlaceFactory(code="5001", valid_from=dt.date(2024, 1, 1))

    assert places_on(dt.date(2023, 12, 31)).get(code="5001").valid_from == dt.date(2020, 1, 1)
    assert places_on(dt.date(2024, 1, 1)).get(code="5001").valid_from == dt.date(2024, 1, 1)


def test_overlap_is_told_in_words_before_the_database_has_to():
    PlaceFactory(code="5001")
    twin = PlaceFactory.build(
        code="5001", valid_from=dt.date(2025, 1, 1), source=SourceFactory(), named="Tvilling"
    )

    with pytest.raises(ValidationError, match="Another place has this code in the same time"):
        twin.full_clean()


@pytest.mark.database
@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"level": "planet"}, "known_level"),
        ({"latitude": 59.0}, "centroid_is_a_point"),
        ({"latitude": 91.0, "longitude": 0.0}, "centroid_is_a_point"),
        ({"valid_to": dt.date(2024, 1, 1)}, "ends_after_it_begins"),
    ],
)
def test_database_refuses_a_place_that_cannot_be(facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PlaceFactory(**facts)

    assert Place.objects.count() == 0


@pytest.mark.database
def test_places_sort_in_norwegian_order_whatever_the_database_thinks():
    for name in ["Ås", "Øygarden", "Ærfuglen", "Aremark", "Zetlitz", "Aasen"]:
        PlaceFactory(name=in_norwegian(name), level=Level.MUNICIPALITY)

    assert [str(each.name) for each in places_on(TODAY)] == [
        "Aremark",
        "Zetlitz",
        "Ærfuglen",
        "Øygarden",
        "Ås",
        "Aasen",
    ]
