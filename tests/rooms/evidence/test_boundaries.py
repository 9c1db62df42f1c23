"""Boundaries from GeoJSON files: read whoever wrote them, or refused with what to do."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import shapely
from shapely.geometry import shape

from samskap.evidence.actions import load_boundaries
from samskap.evidence.compute.outlines import area_km2, clean, shape_from
from samskap.evidence.facts import BoundaryFacts, PlaceCode, SourceFacts
from samskap.evidence.models import Boundary, Neighbour
from samskap.evidence.queries import neighbours_of
from samskap.evidence.reading.boundaries import read_boundaries
from samskap.evidence.reading.codes import code_of
from samskap.kernel.documents import UnreadableDocumentError
from samskap.kernel.loading import Loaded
from samskap.kernel.text import LocalisedText
from samskap.trust.doers import OPERATOR
from tests.world.mapping import feature, geojson, public_boundaries, square
from tests.world.region import NOON, TODAY, ostfold, place

SOURCE = SourceFacts(key="kart", title=LocalisedText(nb="Kart"), publisher="Kartverket")


def read(path, **how):
    return read_boundaries(path, **({"on": TODAY, "fetched_on": TODAY, "country": "NO"} | how))


def refusal(path, **how):
    with pytest.raises(UnreadableDocumentError) as refused:
        read(path, **how)
    (fault,) = refused.value.faults
    return fault.sentence, fault.remedy


def load(read_from):
    return load_boundaries(boundaries=read_from.boundaries, source=SOURCE, by=OPERATOR, at=NOON)


# Codes --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("properties", "country", "code"),
    [
        ({"kommunenummer": "3105"}, "NO", "3105"),
        ({"Kommunenummer": 3105}, "NO", "3105"),
        ({"KOMMUNENR": 301}, "NO", "0301"),
        ({"komm_nr": "3105", "fylkesnummer": "31"}, "NO", "3105"),
        ({"fylkesnummer": 3}, "NO", "03"),
        ({"kommun_kod": "1486"}, "SE", "1486"),
        ({"KnKod": "1486", "KnNamn": "Strömstad"}, "SE", "1486"),
        ({"LANSKOD": "14"}, "SE", "14"),
        ({"lan_kod": 14}, "SE", "14"),
        ({"id": "SE-1765"}, "SE", "1765"),
        ({"code": "3105"}, "NO", "3105"),
        ({"id": 301, "name": "Oslo"}, "NO", "0301"),
    ],
)
def test_code_is_found_however_its_property_is_spelt(properties, country, code):
    assert code_of(properties, on=TODAY, country="NO") == PlaceCode(code, TODAY, country)


@pytest.mark.parametrize("properties", [None, [], {}, {"name": "Oslo"}, {"id": None}, {"id": True}])
def test_feature_without_a_code_has_none(properties):
    assert code_of(properties, on=TODAY, country="NO") is None


# Reading ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_file_of_counties_municipalities_and_two_countries_is_read(tmp_path):
    ostfold()
    path = geojson(
        tmp_path,
        feature({"fylkesnummer": "31"}, square(10.5, 59.0, 1.0)),
        feature({"kommunenummer": "3105"}, square(11.0, 59.2)),
        feature({"kommunkod": "1486"}, square(11.2, 58.9)),
    )

    codes = [(each.place.country, each.place.code) for each in read(path).boundaries]

    assert codes == [("NO", "31"), ("NO", "3105"), ("SE", "1486")]


@pytest.mark.django_db
def test_code_is_understood_on_the_day_that_is_given(tmp_path):
    ostfold()
    path = geojson(tmp_path, feature({"kommunenummer": "3003"}, square(11.0, 59.2)))

    (boundary,) = read(path, on=dt.date(2023, 6, 1)).boundaries

    assert boundary.place == PlaceCode("3003", dt.date(2023, 6, 1))
    assert refusal(path) == (
        "1 code is no place here on 2026-11-24: 3003.",
        "Add them to the region’s places.yaml, or give the day the codes held with --on.",
    )


@pytest.mark.django_db
def test_codes_that_are_no_place_are_listed_and_can_be_passed_over(tmp_path):
    ostfold()
    others = [feature({"kommunenummer": str(4200 + n)}, square(8 + n, 58)) for n in range(12)]
    path = geojson(tmp_path, feature({"kommunenummer": "3105"}, square(11.0, 59.2)), *others)

    first_ten = ", ".join(str(4200 + n) for n in range(10))
    assert refusal(path) == (
        f"12 codes are no places here on 2026-11-24: {first_ten} and 2 more.",
        "Give --known-only to load the 1 place that is here.",
    )
    found = read(path, known_only=True)
    assert ([each.place.code for each in found.boundaries], len(found.passed_over)) == (
        ["3105"],
        12,
    )


CRS_33 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}
CRS_84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
SARPSBORG = feature({"kommunenummer": "3105"}, square(11.0, 59.2))
NOT_A_POLYGON = "The boundary of 3105 is not a polygon that encloses anything."
NOT_DEGREES = "The coordinates are not degrees (WGS 84), but "


@pytest.mark.django_db
def test_degrees_may_say_that_they_are(tmp_path):
    ostfold()

    assert len(read(geojson(tmp_path, SARPSBORG, crs=CRS_84)).boundaries) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("features", "more", "sentence"),
    [
        ([SARPSBORG], {"crs": CRS_33}, f"{NOT_DEGREES}urn:ogc:def:crs:EPSG::25833."),
        (
            [feature({"kommunenummer": "3105"}, square(270000.0, 6570000.0, 900.0))],
            {},
            f"{NOT_DEGREES}270000, 6570000.",
        ),
        (
            [feature({"kommunenummer": "3105"}, square(59.2, 11.0))],
            {},
            "The coordinates stand with latitude first.",
        ),
        ([], {}, "There is no feature in the file."),
        ([SARPSBORG], {"type": "Topology"}, "The file is TopoJSON."),
        (
            [SARPSBORG],
            {"type": "Polygon"},
            "The file is not GeoJSON: it has no collection of features.",
        ),
        (
            [SARPSBORG, feature({"name": "Rakkestad"}, square(11.2, 59.3))],
            {},
            "1 feature has no code of a place among its properties.",
        ),
        ([SARPSBORG, SARPSBORG], {}, "The file has more than one boundary of 3105."),
        ([feature({"id": "3105"}, None)], {}, NOT_A_POLYGON),
        (
            [feature({"id": "3105"}, {"type": "Point", "coordinates": [11, 59]})],
            {},
            NOT_A_POLYGON,
        ),
        (
            [feature({"id": "3105"}, {"type": "Polygon", "coordinates": [[[11, 59], [11, 60]]]})],
            {},
            NOT_A_POLYGON,
        ),
    ],
)
def test_file_that_cannot_be_used_is_refused_with_what_it_is(tmp_path, features, more, sentence):
    ostfold()

    assert refusal(geojson(tmp_path, *features, **more))[0] == sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence", "remedy"),
    [
        (
            json.dumps({"type": "FeatureCollection", "features": [SARPSBORG]}).encode()[:-9],
            "The file stops in the middle of line 1.",
            "Fetch it again: it is not whole.",
        ),
        (
            b"kommunenummer;navn\n3105;Sarpsborg\n",
            "The file is not JSON: line 1 cannot be read.",
            "Ask for GeoJSON where you found it.",
        ),
        (
            b"PK\x03\x04\xff\xfe\x00kommuner.geojson",
            "The file is not text in UTF-8, as GeoJSON is.",
            "Unpack it if it is packed, or save it as GeoJSON.",
        ),
        (
            b"",
            "The file is not JSON: line 1 cannot be read.",
            "Ask for GeoJSON where you found it.",
        ),
    ],
)
def test_file_that_is_not_whole_or_not_json_is_refused(tmp_path, content, sentence, remedy):
    path = tmp_path / "places.geojson"
    path.write_bytes(content)

    assert refusal(path) == (sentence, remedy)


# What is kept -------------------------------------------------------------------------------------
def test_area_is_that_of_the_earth():
    # A square degree at the equator: 111.32 km by 110.57 km is 12 309 km2. The whole earth is
    # 510.07 million square kilometres (WGS 84).
    assert area_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(111.32 * 110.574, rel=1e-4)
    assert area_km2(shapely.box(-180, -90, 180, 90)) == pytest.approx(510.066e6, rel=1e-5)


def test_ring_that_crosses_itself_is_put_right():
    bow = {"type": "Polygon", "coordinates": [[[11, 59], [12, 60], [12, 59], [11, 60], [11, 59]]]}

    assert shape_from(bow).is_valid
    assert shape_from(bow).area == pytest.approx(0.5)


def test_neighbours_keep_their_common_edge_when_corners_are_left_out():
    steps = [(11.1 + (n % 2) * 0.00002, 59.2 + n * 0.005) for n in range(21)]
    west = shapely.Polygon([(11.0, 59.3), (11.0, 59.2), *steps])
    east = shapely.Polygon([*steps, (11.2, 59.3), (11.2, 59.2)])

    even = [
        shape(each.geometry) for each in clean([shapely.MultiPolygon([s]) for s in (west, east)])
    ]

    assert shapely.get_num_coordinates(even[0]) < shapely.get_num_coordinates(west)
    assert shapely.area(shapely.intersection(*even)) == 0
    assert shapely.union_all(even).area == pytest.approx(sum(each.area for each in even))


@pytest.mark.django_db
def test_boundaries_are_loaded_once_and_a_new_drawing_replaces_the_old(tmp_path):
    ostfold()
    path = geojson(tmp_path, SARPSBORG)
    moved = geojson(tmp_path / "..", feature({"kommunenummer": "3105"}, square(11.0, 59.3)))

    counts = [load(read(path)), load(read(path)), load(read(moved))]

    assert counts == [Loaded(created=1), Loaded(unchanged=1), Loaded(changed=1)]
    assert shape(Boundary.objects.get().geometry).bounds == (11.0, 59.3, 11.1, 59.4)


@pytest.mark.django_db
def test_places_of_one_level_that_share_an_edge_are_neighbours(tmp_path):
    ostfold()
    typed = Neighbour.objects.count()
    path = geojson(
        tmp_path,
        feature({"fylkesnummer": "31"}, square(10.9, 59.2, 0.3)),
        SARPSBORG,
        feature({"kommunenummer": "3107"}, square(10.9, 59.2)),
        # Meets Sarpsborg in one corner only.
        feature({"kommunenummer": "3120"}, square(11.1, 59.3)),
    )

    load(read(path))

    sarpsborg, rakkestad = place("3105"), place("3120")
    beside = neighbours_of([sarpsborg, rakkestad], on=TODAY)
    assert [str(each.name) for each in beside[sarpsborg.pk]] == ["Fredrikstad"]
    assert beside[rakkestad.pk] == []
    assert Neighbour.objects.count() == typed + 1


@pytest.mark.django_db
def test_nothing_is_kept_when_one_of_the_places_is_unknown():
    ostfold()
    (outline,) = clean([shapely.MultiPolygon([shapely.box(11, 59, 12, 60)])])
    codes = [PlaceCode("3105", TODAY), PlaceCode("9999", TODAY)]
    facts = [BoundaryFacts(code, outline.geometry, outline.area_km2, TODAY) for code in codes]

    with pytest.raises(LookupError):
        load_boundaries(boundaries=facts, source=SOURCE, by=OPERATOR, at=NOON)

    assert not Boundary.objects.exists()


# Real files, where they are -----------------------------------------------------------------------
# Square kilometres that others have measured in the same outlines, each in its own projection.
LAND_KM2 = {"3101": 642.0, "3105": 405.0, "3118": 793.0, "1486": 436.7, "1765": 1649.0}


if public_boundaries():

    @pytest.mark.django_db
    @pytest.mark.parametrize("path", public_boundaries(), ids=lambda path: path.name)
    def test_public_boundaries_are_loaded_once_and_enclose_what_they_should(path):
        ostfold()

        found = read(path, known_only=True)
        first, second = load(found), load(read(path, known_only=True))

        assert (first.created, second) == (len(found.boundaries), Loaded(unchanged=first.created))
        areas = {row.place.code: row.area_km2 for row in Boundary.objects.select_related("place")}
        wrong = {
            code: (areas[code], km2)
            for code, km2 in LAND_KM2.items()
            if code in areas and abs(areas[code] - km2) > 0.005 * km2
        }
        assert wrong == {}
