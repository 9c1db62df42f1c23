"""How old what we say is, who said it last, and when somebody should ask again."""

from __future__ import annotations

import datetime as dt

import pytest

from samskap.actors.actions import confirm_fields
from samskap.actors.compute.freshness import (
    FRESH_MONTHS,
    facts_of,
    first_stale_day,
    is_stale,
    stale_on,
)
from samskap.actors.models import Actor, Confirmed, FieldOrigin
from samskap.actors.origins import Said, keep_origins
from samskap.trust.audit import history_of
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role
from samskap.trust.rules import NotPermittedError
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import NOON, someone

MARCH_2024 = dt.date(2024, 3, 1)
TODAY = dt.date(2026, 11, 24)


def origins(actor: Actor) -> dict[str, tuple[str, str, dt.date]]:
    return {
        row.field: (row.source.key, row.confirmed_by, row.confirmed_on)
        for row in FieldOrigin.objects.filter(actor=actor)
    }


# The table ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "confirmed", "stale"),
    [
        ("name", dt.date(2024, 11, 24), dt.date(2026, 11, 24)),
        ("phone", dt.date(2025, 11, 25), dt.date(2026, 11, 25)),
        ("employees", dt.date(2024, 3, 1), dt.date(2025, 9, 1)),
        # No 31 February, and none at all of the 29th the year after a leap year.
        ("employees", dt.date(2024, 8, 31), dt.date(2026, 2, 28)),
        ("email", dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
        ("founded_on", dt.date(1902, 1, 1), None),
    ],
)
def test_fact_is_out_of_date_so_many_months_after_it_was_confirmed(fact, confirmed, stale):
    assert stale_on(fact, confirmed) == stale


def test_fact_is_fresh_until_the_day_before_and_stale_on_the_day():
    assert not is_stale("phone", dt.date(2025, 11, 24), on=dt.date(2026, 11, 23))
    assert is_stale("phone", dt.date(2025, 11, 24), on=dt.date(2026, 11, 24))


def test_first_fact_to_go_stale_decides_for_the_actor():
    confirmed = {"name": dt.date(2026, 1, 1), "phone": dt.date(2026, 6, 1)}

    assert first_stale_day(confirmed) == dt.date(2027, 6, 1)
    assert first_stale_day({"founded_on": dt.date(1902, 1, 1)}) is None


def test_parts_of_an_address_are_one_fact_and_what_cannot_age_is_none():
    assert facts_of(["postcode", "visibility", "street", "latitude", "name"]) == ("name", "street")


def test_every_fact_is_a_field_of_an_actor_or_hangs_on_one():
    fields = {field.name for field in Actor._meta.get_fields()}

    assert set(FRESH_MONTHS) <= fields


# The rows -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_confirming_says_who_said_so_when_and_from_where_and_when_to_ask_again():
    actor = ActorFactory(phone="69 10 00 00", employees=12)
    source = SourceFactory(key="told-us")

    confirmed = confirm_fields(
        actor=actor,
        fields=["phone", "employees", "name"],
        source=source,
        by_whom=Confirmed.ACTOR,
        on=TODAY,
        by=OPERATOR,
        at=NOON,
    )

    expected = ("told-us", "actor", TODAY)
    assert origins(actor) == {"name": expected, "phone": expected, "employees": expected}
    assert confirmed.stale_from == Actor.objects.get().stale_from == dt.date(2027, 11, 24)
    entry = history_of(actor)[0]
    assert (entry.verb, entry.changes) == (
        "actor.confirmed",
        {"confirmed": [None, ["name", "employees", "phone"]]},
    )


@pytest.mark.django_db
def test_field_that_holds_nothing_cannot_be_confirmed():
    actor = ActorFactory(phone="", employees=None)

    keep_origins([Said(actor, ("phone", "employees", "street", "name"), actor.source,
                       Confirmed.SECRETARIAT, TODAY)])  # fmt: skip

    assert list(origins(actor)) == ["name"]


@pytest.mark.django_db
def test_older_word_for_the_same_value_does_not_take_the_place_of_a_newer_one():
    actor = ActorFactory()
    keep_origins([Said(actor, ("name",), actor.source, Confirmed.ACTOR, TODAY)])

    keep_origins([Said(actor, ("name",), actor.source, Confirmed.FILE, MARCH_2024)])
    assert origins(actor)["name"][1:] == ("actor", TODAY)

    keep_origins([Said(actor, ("name",), actor.source, Confirmed.FILE, MARCH_2024, are_new=True)])
    assert origins(actor)["name"][1:] == ("file", MARCH_2024)
    assert Actor.objects.get().stale_from == dt.date(2026, 3, 1)


@pytest.mark.django_db
def test_count_of_employees_in_a_file_is_as_old_as_the_count():
    actor = ActorFactory(employees=40, employees_on=MARCH_2024)

    keep_origins([Said(actor, ("employees",), actor.source, Confirmed.REGISTER, TODAY)])
    assert origins(actor)["employees"][2] == MARCH_2024

    keep_origins([Said(actor, ("employees",), actor.source, Confirmed.ACTOR, TODAY)])
    assert origins(actor)["employees"][2] == TODAY


@pytest.mark.django_db
def test_field_that_is_emptied_has_no_origin_any_more():
    actor = ActorFactory(phone="69 10 00 00")
    keep_origins([Said(actor, ("phone", "name"), actor.source, Confirmed.SECRETARIAT, TODAY)])

    actor.phone = ""
    actor.save()
    keep_origins([Said(actor, ("phone",), actor.source, Confirmed.SECRETARIAT, TODAY)])

    assert list(origins(actor)) == ["name"]
    assert Actor.objects.get().stale_from == dt.date(2028, 11, 24)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_many_are_written_with_as_few_questions_as_one(number, django_assert_max_num_queries):
    actors = [ActorFactory(web="https://a.example") for _ in range(number)]
    said = [Said(each, ("name", "web"), each.source, Confirmed.FILE, TODAY) for each in actors]

    with django_assert_max_num_queries(5):
        keep_origins(said)

    assert FieldOrigin.objects.count() == 2 * number


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PARTNER_REPRESENTATIVE, Role.AUDITOR])
def test_only_the_secretariat_confirms(role):
    actor = ActorFactory()

    with pytest.raises(NotPermittedError):
        confirm_fields(actor=actor, fields=["name"], source=actor.source, on=TODAY,
                       by_whom=Confirmed.SECRETARIAT, by=someone(role), at=NOON)  # fmt: skip

    assert origins(actor) == {}
