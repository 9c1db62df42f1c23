"""Who is who, as a reader finds them, and how the region is covered."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samskap.actors.models import Actor, Body, Membership
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor
from samskap.trust.models import Visibility
from tests.world.factories import ActorFactory
from tests.world.region import place

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def names(page):
    return re.findall(r'class="actor__name">\s*<a href="[^"]+"[^>]*>\s*([^<]+?)\s*<', page)


def queries_of(reader, where):
    reader.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(where).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "where",
    [
        "/nb/",
        "/nb/hvem-er-hvem/",
        "/nb/hvem-er-hvem/?q=bedrift&factor=business",
        "/nb/dekning/",
        "/nb/dekning/?of=partners&since=year",
        "/nb/strategi/faktor/business/",
    ],
)
@pytest.mark.usefixtures("strategy")
def test_a_page_asks_the_database_as_often_for_three_actors_as_for_one(reader, where):
    ActorFactory(named="Bedrift Én AS", place=place("3105"))
    for_one = queries_of(reader, where)
    ActorFactory(named="Bedrift To AS", place=place("3101"))
    ActorFactory(named="Bedrift Tre AS", place=place("3107"))

    assert queries_of(reader, where) == for_one
    assert for_one <= MOST_QUERIES


@pytest.mark.usefixtures("known")
def test_filters_are_in_the_address_so_that_a_selection_can_be_shared(reader):
    page = reader.get("/nb/hvem-er-hvem/?factor=capital&factor=business&place=3105")

    assert names(page.content.decode()) == ["Borregaard ASA"]


@pytest.mark.usefixtures("known")
def test_a_ticked_box_stays_ticked_and_can_be_taken_away(reader):
    page = reader.get("/nb/hvem-er-hvem/?q=kommune&factor=capital&place=3105").content.decode()
    ticked = re.findall(r'name="(\w+)"\s+value="([^"]+)"\s+checked', page)
    away = re.findall(r'<ul class="chosen".*?</ul>', page, re.DOTALL)[0]

    assert ticked == [("factor", "capital"), ("place", "3105")]
    assert re.findall(r'href="([^"]+)"', away) == [
        "/nb/hvem-er-hvem/?q=kommune&amp;place=3105",
        "/nb/hvem-er-hvem/?q=kommune&amp;factor=capital",
    ]


@pytest.mark.usefixtures("known")
def test_each_box_says_how_many_it_would_find(reader):
    page = reader.get("/nb/hvem-er-hvem/").content.decode()
    counts = dict(re.findall(r'id="count-factor-([a-z-]+)">(\d+)<', page))

    # Counted by hand in regions/ostfold/actors.yaml.
    assert counts == {
        "public-authority": "22",
        "entrepreneurship": "0",
        "research-education": "2",
        "business": "1",
        "capital": "2",
    }


@pytest.mark.usefixtures("known")
def test_search_as_you_type_is_answered_with_the_list_and_the_counts_alone(reader):
    answer = reader.get("/nb/hvem-er-hvem/?q=borregaard", headers={"hx-request": "true"})
    part = answer.content.decode()

    assert "<html" not in part
    assert names(part) == ["Borregaard ASA"]
    assert re.findall(r'id="count-factor-business"\s+hx-swap-oob="true">(\d+)<', part) == ["1"]


@pytest.mark.usefixtures("known")
def test_the_form_works_without_scripts(reader):
    page = reader.get("/nb/hvem-er-hvem/").content.decode()
    form = re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL)[0]

    assert 'action="/nb/hvem-er-hvem/"' in form
    assert re.findall(r'<button[^>]*type="submit"', form) != []


@pytest.mark.usefixtures("known")
def test_nobody_found_is_told_with_a_way_on(reader):
    page = reader.get("/nb/hvem-er-hvem/?q=finnesikke").content.decode()

    assert names(page) == []
    assert 'class="empty"' in page


@pytest.mark.usefixtures("places")
def test_what_is_not_public_is_not_reachable(reader):
    hidden = ActorFactory(named="Hemmelig AS", visibility=Visibility.SECRETARIAT)
    ActorFactory(named="Åpen AS")

    assert names(reader.get("/nb/hvem-er-hvem/").content.decode()) == ["Åpen AS"]
    assert reader.get(f"/nb/hvem-er-hvem/{hidden.slug}/").status_code == 404


@pytest.mark.usefixtures("places")
def test_what_is_invented_says_so_in_the_list_and_on_its_own_page(reader):
    ActorFactory(named="Oppdiktet AS", slug="oppdiktet-as", is_demo=True)
    ActorFactory(named="Virkelig AS", slug="virkelig-as")

    assert reader.get("/nb/hvem-er-hvem/").content.decode().count("tag--example") == 1
    assert "tag--example" in reader.get("/nb/hvem-er-hvem/oppdiktet-as/").content.decode()
    assert "tag--example" not in reader.get("/nb/hvem-er-hvem/virkelig-as/").content.decode()


@pytest.mark.usefixtures("known")
def test_an_actor_is_told_with_number_source_and_the_reason_it_counts(reader):
    page = reader.get("/nb/hvem-er-hvem/sarpsborg-kommune/").content.decode()

    assert "938 801 363" in page
    assert "https://virksomhet.brreg.no/nb/oppslag/enheter/938801363" in page
    assert 'href="/nb/hvem-er-hvem/?place=3105"' in page
    assert 'href="/nb/hvem-er-hvem/?factor=public-authority"' in page
    assert re.findall(r'href="(/nb/apne-data/#[a-z0-9-]+)"', page) != []


@pytest.mark.usefixtures("places")
def test_a_swedish_number_is_written_as_swedes_write_it_and_looked_up_in_no_norwegian_register(
    reader,
):
    ActorFactory(
        named="Volvo",
        slug="volvo",
        country="SE",
        organisation_number="5560125790",
        place=place("1765", country="SE"),
    )

    page = reader.get("/nb/hvem-er-hvem/volvo/").content.decode()

    assert "556012-5790" in page
    assert "brreg" not in page


# Coverage -----------------------------------------------------------------------------------------
@pytest.mark.usefixtures("places")
def test_the_heading_says_which_factor_is_missing_most(reader):
    for code in ("3105", "3107"):
        ActorFactory(
            place=place(code), factors=[factor for factor in Factor if factor != "capital"]
        )
    ActorFactory(place=place("3101"), factors=[Factor.CAPITAL])

    page = reader.get("/nb/dekning/").content.decode()

    # Capital is in Halden alone: eleven of the twelve lack it, ten lack each of the others.
    assert re.findall(r"<h1>\s*(.*?)\s*</h1>", page) == ["11 av 12 kommuner mangler kapital"]


@pytest.mark.usefixtures("places")
def test_the_fewer_are_named_those_who_have_a_factor_or_those_who_lack_it(reader):
    for code in ("3105", "3101"):
        ActorFactory(place=place(code), factors=[Factor.CAPITAL])
    everywhere_but = {"3103", "3114"}
    for code in ("3101", "3105", "3107", "3110", "3112", "3116", "3118", "3120", "3122", "3124"):
        assert code not in everywhere_but
        ActorFactory(place=place(code), factors=[Factor.BUSINESS])

    page = reader.get("/nb/dekning/").content.decode()

    assert "Bare i Halden og Sarpsborg." in page
    assert "Mangler i Moss og Våler." in page


@pytest.mark.usefixtures("known")
def test_the_table_has_twelve_municipalities_and_two_wider_rows_with_five_cells_each(reader):
    page = reader.get("/nb/dekning/").content.decode().partition("</table>")[0]
    named = r'<th scope="row">\s*(?:<a [^>]*>)?([^<]+?)(?:</a>)?\s*</th>'
    rows = re.findall(rf"{named}(.*?)</tr>", page, re.DOTALL)

    assert [name for name, _ in rows][-2:] == ["Hele fylket", "Naboer og nasjonale"]
    assert len(rows) == 14
    assert {cells.count("<td") for _, cells in rows} == {5}


@pytest.mark.usefixtures("known")
def test_a_cell_leads_to_those_it_counts(reader):
    page = reader.get("/nb/dekning/").content.decode()
    there = reader.get("/nb/hvem-er-hvem/?factor=business&place=3105").content.decode()

    assert 'href="/nb/hvem-er-hvem/?factor=business&amp;place=3105"' in page
    assert names(there) == ["Borregaard ASA"]


@pytest.mark.usefixtures("places")
def test_an_invented_actor_to_ask_says_that_it_is_invented(reader):
    ActorFactory(
        named="Oppdiktet Såkorn AS",
        place=place("3101"),
        factors=[Factor.CAPITAL],
        known_since=timezone.localdate(),
    )
    real = reader.get("/nb/dekning/").content.decode()
    Actor.objects.update(is_demo=True)
    invented = reader.get("/nb/dekning/").content.decode()

    assert "Oppdiktet Såkorn AS" in real
    assert real.count("tag--example") == 0
    # Whom to ask in each of the eleven others, and among those who came.
    assert invented.count("tag--example") == 11 + 1


@pytest.mark.usefixtures("places")
def test_a_gap_among_partners_says_who_is_there_and_how_to_call_them(reader):
    member = ActorFactory(named="Halden Industri AS", place=place("3101"), factors=["business"])
    Membership.objects.create(
        actor=member, kind="partner", valid_from=dt.date(2020, 1, 1), visibility="public"
    )
    ActorFactory(
        named="Marker Kapital AS",
        slug="marker-kapital",
        place=place("3122"),
        factors=["capital"],
        phone="00 12 34 56",
    )

    page = " ".join(reader.get("/nb/dekning/?of=partners").content.decode().split())
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))

    gap = "Ingen partner med kapital i Marker."
    assert f"{gap} Marker Kapital AS finnes i Marker, men er ikke partner." in words
    assert 'href="tel:00123456"' in page
    # In the table a partner's number leads to the partners.
    assert 'href="/nb/hvem-er-hvem/?factor=business&amp;place=3101&amp;membership=partner"' in page


@pytest.mark.usefixtures("places")
def test_what_only_the_desk_may_see_is_no_scope_and_weighs_nothing(reader):
    hidden = ActorFactory(
        named="Hemmelig AS",
        place=place("3101"),
        factors=["capital"],
        visibility=Visibility.SECRETARIAT,
    )
    Body.objects.create(
        slug="lukket",
        kind="board",
        name=LocalisedText(nb="Lukket"),
        visibility=Visibility.SECRETARIAT,
    )

    page = reader.get("/nb/dekning/").content.decode()

    assert hidden.slug not in page
    assert "Lukket" not in page
    assert reader.get("/nb/dekning/?of=body:lukket").status_code == 404
    assert reader.get("/nb/dekning/?of=tull").status_code == 404


@pytest.mark.usefixtures("known")
def test_a_selection_is_weighed_and_says_so(reader):
    page = reader.get("/nb/dekning/?factor=capital&since=2026-01-01").content.decode()
    chosen = re.findall(r'<ul class="chosen".*?</ul>', page, re.DOTALL)[0]

    assert re.findall(r"<h1>\s*(.*?)\s*</h1>", page)[0].startswith("Utvalget mangler ")
    assert re.findall(r'href="([^"]+)"', chosen) == ["/nb/dekning/?&amp;since=2026-01-01"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("since", ["tull", "2999-01-01", "2026-13-40", "0"])
def test_a_since_that_means_nothing_is_the_turn_of_the_quarter(reader, since):
    page = reader.get(f"/nb/dekning/?since={since}").content.decode()

    chosen = page[page.index('aria-label="Endret siden"') :]
    assert re.findall(r'aria-current="true">([^<]+)<', chosen) == ["Dette kvartalet"]
