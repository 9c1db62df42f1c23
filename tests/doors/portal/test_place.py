"""A place's page: who is there, what is missing and whom to call, and what lies around."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samskap.strategy.keys import Factor
from samskap.trust.models import Visibility
from tests.world.factories import ActorFactory
from tests.world.region import ostfold, place

pytestmark = pytest.mark.django_db
HERE = "/nb/hvem-er-hvem/sted"


@pytest.fixture
def firms():
    ostfold()
    ActorFactory(named="Ørje Sag AS", place=place("3122"))
    ActorFactory(named="Aspedammen AS", place=place("3122"))
    ActorFactory(named="Marker verksted", place=place("3122"), factors=[Factor.PUBLIC_AUTHORITY])
    ActorFactory(named="Skjult AS", place=place("3122"), visibility=Visibility.SECRETARIAT)
    # One in the same sub-region, and one beyond the county.
    ActorFactory(
        named="Rakkestad Bank", place=place("3120"), factors=[Factor.CAPITAL], phone="69 00 00 01"
    )
    ActorFactory(named="Oslo Fond", place=place("03"), factors=[Factor.CAPITAL])


def section(page, name):
    """The words of the section whose heading has the id ``name``."""
    told = re.findall(rf'aria-labelledby="{name}".*?</section>', page, re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", told))


def heading(page):
    return re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)


@pytest.mark.usefixtures("firms")
def test_the_page_says_who_is_here_by_factor_and_nothing_of_the_hidden(client):
    page = client.get(f"{HERE}/3122/").content.decode()

    assert re.findall(r"<h3>\s*<a[^>]*>(.*?)</a>", page) == [
        "Offentlig myndighet: 1",
        "Næringsliv: 2",
    ]
    assert re.findall(r'<a href="/nb/hvem-er-hvem/[^"/]+/">([^<]+)</a>', section_html(page)) == [
        "Marker verksted",
        "Aspedammen AS",
        "Ørje Sag AS",
    ]
    assert "Skjult" not in page


def section_html(page):
    return re.findall(r'aria-labelledby="here".*?</section>', page, re.DOTALL)[0]


@pytest.mark.usefixtures("firms")
def test_what_is_missing_is_a_sentence_with_the_nearest_to_call(client):
    page = client.get(f"{HERE}/3122/").content.decode()

    assert heading(page) == ["3 av de fem faktorene mangler i Marker"]
    gaps = section(page, "gaps")
    assert "Ingen kapitalaktør i Marker. Spør Rakkestad Bank" in gaps
    assert "69 00 00 01" in gaps
    assert "Oslo Fond" not in gaps
    assert gaps.count("Vi vet ikke om noen å spørre") == 2


@pytest.mark.usefixtures("firms")
def test_a_sub_region_lacks_only_what_none_of_its_municipalities_has(client):
    page = client.get(f"{HERE}/indre/").content.decode()

    assert re.findall(r"<h3>\s*<a[^>]*>(.*?)</a>", page) == [
        "Offentlig myndighet: 1",
        "Næringsliv: 2",
        "Kapital: 1",
    ]
    assert heading(page) == ["2 av de fem faktorene mangler i Indre"]
    assert "kapitalaktør" not in section(page, "gaps")


@pytest.mark.usefixtures("firms")
def test_the_code_through_time_and_the_places_around_are_told(client):
    page = client.get(f"{HERE}/3122/").content.decode()

    facts = section(page, "facts")
    assert "3122 siden 1. januar 2024" in facts
    assert "3013 Marker, fra 1. januar 2020 til 1. januar 2024" in facts
    assert re.findall(r'href="/nb/hvem-er-hvem/sted/([^/"]+)/"', page.split('id="facts"')[1]) == [
        "31",
        "indre",
        "ba-indre-ostfold",
    ]


@pytest.mark.usefixtures("firms")
def test_the_map_and_its_table_name_the_same_places(client):
    page = client.get(f"{HERE}/3122/").content.decode()
    table = re.findall(r"<table.*?</table>", page, re.DOTALL)[0]

    rows = [
        [
            re.sub(r"<[^>]*>", "", cell).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]
    ]
    assert rows == [
        ["Marker", "her", "3"],
        ["Indre Østfold", "samme delregion og BA-region", "0"],
        ["Rakkestad", "samme delregion og BA-region", "1"],
        ["Skiptvet", "samme delregion og BA-region", "0"],
    ]
    drawn = re.findall(r'<a class="map__link" href="/nb/hvem-er-hvem/sted/(\d+)/"', page)
    assert sorted(drawn) == ["3116", "3118", "3120"]


@pytest.mark.usefixtures("firms")
def test_a_code_of_before_leads_to_the_one_of_today(client):
    answer = client.get(f"{HERE}/3013/")

    assert (answer.status_code, answer["Location"]) == (301, f"{HERE}/3122/")
    assert client.get(f"{HERE}/9999/").status_code == 404
    # Viken became three counties: no single one took over.
    assert client.get(f"{HERE}/30/").status_code == 404


@pytest.mark.usefixtures("firms")
def test_the_page_leads_to_the_list_the_map_the_network_and_the_balance_of_the_place(client):
    page = client.get(f"{HERE}/3122/").content.decode()

    looks = re.findall(r'aria-labelledby="looks".*?</section>', page, re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)"', looks) == [
        "/nb/hvem-er-hvem/?place=3122",
        "/nb/hvem-er-hvem/?place=3122&amp;as=map",
        "/nb/hvem-er-hvem/nettverk/?place=3122",
        "/nb/dekning/?place=3122",
    ]


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize("where", ["/nb/hvem-er-hvem/?as=map", "/nb/dekning/"])
def test_the_tables_of_the_map_and_the_balance_lead_to_the_places(client, where):
    page = client.get(where).content.decode()

    assert '<a href="/nb/hvem-er-hvem/sted/3122/">Marker</a>' in page


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_a_place_of_which_we_know_nobody_says_what_to_do(client, language):
    ostfold()
    words = {"nb": "hvem-er-hvem/sted", "sv": "vem-ar-vem/plats", "en": "who-is-who/place"}

    page = client.get(f"/{language}/{words[language]}/SE-1486/").content.decode()

    known = {
        "nb": "Vi kjenner ingen i Strömstad ennå",
        "sv": "Vi känner ingen i Strömstad ännu",
        "en": "We know of nobody in Strömstad yet",
    }
    assert heading(page) == [known[language]]
    assert page.count("data-primary") == 1


def questions(client, where):
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


@pytest.mark.parametrize("key", ["3122", "indre", "31", "SE-1765"])
def test_one_actor_and_three_cost_the_database_the_same(client, key):
    ostfold()
    ActorFactory(named="Én AS", place=place("3122"))
    client.get(f"{HERE}/{key}/")
    for_one = questions(client, f"{HERE}/{key}/")
    for number in range(2):
        ActorFactory(named=f"Flere {number} AS", place=place("3122"))

    assert questions(client, f"{HERE}/{key}/") == for_one
    assert for_one <= 12
