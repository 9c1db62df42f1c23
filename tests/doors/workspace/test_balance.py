"""The balance at the desk, the advice on a body, and the page for the board."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskap.strategy.keys import Factor, Side
from samskap.trust.models import Role, Visibility
from tests.world import talks
from tests.world.factories import ActorFactory
from tests.world.region import place

if TYPE_CHECKING:
    from samskap.actors.models import Actor, Body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]

MOST_QUERIES = 12


def words(answer):
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text).replace(" .", ".").replace(" ,", ",")


def actor(named, code="3105", *, factors=("business",), **more):
    return ActorFactory(
        named=named,
        slug=named.lower().replace(" ", "-"),
        place=place(code),
        factors=list(factors),
        **more,
    )


def board(*members: Actor) -> Body:
    body = talks.body()
    for member in members:
        talks.seat(body, member)
    return body


def partner(one):
    talks.membership(one)
    return one


# The balance --------------------------------------------------------------------------------------
def test_the_desk_weighs_what_its_reader_may_see(at_desk):
    actor("Hemmelig AS", factors=("capital",), visibility=Visibility.SECRETARIAT)
    where = reverse("workspace:balance")

    secretariat, member = (
        words(at_desk(role).get(where)) for role in (Role.SECRETARIAT, Role.COMPANY_MEMBER)
    )

    assert "Hemmelig AS" in secretariat
    assert "Hemmelig AS" not in member
    assert "We know of nobody here yet" in member


def test_each_body_is_a_scope_and_its_balance_leads_to_the_advice(at_desk):
    body = board(actor("Verket AS", side=Side.EMPLOYER))

    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:balance"), {"of": f"body:{body.slug}"})
    told = words(page)

    assert f"{body.name} lacks public authority, entrepreneur environments" in told
    assert f'href="{reverse("workspace:body", args=[body.slug])}#advice"' in page.content.decode()


def test_nothing_that_is_unknown_is_a_scope(at_desk):
    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:balance"), {"of": "body:ingen"})

    assert page.status_code == 404


# The advice ---------------------------------------------------------------------------------------
def test_the_page_of_a_body_says_what_it_lacks_and_whom_to_ask_with_the_reasons(at_desk):
    body = board(actor("Halden Industri", "3101", side=Side.EMPLOYER, employees=400))
    partner(
        actor(
            "Indre Forskning",
            "3118",
            factors=("research-education", "capital"),
            phone="00 12 34 56",
        )
    )

    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:body", args=[body.slug]))
    told = words(page)

    assert "Nobody here brings public authority, entrepreneur environments" in told
    assert "Indre Forskning brings research and education, capital and " in told
    assert 'href="tel:00123456"' in page.content.decode()
    assert (
        f'href="{reverse("workspace:seat-new", args=[body.slug])}?actor=indre-forskning"'
        in page.content.decode()
    )
    assert "Nobody we know who is free to ask brings public authority" in told


def test_those_who_may_not_give_a_seat_are_led_to_the_one_who_could_sit(at_desk):
    body = board(actor("Halden Industri", "3101"))
    partner(actor("Indre Kapital", "3118", factors=("capital",)))

    page = at_desk(Role.BOARD_MEMBER).get(reverse("workspace:body", args=[body.slug]))

    assert "Give a seat" not in words(page)
    assert "See who it is" in words(page)


# On paper -----------------------------------------------------------------------------------------
def test_the_board_gets_who_we_are_who_is_missing_and_what_changed(at_desk):
    partner(actor("Halden Industri", "3101"))
    actor("Marker Kapital", "3122", factors=("capital",), phone="00 12 34 56")

    page = at_desk(Role.BOARD_MEMBER).get(reverse("workspace:balance-board"))
    told = words(page)

    assert "Who we are: 1" in told
    assert "Halden Industri" in told
    assert "Ask first: Marker Kapital, 00 12 34 56." in told
    assert "Read from the days each membership began and ended." in told
    assert "press Ctrl and P" in told


def test_a_partnership_without_partners_says_so_on_paper(at_desk):
    assert "There are no partners yet" in words(
        at_desk(Role.SECRETARIAT).get(reverse("workspace:balance-board"))
    )


# What it costs ------------------------------------------------------------------------------------
def queries_of(client, where):
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", ["all", "partners", "body", "selection", "board", "advice"])
def test_a_page_asks_as_often_for_many_as_for_few(at_desk, page):
    body = board(partner(actor("Halden Industri", "3101")))
    here = reverse("workspace:balance")
    where = {
        "all": here,
        "partners": f"{here}?of=partners&since=year",
        "body": f"{here}?of=body:{body.slug}",
        "selection": f"{here}?factor=business&place=3101&q=industri",
        "board": reverse("workspace:balance-board"),
        "advice": reverse("workspace:body", args=[body.slug]),
    }[page]
    actor("Marker Kapital", "3122", factors=("capital",))
    client = at_desk(Role.SECRETARIAT)
    for_few = queries_of(client, where)
    for number, factor in enumerate(Factor):
        one = partner(actor(f"Industri {number}", "3101", factors={factor.value, "capital"}))
        talks.seat(body, one, valid_from=dt.date(2026, 1, 1))

    assert queries_of(client, where) == for_few
    assert for_few <= MOST_QUERIES
