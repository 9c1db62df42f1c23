"""An actor's own page: ties from both sides, where it is, how old what we say is, and old names."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samskap.actors.models import (
    Actor,
    Body,
    Confidence,
    Confirmed,
    Membership,
    Seat,
    Site,
    Tie,
)
from samskap.actors.origins import Said, keep_origins
from samskap.kernel.text import LocalisedText
from samskap.trust.models import Visibility
from tests.world.factories import ActorFactory, SourceFactory, in_norwegian
from tests.world.region import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

MOST_QUERIES = 12
MARCH_2024 = dt.date(2024, 3, 1)


def in_text(page):
    words = re.sub(r"</?span[^>]*>", "", page.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words))


def tied(one, other, kind="member-of", **facts):
    facts.setdefault("visibility", Visibility.PUBLIC)
    source = SourceFactory(key=f"tie-{Tie.objects.count()}")
    return Tie.objects.create(kind=kind, from_actor=one, to_actor=other, source=source, **facts)


@pytest.fixture
def verft():
    return ActorFactory(
        named="Verftet AS", slug="verftet", place=place("3101"), phone="69 00 00 00", employees=40
    )


def page_of(reader, slug="verftet"):
    return reader.get(f"/en/who-is-who/{slug}/")


def test_tie_is_told_from_both_sides_in_words_with_period_role_and_how_sure_we_are(reader, verft):
    forening = ActorFactory(named="Foreningen", slug="foreningen")
    tied(
        verft,
        forening,
        valid_from=dt.date(2019, 1, 1),
        role=in_norwegian("Sitter i styret"),
        confidence=Confidence.CONFIRMED,
    )

    here, there = in_text(page_of(reader)), in_text(page_of(reader, "foreningen"))

    assert "Member of Foreningen" in here
    assert "Sitter i styret" in here
    assert "since 1 January 2019 · confirmed by one of them (Næringskatalogen (en))" in here
    assert "Has as member Verftet AS" in there


def test_tie_that_is_over_is_folded_away_and_not_counted(reader, verft):
    tied(verft, ActorFactory(named="Gammel AS"), valid_to=dt.date(2020, 1, 1))

    assert "0 ties to others" in in_text(page_of(reader))
    assert "1 tie that is over" in in_text(page_of(reader))


def test_tie_that_is_not_public_and_source_that_is_not_are_nowhere_on_the_page(reader, verft):
    tied(verft, ActorFactory(named="Skjult AS"), visibility=Visibility.SECRETARIAT)
    tied(verft, ActorFactory(named="Bak AS", visibility=Visibility.SECRETARIAT))
    tie = tied(verft, ActorFactory(named="Åpen AS"))
    tie.source.visibility = Visibility.SECRETARIAT
    tie.source.title = in_norwegian("Hemmelig kilde")
    tie.source.save()

    text = in_text(page_of(reader))

    assert "Åpen AS" in text
    assert [name for name in ("Skjult AS", "Bak AS", "Hemmelig kilde") if name in text] == []


def test_fact_says_who_confirmed_it_when_and_that_it_should_be_checked(reader, verft):
    source = SourceFactory(key="visit", title=in_norwegian("Besøk"))
    keep_origins(
        [Said(verft, ("phone", "place"), source, Confirmed.SECRETARIAT, dt.date(2026, 11, 1))]
    )
    keep_origins([Said(verft, ("employees",), verft.source, Confirmed.FILE, MARCH_2024)])

    text = in_text(page_of(reader))

    assert "Confirmed by the secretariat 1 November 2026" in text
    assert "Confirmed by a file that was brought in 1 March 2024" in text
    assert text.count("should be checked") == 1


def test_partner_and_its_seat_in_a_body_are_told(reader, verft):
    Membership.objects.create(
        actor=verft, kind="partner", valid_from=MARCH_2024, visibility=Visibility.PUBLIC
    )
    body = Body.objects.create(
        slug="styret", name=in_norwegian("Styret"), kind="board", visibility=Visibility.PUBLIC
    )
    Seat.objects.create(body=body, actor=verft, role="chair", valid_from=MARCH_2024)

    text = in_text(page_of(reader))

    assert "Partner since 1 March 2024" in text
    assert "Styret: chair since 1 March 2024" in text


def test_map_shows_the_address_and_the_sites_and_a_table_says_the_same(reader, verft):
    Site.objects.create(actor=verft, name="Slippen", place=place("3110"), source=verft.source)

    page = page_of(reader).content.decode()

    figure = re.findall(r'<figure class="map".*?</figure>', page, re.DOTALL)[0]
    assert len(re.findall(r'class="map__point', figure.split("</svg>", 1)[0])) == 2
    assert re.findall(r'<th scope="row">\s*([^<]+?)\s*</th>', figure) == ["Verftet AS", "Slippen"]


def test_old_address_of_one_that_was_merged_leads_to_the_one_that_was_kept(reader, verft):
    first = ActorFactory(named="Verftet Drift AS", slug="verftet-drift", merged_into=verft)
    ActorFactory(named="Verftet Gamle AS", slug="verftet-gamle", merged_into=first)

    answers = [page_of(reader, slug) for slug in ("verftet-drift", "verftet-gamle")]

    assert [(each.status_code, each["Location"]) for each in answers] == [
        (301, "/en/who-is-who/verftet/"),
        (301, "/en/who-is-who/verftet/"),
    ]


def test_old_address_says_nothing_of_an_actor_that_is_not_public(reader, verft):
    ActorFactory(slug="verftet-gamle", merged_into=verft)
    Actor.objects.filter(pk=verft.pk).update(visibility=Visibility.SECRETARIAT)

    assert page_of(reader, "verftet-gamle").status_code == 404


def asked(reader):
    page_of(reader)
    with CaptureQueriesContext(connection) as asked:
        assert page_of(reader).status_code == 200
    return len(asked)


def test_page_asks_the_database_as_often_for_three_ties_as_for_one(reader, verft):
    def add(number):
        other = ActorFactory(named=f"Annen {number} AS")
        tied(verft, other)
        Site.objects.create(
            actor=verft, name=f"Sted {number}", place=place("3110"), source=verft.source
        )
        keep_origins([Said(verft, ("name", "phone"), verft.source, Confirmed.FILE, MARCH_2024)])
        verft.industry_codes.create(standard="SN2025", code=f"1{number}", source=verft.source)

    add(1)
    for_one = asked(reader)
    add(2)
    add(3)

    assert asked(reader) == for_one
    assert for_one <= MOST_QUERIES


def test_description_and_codes_are_told_in_the_readers_language(reader, verft):
    verft.description = LocalisedText(nb="Bygger båter.", en="Builds boats.")
    verft.save()
    verft.industry_codes.create(standard="SN2025", code="30.110", source=verft.source)

    text = in_text(page_of(reader))

    assert "Builds boats." in text
    assert "30.110 Ships, trains, aircraft and other transport equipment (SN2025)" in text
