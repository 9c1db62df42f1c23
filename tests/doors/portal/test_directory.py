"""The public directory: one address for list, map, network and file; typing errors forgiven."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from samskap.strategy.keys import Factor
from samskap.trust.models import Visibility
from tests.world.factories import ActorFactory
from tests.world.region import ostfold, place

pytestmark = pytest.mark.django_db
HERE = "/nb/hvem-er-hvem/"


@pytest.fixture
def firms():
    ostfold()
    ActorFactory(named="Ankerbruket AS", place=place("3105"), employees=120)
    ActorFactory(named="Bølgen Sparebank", place=place("3107"), factors=[Factor.CAPITAL])
    ActorFactory(named="Skjult AS", place=place("3107"), visibility=Visibility.SECRETARIAT)


def names(page):
    return re.findall(r'class="actor__name">\s*<a href="[^"]+"[^>]*>\s*([^<]+?)\s*<', page)


@pytest.mark.usefixtures("firms")
def test_the_same_selection_is_a_list_a_map_a_network_and_a_file(client):
    page = client.get(f"{HERE}?factor=capital&size=unknown").content.decode()
    ways = re.findall(r'<nav class="ways".*?</nav>', page, re.DOTALL)[0]
    files = re.findall(r'<p class="directory__files">.*?</p>', page, re.DOTALL)[0]

    assert re.findall(r'href="([^"]+)"', ways) == [
        "/nb/hvem-er-hvem/?factor=capital&amp;size=unknown",
        "/nb/hvem-er-hvem/?factor=capital&amp;size=unknown&amp;as=map",
        "/nb/hvem-er-hvem/nettverk/?factor=capital&amp;size=unknown",
    ]
    assert re.findall(r'href="([^"]+)"', files) == [
        "/nb/hvem-er-hvem/utvalg.xlsx?factor=capital&amp;size=unknown",
        "/nb/hvem-er-hvem/utvalg.csv?factor=capital&amp;size=unknown",
    ]
    there = client.get(f"{HERE}?factor=capital&as=network")
    assert (there.status_code, there["Location"]) == (
        302,
        "/nb/hvem-er-hvem/nettverk/?factor=capital",
    )


@pytest.mark.usefixtures("firms")
def test_the_map_and_its_table_count_those_found_in_each_place(client):
    page = client.get(f"{HERE}?as=map").content.decode()
    table = re.findall(r"<table.*?</table>", page, re.DOTALL)[0]
    rows = {
        cells[0]: cells[1:]
        for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
        for cells in [
            [
                re.sub(r"<[^>]+>|\s+", " ", each).strip()
                for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            ]
        ]
    }

    # All, authority, entrepreneurs, research, business, capital.
    assert rows["Sarpsborg"] == ["1", "0", "0", "0", "1", "0"]
    assert rows["Fredrikstad"] == ["1", "0", "0", "0", "0", "1"]
    assert rows["Halden"] == ["0"] * 6
    assert names(page) == []


@pytest.mark.usefixtures("firms")
def test_a_mistyped_name_is_answered_with_a_question(client):
    page = client.get(f"{HERE}?q=ankerbrukt").content.decode()
    asked = re.findall(r'class="empty".*?</div>', page, re.DOTALL)[0]

    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', asked)[0][1] == "Ankerbruket AS"
    assert "Skjult" not in client.get(f"{HERE}?q=skjuult").content.decode()


@pytest.mark.usefixtures("firms")
def test_what_changed_is_said_to_those_who_do_not_see_it(client):
    part = client.get(f"{HERE}?q=anker", headers={"hx-request": "true"})
    page = client.get(HERE).content.decode()

    assert re.findall(r'id="told" role="status"', page) == ['id="told" role="status"']
    said = re.findall(
        r'id="told" role="status" hx-swap-oob="innerHTML">([^<]+)<', part.content.decode()
    )
    assert [text.strip() for text in said] == ["1 treff på «anker»"]
    assert part["HX-Replace-Url"] == f"{HERE}?q=anker"


@pytest.mark.usefixtures("firms")
def test_how_fresh_we_are_is_neither_offered_nor_asked_for_by_the_public(client):
    page = client.get(f"{HERE}?freshness=stale").content.decode()

    assert names(page) == ["Ankerbruket AS", "Bølgen Sparebank"]
    assert 'name="freshness"' not in page


@pytest.mark.usefixtures("firms")
def test_a_file_has_everyone_found_and_nobody_hidden(client):
    csv = client.get("/nb/hvem-er-hvem/utvalg.csv")
    book = client.get("/nb/hvem-er-hvem/utvalg.xlsx?place=3107")
    sheet = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0)

    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r"attachment; filename\*=utf-8''akt%C3%B8rer-\d{4}-\d\d-\d\d\.csv",
        csv["Content-Disposition"],
    )
    assert [line.split(",")[1] for line in csv.content.decode("utf-8-sig").splitlines()[1:]] == [
        "Ankerbruket AS",
        "Bølgen Sparebank",
    ]
    assert [row[1] for row in sheet.to_python()[1:]] == ["Bølgen Sparebank"]
    assert client.get("/nb/hvem-er-hvem/utvalg.exe").status_code == 404


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize("asked", ["", "?as=map", "?q=anker&sort=ties&place=31&industry=C"])
def test_no_way_to_look_asks_the_database_more_than_twelve_times(client, asked):
    ActorFactory(named="Enda en AS", place=place("3101"))
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{HERE}{asked}")

    assert len(queries) <= 12
