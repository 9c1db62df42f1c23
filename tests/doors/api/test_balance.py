from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from samskap.actors.models import Body, Membership, Seat
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor
from samskap.trust.models import Visibility
from tests.doors.api import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ostfold")]


@pytest.fixture
def few(request):
    request.getfixturevalue("ostfold")
    world.region()
    world.municipality("sarpsborg", "Sarpsborg kommune", "3105")
    yard = world.actor("verft", "Verft AS")
    bank = world.actor("bank", "Banken", factors={Factor.CAPITAL: LocalisedText(nb="Låner ut.")})
    world.hidden("hidden", "Skjult AS")
    today = timezone.localdate()
    for actor, since in ((yard, dt.date(2020, 1, 1)), (bank, today)):
        Membership.objects.create(
            actor=actor, kind="partner", valid_from=since, visibility=Visibility.PUBLIC
        )
    for slug, visibility in (("styret", "public"), ("hemmelig", "secretariat")):
        body = Body.objects.create(
            slug=slug, kind="board", name=LocalisedText(nb=slug), visibility=visibility
        )
        Seat.objects.create(body=body, actor=bank, role="member", valid_from=today)


def balance(caller, query=""):
    answer = caller.get(f"/api/v1/balance{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.usefixtures("few")
def test_everyone_the_partners_and_a_body_are_weighed_alike(caller):
    counted = [
        balance(caller, query)["actors"] for query in ("", "?of=partners", "?of=body:styret")
    ]

    assert counted == [3, 2, 1]


@pytest.mark.usefixtures("few")
def test_the_directorys_filters_narrow_a_balance(caller):
    found = balance(caller, "?of=partners&factor=capital")

    assert (found["actors"], [each["count"] for each in found["factors"]]) == (1, [0, 0, 0, 0, 1])


@pytest.mark.usefixtures("few")
def test_what_changed_names_who_came_and_which_gap_closed(caller):
    change = balance(caller, "?of=partners&since=year")["change"]

    assert (change["before"], change["now"]) == (1, 2)
    assert [each["slug"] for each in change["came"]] == ["bank"]
    assert [(each["factor"], each["place"]["code"]) for each in change["closed"]] == [
        ("capital", "3105")
    ]


@pytest.mark.usefixtures("few")
def test_a_gap_names_whom_to_ask(caller):
    gaps = {
        (gap["place"]["code"], gap["factor"]): [each["slug"] for each in gap["ask"]]
        for gap in balance(caller)["gaps"]
    }

    assert gaps["3101", "capital"] == ["bank"]
    assert gaps["3105", "research-education"] == []


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("of", ["body:hemmelig", "body:finnesikke"])
def test_a_body_one_may_not_see_is_as_one_that_is_not_there(caller, of):
    answer = caller.get(f"/api/v1/balance?lang=en&of={of}")

    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        "There is no such balance, or none that you may see.",
    )


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("query", "name"), [("of=noen", "of"), ("since=i-gaar", "since"), ("since=2026-02-30", "since")]
)
def test_what_cannot_be_meant_is_told(caller, query, name):
    answer = caller.get(f"/api/v1/balance?lang=en&{query}")

    assert (answer.status_code, [each["name"] for each in answer.json()["errors"]]) == (422, [name])


@pytest.mark.usefixtures("few")
def test_nothing_has_changed_since_a_day_to_come(caller):
    change = balance(caller, "?since=2999-01-01")["change"]

    assert (change["since"], change["came"]) == (timezone.localdate().isoformat(), [])


def test_before_a_region_is_loaded_there_is_no_balance(caller):
    answer = caller.get("/api/v1/balance?lang=en")

    assert (answer.status_code, answer.json()["detail"]) == (404, "No region is loaded yet.")
