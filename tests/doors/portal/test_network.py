"""The network's page: the finding, the tables, the way between two; nothing that is hidden."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from samskap.actors.compute.layout import lay_out
from samskap.actors.models import TieKind
from samskap.strategy.keys import Factor
from samskap.trust.models import Role, Visibility
from tests.world.factories import ActorFactory, TieFactory
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db

ADDRESS = "/en/who-is-who/network/"


@pytest.fixture
def tied():
    """The incubator advises a firm that a bank funds; the school stands alone."""
    incubator = ActorFactory(named="Inkubatoren", slug="ink", factors=[Factor.ENTREPRENEURSHIP])
    firm = ActorFactory(named="Firmaet", slug="firma")
    bank = ActorFactory(named="Banken", slug="bank", factors=[Factor.CAPITAL])
    ActorFactory(named="Skolen", slug="skole", factors=[Factor.RESEARCH_EDUCATION])
    TieFactory(kind=TieKind.ADVISES, from_actor=incubator, to_actor=firm)
    TieFactory(kind=TieKind.FUNDS, from_actor=bank, to_actor=firm)
    return incubator, firm, bank


def desk_address():
    with override("en"):
        return reverse("workspace:network")


def text_of(answer, pattern):
    found = re.search(pattern, answer.content.decode(), re.DOTALL)
    assert found, pattern
    plain = re.sub(r"<[^>]+>", " ", found.group(1))
    return re.sub(r"\s+", " ", html.unescape(plain)).strip()


def heading(answer):
    return text_of(answer, r"<h1>(.*?)</h1>")


def section(answer, key):
    return text_of(answer, rf'<section[^>]*aria-labelledby="{key}">(.*?)</section>')


@pytest.mark.usefixtures("tied")
def test_heading_is_the_finding_and_says_who_stands_alone(client):
    answer = client.get(ADDRESS)

    assert heading(answer) == "4 actors, 2 ties, and 1 stands alone"
    assert section(answer, "alone").endswith("Research and education Skolen")


@pytest.mark.usefixtures("tied")
def test_broker_is_named_with_why(client):
    assert section(client.get(ADDRESS), "brokers") == (
        "They tie the factors together B Business Firmaet Ties together 1 pair from different"
        " factors that has no tie of its own: 1 between entrepreneur environments and capital."
        " See the ties : Firmaet"
    )


@pytest.mark.usefixtures("tied")
def test_tables_say_what_the_picture_shows(client):
    lay_out(at=NOON)
    page = client.get(ADDRESS).content.decode()
    told = json.loads(client.get("/api/v1/network?lang=en").content)

    tables = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    degrees = {
        re.search(r"/who-is-who/([\w-]+)/", row).group(1): int(
            re.search(r'<td class="number">(\d+)</td>', row).group(1)
        )
        for row in re.findall(r"<tr>(.*?)</tr>", tables[0], re.DOTALL)
    }
    ties = [
        re.findall(r"/who-is-who/([\w-]+)/", row)
        for row in re.findall(r"<tr>(.*?)</tr>", tables[1], re.DOTALL)
    ]
    slugs = told["actors"]["slug"]
    assert degrees == dict(zip(slugs, told["actors"]["degree"], strict=True))
    assert ties == [
        [slugs[one], slugs[other]]
        for one, other in zip(told["ties"]["one"], told["ties"]["other"], strict=True)
    ]


@pytest.mark.usefixtures("tied")
def test_page_says_that_the_picture_is_being_drawn_until_it_is(client):
    before = client.get(ADDRESS).content.decode()
    lay_out(at=NOON)
    after = client.get(ADDRESS).content.decode()

    assert ("The picture is being drawn" in before, "network__canvas" in before) == (True, False)
    assert ("The picture is being drawn" in after, "network__canvas" in after) == (False, True)


@pytest.mark.usefixtures("tied")
def test_two_are_connected_in_words_with_a_way_to_each_actor(client):
    answer = client.get(f"{ADDRESS}?one=Inkubatoren&other=banken")

    said = text_of(answer, r'<section id="way"[^>]*>(.*?)<form')
    assert said == (
        "Inkubatoren and Banken are 1 actor apart Inkubatoren advises Firmaet Banken funds Firmaet"
    )


@pytest.mark.usefixtures("tied")
def test_name_that_may_be_several_offers_them_and_one_that_is_nobodys_says_so(client):
    ActorFactory(named="Banken Nord", slug="nord")
    ActorFactory(named="Banken Sør", slug="soer")

    several = client.get(f"{ADDRESS}?one=ban&other=Ingen+her")

    assert text_of(several, r'<section id="way"[^>]*>(.*?)<form') == (
        "We are not sure whom you mean “ban” may be one of these: Banken Banken Nord Banken Sør"
        " Nobody here is called “Ingen her”. Try fewer letters."
    )


@pytest.mark.usefixtures("tied")
def test_nothing_connects_one_who_stands_alone(client):
    answer = client.get(f"{ADDRESS}?one=skole&other=bank")

    assert text_of(answer, r'<h2 id="way-head">(.*?)</h2>') == (
        "Nothing we know of connects Skolen and Banken"
    )


@pytest.mark.usefixtures("tied")
def test_address_of_a_selection_is_the_same_for_list_and_network(client):
    asked = "?factor=business&factor=capital"
    answer = client.get(f"{ADDRESS}{asked}")

    assert heading(answer) == "2 actors, 1 tie, and nobody stands alone"
    page = answer.content.decode()
    assert f'href="/en/who-is-who/{asked.replace("&", "&amp;")}"' in page


@pytest.mark.usefixtures("tied")
def test_kind_and_day_narrow_and_what_is_not_understood_narrows_nothing(client):
    assert heading(client.get(f"{ADDRESS}?tie=funds")) == "4 actors, 1 tie, and 2 stand alone"
    assert heading(client.get(f"{ADDRESS}?tie=loves&on=soon&page=x&ties=-1")) == (
        "4 actors, 2 ties, and 1 stands alone"
    )


def test_hidden_tie_is_on_no_public_page_even_for_one_who_is_signed_in(client, tied):
    incubator, _, bank = tied
    TieFactory(from_actor=incubator, to_actor=bank, visibility=Visibility.SECRETARIAT)
    client.force_login(someone(Role.SECRETARIAT))

    public, desk = client.get(ADDRESS), client.get(desk_address())

    assert heading(public) == "4 actors, 2 ties, and 1 stands alone"
    assert heading(desk) == "4 actors, 3 ties, and 1 stands alone"
    assert 'data-credentials="omit"' in public.content.decode()
    assert 'data-credentials="same-origin"' in desk.content.decode()


def test_network_without_actors_says_so(client):
    assert heading(client.get(ADDRESS)) == "Nobody here answers to that"


@pytest.mark.parametrize("many", [1, 3])
def test_page_costs_the_same_questions_however_many_there_are(client, many):
    for _ in range(many):
        TieFactory()
    lay_out(at=NOON)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as asked:
        client.get(ADDRESS)

    assert len(asked) <= 12


def test_a_factor_that_is_none_of_ours_finds_nobody(client):
    answer = client.get(ADDRESS, {"factor": "no-such-factor"})

    assert answer.status_code == 200
    assert text_of(answer, r"<h1[^>]*>(.*?)</h1>") == "Nobody here answers to that"
