"""Which factors are present where, which are missing, and whom to ask."""

from __future__ import annotations

import datetime as dt
from math import inf, pi

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samskap.actors.actions import load_actors
from samskap.actors.compute.coverage import distance_km, rows_of
from samskap.actors.models import ActorFactor
from samskap.actors.public import BEYOND, WHOLE_COUNTY, Nearness, coverage
from samskap.actors.reading import read_actors
from samskap.evidence.models import Place
from samskap.evidence.queries import Region
from samskap.strategy.keys import Factor
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Visibility
from tests.world.factories import ActorFactory, in_norwegian
from tests.world.region import FOLDER, MUNICIPALITIES, NOON, TODAY, ostfold, place

A, E, R, B, C = Factor


def counts(told):
    return {row.key: row.counts for row in told.rows}


def gap(told, factor, code):
    return next(each for each in told.gaps if (each.factor, each.place.key) == (factor, code))


def asked(gap):
    return [line.slug for line in gap.ask]


def load(file, *, demo=False):
    load_actors(roster=read_actors(FOLDER / file), by=OPERATOR, at=NOON, demo=demo)


# Counted by hand from the list of verified actors. Authorities: 18 municipalities, the county, the
# hospital in Sarpsborg, the county governor and Innovasjon Norge. Research: the college in Halden
# and the university in Ås. Business: one firm in Sarpsborg. Capital: the bank in Moss and
# Innovasjon Norge in Oslo.
BY_HAND = {
    "3124": (1, 0, 0, 0, 0),
    "3107": (1, 0, 0, 0, 0),
    "3101": (1, 0, 1, 0, 0),
    "3110": (1, 0, 0, 0, 0),
    "3118": (1, 0, 0, 0, 0),
    "3122": (1, 0, 0, 0, 0),
    "3103": (1, 0, 0, 0, 1),
    "3120": (1, 0, 0, 0, 0),
    "3112": (1, 0, 0, 0, 0),
    "3105": (2, 0, 0, 1, 0),
    "3116": (1, 0, 0, 0, 0),
    "3114": (1, 0, 0, 0, 0),
    WHOLE_COUNTY: (1, 0, 0, 0, 0),
    BEYOND: (8, 0, 1, 0, 1),
}


@pytest.mark.django_db
def test_known_actors_are_counted_as_one_counts_them_by_hand():
    ostfold()
    load("actors.yaml")

    told = coverage()

    assert counts(told) == BY_HAND
    assert told.factors == (A, E, R, B, C)
    assert told.totals == (22, 0, 2, 1, 2)


@pytest.mark.django_db
def test_rows_stand_in_norwegian_order_with_the_county_and_beyond_below():
    ostfold()

    told = coverage()

    assert [row.key for row in told.rows] == [*MUNICIPALITIES, WHOLE_COUNTY, BEYOND]
    assert [str(row.place.name) for row in told.municipalities] == list(MUNICIPALITIES.values())
    assert (str(told.whole_county.place.name), told.beyond.place) == ("Østfold", None)


@pytest.mark.django_db
def test_factor_that_is_missing_in_most_places_is_told_first():
    ostfold()
    load("actors.yaml")

    told = coverage()

    assert [(each.factor, len(each.missing), each.covered) for each in told.factor_gaps] == [
        (E, 12, 0),
        (R, 11, 1),
        (B, 11, 1),
        (C, 11, 1),
    ]
    assert told.factor_gaps[0].ask == ()
    assert [str(each.name) for each in told.factor_gaps[3].missing] == [
        name for name in MUNICIPALITIES.values() if name != "Moss"
    ]
    assert asked(told.factor_gaps[3]) == ["sparebank-1-ostfold-akershus", "innovasjon-norge"]


@pytest.mark.django_db
def test_municipalities_that_lack_most_come_first_among_the_thinnest():
    ostfold()
    load("actors.yaml")

    thinnest = coverage().thinnest

    # Halden, Moss and Sarpsborg lack three factors each, the other nine lack four.
    assert [len(row.missing) for row in thinnest] == [4] * 9 + [3] * 3
    assert [row.key for row in thinnest[-3:]] == ["3101", "3103", "3105"]
    assert thinnest[-3].missing == (E, B, C)


@pytest.mark.django_db
def test_someone_in_the_same_sub_region_is_asked_first_then_in_the_county_then_beyond():
    ostfold()
    load("actors.yaml")

    told = coverage()

    vaaler, aremark, halden = gap(told, C, "3114"), gap(told, R, "3124"), gap(told, B, "3101")
    assert (asked(vaaler), vaaler.nearness) == (
        ["sparebank-1-ostfold-akershus", "innovasjon-norge"],
        Nearness.SUB_REGION,
    )
    assert (asked(aremark), aremark.nearness) == (
        ["hogskolen-i-ostfold", "nmbu"],
        Nearness.SUB_REGION,
    )
    assert (asked(halden), halden.nearness) == (["borregaard"], Nearness.COUNTY)


@pytest.mark.django_db
def test_one_who_serves_the_whole_county_is_asked_before_the_next_municipality():
    ostfold()
    ActorFactory(named="Fylkesfondet", place=place("31"), factors=[C])
    ActorFactory(named="Halden Invest", place=place("3101"), factors=[C])
    ActorFactory(named="Moss Invest", place=place("3103"), factors=[C])

    told = gap(coverage(), C, "3105")

    assert [str(line.name) for line in told.ask] == ["Fylkesfondet", "Moss Invest"]
    assert told.nearness is Nearness.COUNTY


@pytest.mark.django_db
def test_neighbours_are_asked_only_when_nobody_is_nearer_and_the_nearest_first():
    ostfold()
    ActorFactory(named="Oslo Invest", place=place("0301"), factors=[C])
    ActorFactory(named="Årjäng Invest", place=place("1765", country="SE"), factors=[C])

    told = gap(coverage(), C, "3122")

    # Marker borders on Årjäng, 25 km away; Oslo is 75 km away.
    assert [str(line.name) for line in told.ask] == ["Årjäng Invest", "Oslo Invest"]
    assert told.nearness is Nearness.BEYOND


@pytest.mark.django_db
def test_gap_that_nobody_covers_anywhere_has_nobody_to_ask():
    ostfold()

    told = gap(coverage(), E, "3122")

    assert (told.ask, told.nearness) == ((), None)


@pytest.mark.django_db
def test_actor_counts_once_under_each_of_its_factors():
    ostfold()
    ActorFactory(place=place("3118"), factors=[R, B, C])

    told = coverage()

    assert counts(told)["3118"] == (0, 0, 1, 1, 1)
    assert told.totals == (0, 0, 1, 1, 1)


@pytest.mark.django_db
def test_actor_kept_to_the_secretariat_is_neither_counted_nor_named():
    ostfold()
    ActorFactory(
        named="Hemmelig Frø AS",
        place=place("3122"),
        factors=[C],
        visibility=Visibility.SECRETARIAT,
    )

    open_to_all = coverage()
    to_secretariat = coverage(reader=reader_for(OPERATOR, on=TODAY))

    assert open_to_all.totals == (0, 0, 0, 0, 0)
    assert all(each.ask == () for each in open_to_all.gaps)
    assert gap(open_to_all, C, "3122").ask == ()
    assert to_secretariat.totals == (0, 0, 0, 0, 1)
    assert [str(line.name) for line in gap(to_secretariat, C, "3120").ask] == ["Hemmelig Frø AS"]


@pytest.mark.django_db
def test_everything_that_is_known_is_counted_somewhere():
    ostfold()
    load("actors.yaml")
    ActorFactory(place=place("1765", country="SE"), factors=[B, C])

    told = coverage()

    # Twenty-seven by hand above, and the two of the firm over the border.
    assert sum(told.totals) == ActorFactor.objects.count() == 29
    assert sum(map(sum, counts(told).values())) == 29


@pytest.mark.django_db
def test_coverage_asks_the_database_as_often_for_three_as_for_one():
    ostfold()
    ActorFactory(place=place("3105"), factors=[B])
    with CaptureQueriesContext(connection) as for_one:
        coverage()
    ActorFactory(place=place("3103"), factors=[C, R])
    ActorFactory(place=place("0301"), factors=[A, E])
    with CaptureQueriesContext(connection) as for_three:
        told = coverage()

    assert told.totals == (1, 1, 1, 1, 1)
    assert len(for_one) == len(for_three) == 4


@pytest.mark.django_db
def test_before_a_region_is_loaded_there_is_no_coverage():
    assert coverage() is None


# Without a database ------------------------------------------------------------------------------


def unsaved(key, code, level="municipality"):
    return Place(
        pk=key,
        country="NO",
        code=code,
        level=level,
        name=in_norwegian(code),
        valid_from=dt.date(2024, 1, 1),
    )


REGION = Region(
    county=unsaved(1, "31", "county"),
    municipalities=(unsaved(2, "3101"), unsaved(3, "3103"), unsaved(4, "3105")),
    sub_regions=(unsaved(5, "halden", "sub-region"),),
)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(Factor), st.integers(1, 9)), st.integers(1, 500), max_size=45
    )
)
def test_rows_add_up_to_what_was_counted_factor_by_factor(counted):
    rows = rows_of(counted, REGION)

    for position, factor in enumerate(Factor):
        in_rows = sum(row.counts[position] for row in rows)
        assert in_rows == sum(count for (other, _), count in counted.items() if other == factor)


def test_sub_regions_count_with_the_county_and_what_is_not_home_counts_beyond():
    counted = {(B, 1): 1, (B, 5): 2, (B, 2): 4, (B, 7): 8, (C, 9): 16}

    rows = rows_of(counted, REGION)

    assert [(row.key, row.counts) for row in rows] == [
        ("3101", (0, 0, 0, 4, 0)),
        ("3103", (0, 0, 0, 0, 0)),
        ("3105", (0, 0, 0, 0, 0)),
        (WHOLE_COUNTY, (0, 0, 0, 3, 0)),
        (BEYOND, (0, 0, 0, 8, 16)),
    ]
    assert [row.missing for row in rows] == [(A, E, R, C), tuple(Factor), tuple(Factor), (), ()]


def test_distance_is_along_the_earth():
    # A degree along a great circle of a globe with radius 6371 km is 6371 * pi / 180 km.
    degree = 6371 * pi / 180

    assert distance_km((0, 0), (1, 0)) == pytest.approx(degree)
    assert distance_km((0, 0), (0, 1)) == pytest.approx(degree)
    assert distance_km((60, 0), (60, 1)) == pytest.approx(degree / 2, rel=1e-4)
    assert distance_km((0, 0), (0, 180)) == pytest.approx(180 * degree)
    assert distance_km((59, 11), (59, 11)) == 0
    assert distance_km(None, (59, 11)) == inf
