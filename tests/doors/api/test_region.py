"""The region folder as the world reads it through the API."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils import timezone

from samskap.actors.actions import gather_sub_regions, load_actors
from samskap.actors.models import Body, Membership
from samskap.actors.reading import read_actors
from samskap.evidence.actions import load_places
from samskap.evidence.reading import read_places
from samskap.strategy.actions import load_region, load_strategy, publish_strategy
from samskap.strategy.reading import read_region, read_strategy
from samskap.trust.actions import sign_head
from samskap.trust.doers import OPERATOR
from samskap.trust.log.sealing import Sealer
from samskap.trust.models import Visibility
from tests.architecture.house import PROJECT
from tests.world.factories import TieFactory, in_norwegian
from tests.world.remembering import remembered

FOLDER = PROJECT / "regions" / "ostfold"

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    remembered(_load)


def _load():
    at = timezone.now()
    load_region(facts=read_region(FOLDER / "region.yaml"), by=OPERATOR, at=at)
    geography = read_places(FOLDER / "places.yaml")
    load_places(geography=geography, by=OPERATOR, at=at)
    gather_sub_regions(by=OPERATOR, at=at)
    version = load_strategy(facts=read_strategy(FOLDER / "strategy.yaml"), by=OPERATOR, at=at)
    publish_strategy(version=version, by=OPERATOR, at=at)
    roster = read_actors(FOLDER / "actors.yaml", places=geography.places)
    load_actors(roster=roster, by=OPERATOR, at=at)


@pytest.mark.usefixtures("region")
def test_the_public_authorities_of_sarpsborg_are_found(caller):
    answer = caller.get("/api/v1/actors?factor=public-authority&place=3105")

    names = [actor["name"]["nb"] for actor in answer.json()["items"]]
    assert "Sarpsborg kommune" in names
    assert {actor["place"]["code"] for actor in answer.json()["items"]} == {"3105"}
    assert [
        actor["slug"]
        for actor in answer.json()["items"]
        if "public-authority" not in {each["factor"] for each in actor["factors"]}
    ] == []


@pytest.mark.usefixtures("region")
def test_the_strategy_carries_all_six_focus_areas_in_three_languages(caller):
    areas = caller.get("/api/v1/strategy").json()["focus_areas"]

    assert [(area["key"], area["attributes"]["kind"]) for area in areas] == [
        ("green-industry", "effort"),
        ("bioeconomy", "effort"),
        ("digital", "effort"),
        ("attraction", "cross-cutting"),
        ("capital-access", "support"),
        ("competence-inclusion", "support"),
    ]
    empty = [
        (area["key"], field, language)
        for area in areas
        for field in ("title", "body")
        for language, text in area[field].items()
        if not text
    ]
    assert empty == []


@pytest.mark.usefixtures("region")
def test_the_county_has_its_twelve_municipalities_and_the_coverage_a_row_for_each(caller):
    municipalities = {
        place["code"]
        for place in caller.get("/api/v1/places?level=municipality&country=NO&limit=200").json()[
            "items"
        ]
        if place["parent"] == "31"
    }
    rows = [row["key"] for row in caller.get("/api/v1/coverage").json()["rows"]]

    assert len(municipalities) == 12
    assert set(rows[:12]) == municipalities
    assert rows[12:] == ["whole-county", "beyond"]


@pytest.mark.usefixtures("region")
def test_every_example_of_the_documentation_can_be_tried_and_finds_something(
    caller, settings, tmp_path
):
    settings.DATA = tmp_path
    # Of ties, memberships and codes of real organisations, none has been told to us yet.
    member = TieFactory(from_actor__employees=120).from_actor
    member.industry_codes.create(standard="SN2025", code="16", source=member.source)
    Membership.objects.create(
        actor=member, kind="partner", valid_from="2024-01-01", visibility=Visibility.PUBLIC
    )
    Body.objects.create(
        slug="styret", kind="board", name=in_norwegian("Styret"), visibility=Visibility.PUBLIC
    )
    Sealer().seal_all()
    sign_head(by=OPERATOR, at=timezone.now())
    document = caller.get("/api/v1/openapi.json").json()
    promised = sum(len(methods["get"]["x-examples"]) for methods in document["paths"].values())
    page = caller.get("/api/v1/docs").content.decode()
    lists = re.findall(r'<ul class="ticks">(.*?)</ul>', page, re.DOTALL)
    examples = [
        unescape(address) for each in lists for address in re.findall(r'href="([^"]+)"', each)
    ]

    answers = {address: caller.get(address) for address in examples}

    assert len(answers) == promised
    assert [address for address, answer in answers.items() if answer.status_code != 200] == []
    told = {
        address: answer.json()
        for address, answer in answers.items()
        if "json" in answer.headers["Content-Type"]
    }
    assert [address for address, answer in told.items() if answer.get("count", 1) == 0] == []
