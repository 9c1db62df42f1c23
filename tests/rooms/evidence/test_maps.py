"""Maps from the server: shapes where we have boundaries, circles on a coast where we have not."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.evidence.compute.cartogram import radii
from samskap.evidence.compute.frame import WIDTH, Frame
from samskap.evidence.models import Boundary
from samskap.evidence.public import NothingToDrawError, map_of
from tests.world.factories import PlaceFactory, SourceFactory
from tests.world.region import MUNICIPALITIES, TODAY, ostfold, place

# A square of a tenth of a degree, its south-west corner given.
SIDE = 0.1


def square(west, south):
    corners = [(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE), (0, 0)]
    return {
        "type": "MultiPolygon",
        "coordinates": [[[[round(west + x, 6), round(south + y, 6)] for x, y in corners]]],
    }


def bounded(code, geometry, *, fetched_on=dt.date(2026, 1, 1), source=None):
    return Boundary.objects.create(
        place=place(code),
        geometry=geometry,
        area_km2=63.0,
        source=source or SourceFactory(),
        fetched_on=fetched_on,
    )


# The frame ----------------------------------------------------------------------------------------
def test_a_degree_north_and_a_degree_east_keep_their_lengths_in_the_middle_of_the_frame():
    # At 60 degrees north a degree east is half as long as a degree north: cos 60° = 0.5.
    frame = Frame(west=10.0, south=59.0, east=12.0, north=61.0)

    assert frame.height == pytest.approx(2 * WIDTH)
    assert frame.at(60.0, 11.0) == (WIDTH / 2, WIDTH)
    assert frame.units_a_km == pytest.approx(480 / 111.195)


def test_a_place_without_extent_gets_a_frame_around_it():
    frame = Frame.around((11.0, 59.0, 11.0, 59.0), margin=0.1)

    x, y = frame.at(59.0, 11.0)
    assert (x, y) == (WIDTH / 2, round(frame.height / 2, 1))


# Circles ------------------------------------------------------------------------------------------
def test_area_of_a_circle_grows_with_what_it_stands_for():
    # Four times the value is twice the radius; the larger takes all there is room for.
    sizes = radii({"a": (0.0, 0.0), "b": (200.0, 0.0)}, {"a": 4.0, "b": 1.0})

    assert sizes == {"a": 30.0, "b": 15.0}


middles = st.lists(
    st.tuples(st.integers(0, 480), st.integers(0, 480)), min_size=1, max_size=12, unique=True
).filter(lambda xys: all(hypot(a - c, b - d) > 5 for (a, b), (c, d) in combinations(xys, 2)))


@given(middles, st.data())
def test_no_two_circles_touch(xys, data):
    places = {str(number): (float(x), float(y)) for number, (x, y) in enumerate(xys)}
    values = data.draw(st.fixed_dictionaries({key: st.floats(0, 1e6) for key in places}))

    for sizes in (radii(places), radii(places, values)):
        assert all(
            sizes[one] + sizes[other]
            < hypot(places[one][0] - places[other][0], places[one][1] - places[other][1])
            for one, other in combinations(places, 2)
        )


# Grounds ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_without_boundaries_the_map_is_circles_on_a_coast_and_says_why():
    ostfold()

    ground = map_of(MUNICIPALITIES, on=TODAY)

    assert [area.key for area in ground.missing] == list(MUNICIPALITIES)
    assert ground.coast.startswith("M")
    assert ground.note == (
        "Each circle stands for a place: their boundaries are not loaded here. Whoever runs the "
        "site loads boundaries with samskap places refresh, or from a file with samskap places "
        "load."
    )


@pytest.mark.django_db
def test_with_boundaries_the_map_is_shapes_and_needs_no_coast():
    ostfold()
    bounded("3105", square(11.0, 59.2))
    bounded("3107", square(10.9, 59.2))

    ground = map_of(["3105", "3107"], on=TODAY)

    # Two squares side by side: the frame is the width of both, the edge between them in the middle.
    left, right = (min(_xs(area.path)) for area in (ground.areas[1], ground.areas[0]))
    assert right == pytest.approx(WIDTH / 2, abs=0.1)
    assert left < right
    assert (ground.missing, ground.coast, ground.note) == ((), "", "")


@pytest.mark.django_db
def test_one_missing_boundary_makes_one_circle():
    ostfold()
    bounded("3105", square(11.0, 59.2))

    ground = map_of(["3105", "3107"], on=TODAY)

    assert [area.key for area in ground.missing] == ["3107"]
    assert ground.note.startswith("A circle stands for each place whose boundary is not loaded")


@pytest.mark.django_db
def test_the_boundary_that_was_fetched_last_is_drawn():
    ostfold()
    bounded("3105", square(11.0, 59.2), fetched_on=dt.date(2024, 1, 1))
    newer = bounded("3105", square(11.0, 59.3), fetched_on=dt.date(2026, 1, 1))

    assert map_of(["3105"], on=TODAY).boundaries == (newer,)


@pytest.mark.django_db
def test_a_labour_market_region_is_its_members_together():
    ostfold()
    bounded("3103", square(10.7, 59.4))
    bounded("3114", square(10.8, 59.4))

    (area,) = map_of(["ba-moss"], on=TODAY).areas

    # The edge between the two is gone: one ring of four corners, twice as wide as it is high.
    assert area.path.count("M") == 1
    assert area.circle is None


@pytest.mark.django_db
def test_a_group_whose_boundaries_are_not_all_there_is_no_shape():
    ostfold()
    bounded("3103", square(10.7, 59.4))

    with pytest.raises(NothingToDrawError):
        map_of(["ba-moss"], on=TODAY)


@pytest.mark.django_db
def test_what_lies_beside_is_drawn_only_where_the_frame_reaches_it():
    ostfold()
    bounded("3101", square(11.4, 59.0))
    bounded("3124", square(11.5, 59.0))
    bounded("3103", square(10.7, 59.4))

    ground = map_of(["3101"], on=TODAY, beside=["3124", "3103", "3101"])

    assert [(area.key, area.is_beside) for area in ground.areas] == [
        ("3101", False),
        ("3124", True),
    ]
    # Cut a little outside the page, so that the line along the cut is not seen.
    assert max(_xs(ground.areas[1].path)) == WIDTH + 4


@pytest.mark.django_db
def test_places_that_nobody_knows_are_nothing_to_draw():
    PlaceFactory(code="4601", latitude=None, longitude=None)

    for keys in (["4601"], ["9999"], []):
        with pytest.raises(NothingToDrawError):
            map_of(keys, on=TODAY)


@pytest.mark.django_db
def test_things_in_one_place_stand_apart_around_its_middle():
    ostfold()
    ground = map_of(["3105", "3107"], on=TODAY)

    points = ground.around("3105", 20)

    assert points[0] == (ground.areas[0].x, ground.areas[0].y)
    assert min(hypot(a - c, b - d) for (a, b), (c, d) in combinations(points, 2)) > 8
    assert ground.around("9999", 3) == []


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [["3105"], list(MUNICIPALITIES), ["moss", "halden"]])
def test_a_map_asks_as_much_of_the_database_however_many_places_it_has(
    keys, django_assert_num_queries
):
    ostfold()
    for number, code in enumerate(MUNICIPALITIES):
        bounded(code, square(10.5 + number * SIDE, 59.2))

    # Shapes are read once and kept: one question more, the first time.
    known = 3 if keys[0] == "moss" else 2
    with django_assert_num_queries(known + 1):
        first = map_of(keys, on=TODAY)
    with django_assert_num_queries(known):
        assert map_of(keys, on=TODAY) == first


def _xs(path):
    return [float(corner.split()[0]) for corner in path.strip("MZ").split("L")]
