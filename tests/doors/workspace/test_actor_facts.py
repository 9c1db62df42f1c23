"""What is known of one actor, at the desk: typed whole, confirmed, tied, asked and corrected."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskap.actors.models import (
    Actor,
    ConfirmationLetter,
    Confirmed,
    FieldOrigin,
    Suggestion,
    Tie,
)
from samskap.actors.origins import Said, keep_origins
from samskap.kernel.mail.letters import Letter
from samskap.trust.models import Role, Visibility
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.region import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region", "verft")]

MARCH_2024 = dt.date(2024, 3, 1)


@pytest.fixture
def secretariat(at_desk):
    return at_desk(Role.SECRETARIAT)


@pytest.fixture
def verft():
    return ActorFactory(
        named="Verftet AS",
        slug="verftet",
        place=place("3101"),
        phone="69 00 00 00",
        email="post@verftet.example",
    )


def at(name, *given: object):
    return reverse(f"workspace:{name}", args=given)


def in_text(page):
    words = re.sub(r"</?span[^>]*>", "", page.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words))


def as_it_stands(client):
    page = client.get(at("actor-edit", "verftet"))
    form = page.context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    told = {name: value for name, value in values.items() if value not in (None, False, "")}
    return told | {"version": page.context["editing"].version, "sites": form.site_rows}


# The form -----------------------------------------------------------------------------------------


def test_all_that_is_typed_is_kept(secretariat):
    typed = as_it_stands(secretariat) | {
        "description": "Bygger båter.",
        "web": "https://verftet.example",
        "street": "Kaia 1",
        "postcode": "1771",
        "post_town": "Halden",
        "latitude": "59.1",
        "longitude": "11.4",
        "employees": "40",
        "employees_on": "2024-03-01",
        "founded_on": "1902-05-17",
        "legal_form": "AS",
        "status": "winding-up",
        "written_norm": "nn",
        "focus_areas": ["digital", "bioeconomy"],
        "industry_codes": "SN2025 30.110\r\nSN2007 30.1",
        "site_0_name": "Slippen",
        "site_0_place": "NO:3110",
        "site_0_employees": "6",
    }

    answer = secretariat.post(at("actor-edit", "verftet"), typed)

    assert answer.status_code == 302
    row = Actor.objects.get()
    assert (row.description, row.web) == ({"nb": "Bygger båter."}, "https://verftet.example")
    assert (row.street, row.postcode, row.post_town) == ("Kaia 1", "1771", "Halden")
    assert (row.latitude, row.longitude) == (59.1, 11.4)
    assert (row.employees, row.employees_on, row.size) == (40, MARCH_2024, "20-49")
    assert (row.founded_on, row.legal_form) == (dt.date(1902, 5, 17), "AS")
    assert (row.status, row.written_norm) == ("winding-up", "nn")
    assert {each.focus_area for each in row.focus_areas.all()} == {"digital", "bioeconomy"}
    assert [(each.standard, each.code) for each in row.industry_codes.all()] == [
        ("SN2025", "30.110"),
        ("SN2007", "30.1"),
    ]
    assert [(each.name, each.place.code, each.employees) for each in row.sites.all()] == [
        ("Slippen", "3110", 6)
    ]


def test_saving_all_of_that_again_changes_nothing_and_emptying_it_empties_it(secretariat):
    test_all_that_is_typed_is_kept(secretariat)
    before = Actor.objects.values().get()

    secretariat.post(at("actor-edit", "verftet"), as_it_stands(secretariat))
    assert Actor.objects.values().get() == before

    emptied = as_it_stands(secretariat) | dict.fromkeys(
        ("employees", "employees_on", "founded_on", "latitude", "longitude"), ""
    )
    emptied |= {"industry_codes": "", "site_0_name": "", "site_0_place": "", "site_0_employees": ""}
    secretariat.post(at("actor-edit", "verftet"), emptied)

    row = Actor.objects.get()
    assert (row.employees, row.employees_on, row.founded_on, row.latitude) == (None,) * 4
    assert (row.industry_codes.count(), row.sites.count()) == (0, 0)
    assert not FieldOrigin.objects.filter(field="employees").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"latitude": "59.1"}, "Write both degrees, or none."),
        ({"industry_codes": "16.1"}, "is no code we know. Write it as SN2025 16.102."),
        ({"industry_codes": "SN2025 45.1"}, "is no code we know. Write it as SN2025 16.102."),
        ({"site_0_street": "Kaia"}, "Fill this in, or empty the whole site."),
        ({"email": "nei"}, "Write a whole e-mail address"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stands(secretariat, typed, said):
    sent = as_it_stands(secretariat) | typed

    page = secretariat.post(at("actor-edit", "verftet"), sent)

    assert page.status_code == 422
    assert said in in_text(page)
    (name, value), *_rest = typed.items()
    assert page.context["form"][name].value() == value


def test_source_of_the_changes_is_kept_with_the_fields_that_changed(secretariat):
    SourceFactory(key="visit")
    typed = as_it_stands(secretariat) | {"phone": "69 11 11 11", "changes_source": "visit"}

    secretariat.post(at("actor-edit", "verftet"), typed)

    told = {row.field: row.source.key for row in FieldOrigin.objects.all()}
    assert told == {"phone": "visit"}


# Two at once --------------------------------------------------------------------------------------


def test_second_to_save_is_told_and_sees_both_versions(at_desk, secretariat):
    other = at_desk(Role.SECRETARIAT)
    mine, theirs = as_it_stands(secretariat), as_it_stands(other)
    other.post(at("actor-edit", "verftet"), theirs | {"phone": "69 22 22 22", "street": "Kaia 2"})

    page = secretariat.post(at("actor-edit", "verftet"), mine | {"phone": "69 33 33 33"})

    text = in_text(page)
    assert page.status_code == 409
    assert "changed this while you wrote" in text
    assert "Phone They wrote: 69 22 22 22 You wrote, and it stands in the form: 69 33" in text
    assert "Street address. They wrote, and it stands in the form: Kaia 2" in text
    assert Actor.objects.get().phone == "69 22 22 22"
    form = page.context["form"]
    assert (form["phone"].value(), form["street"].value()) == ("69 33 33 33", "Kaia 2")

    again = mine | {
        "phone": "69 33 33 33",
        "street": "Kaia 2",
        "version": page.context["editing"].version,
    }
    assert secretariat.post(at("actor-edit", "verftet"), again).status_code == 302
    row = Actor.objects.get()
    assert (row.phone, row.street) == ("69 33 33 33", "Kaia 2")


def test_two_who_write_the_same_do_not_stop_each_other(at_desk, secretariat):
    other = at_desk(Role.SECRETARIAT)
    mine, theirs = as_it_stands(secretariat), as_it_stands(other)
    other.post(at("actor-edit", "verftet"), theirs | {"phone": "69 22 22 22"})

    answer = secretariat.post(at("actor-edit", "verftet"), mine | {"phone": "69 22 22 22"})

    assert answer.status_code == 302


# How old it is ------------------------------------------------------------------------------------


def old(verft, *fields: str):
    keep_origins([Said(verft, fields, verft.source, Confirmed.FILE, MARCH_2024)])


def test_page_says_what_is_old_and_one_press_says_that_it_is_right(secretariat, verft):
    old(verft, "phone", "email")

    text = in_text(secretariat.get(at("actor", "verftet")))
    assert "2 facts should be checked" in text
    assert "Phone: from March 2024." in text

    secretariat.post(at("actor-confirm", "verftet"), {"fact": "phone"})
    told = {row.field: (row.confirmed_by, row.confirmed_on) for row in FieldOrigin.objects.all()}
    assert told == {
        "phone": ("secretariat", timezone.localdate()),
        "email": ("file", MARCH_2024),
    }
    secretariat.post(at("actor-confirm", "verftet"), {"fact": "old"})
    assert "should be checked" not in in_text(secretariat.get(at("actor", "verftet")))


def test_everything_is_confirmed_at_once_but_what_is_empty(secretariat):
    secretariat.post(at("actor-confirm", "verftet"), {"fact": "all"})

    assert set(FieldOrigin.objects.values_list("field", flat=True)) == {
        "name", "official_name", "kind", "status", "factors", "place", "email", "phone",
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AUDITOR, Role.PARTNER_REPRESENTATIVE])
def test_page_asks_the_database_at_most_twelve_times_however_many_ties(at_desk, verft, role):
    client = at_desk(role)

    def asked():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at("actor", "verftet")).status_code == 200
        return len(asked)

    def tie():
        Tie.objects.create(
            kind="supplies",
            from_actor=verft,
            to_actor=ActorFactory(),
            source=verft.source,
            visibility=Visibility.PUBLIC,
        )

    tie()
    asked()
    for_one = asked()
    tie()
    tie()

    assert asked() == for_one
    assert for_one <= 12


def test_old_address_leads_to_the_kept_actor(secretariat, verft):
    ActorFactory(slug="verftet-gamle", merged_into=verft)

    answer = secretariat.get(at("actor", "verftet-gamle"))

    assert (answer.status_code, answer.url) == (301, at("actor", "verftet"))


# Ties ---------------------------------------------------------------------------------------------


@pytest.fixture
def tie():
    SourceFactory(key="kart")
    forening = ActorFactory(named="Foreningen", slug="foreningen")
    return {
        "kind": "member-of>",
        "q": "",
        "actor": forening.slug,
        "role": "I styret",
        "valid_from": "2019-01-01",
        "valid_to": "",
        "confidence": "confirmed",
        "source": "kart",
        "source_note": "",
        "visibility": "public",
    }


def test_tie_is_made_from_either_side_of_it(secretariat, tie):
    made = secretariat.post(at("tie-new", "verftet"), tie)
    secretariat.post(at("tie-new", "verftet"), tie | {"kind": "funds<"})

    assert made.status_code == 302
    assert [
        (each.kind, each.from_actor.slug, each.to_actor.slug, each.confidence)
        for each in Tie.objects.order_by("id")
    ] == [
        ("member-of", "verftet", "foreningen", "confirmed"),
        ("funds", "foreningen", "verftet", "confirmed"),
    ]


def test_without_scripts_the_search_button_searches_and_keeps_what_is_typed(secretariat, tie):
    page = secretariat.post(
        at("tie-new", "verftet"), tie | {"actor": "", "q": "forening", "find": "1"}
    )

    assert page.status_code == 200
    assert 'value="foreningen"' in page.content.decode()
    assert 'value="I styret"' in page.content.decode()
    assert Tie.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"actor": ""}, "Find the actor, and choose it."),
        ({"actor": "verftet"}, "An actor has no tie to itself. Choose another."),
        ({"valid_to": "2018-01-01"}, "A tie ends after the day it begins."),
        ({"source": ""}, "Choose one."),
    ],
)
def test_tie_that_cannot_be_is_said(secretariat, tie, typed, said):
    page = secretariat.post(at("tie-new", "verftet"), tie | typed)

    assert page.status_code == 422
    assert said in in_text(page)
    assert Tie.objects.count() == 0


def test_tie_is_changed_ended_and_taken_away(secretariat, tie):
    secretariat.post(at("tie-new", "verftet"), tie)
    key = Tie.objects.get().key

    secretariat.post(at("tie", "verftet", key), tie | {"role": "Leder styret"})
    assert Tie.objects.get().role == {"nb": "Leder styret"}

    secretariat.post(at("tie-end", "verftet", key), {"on": "2026-01-01"})
    assert Tie.objects.get().valid_to == dt.date(2026, 1, 1)

    secretariat.post(at("tie-remove", "verftet", key), {"reason": "Det var søsterfirmaet."})
    assert Tie.objects.count() == 0


# Letters and suggestions --------------------------------------------------------------------------


def test_letter_is_sent_by_a_button_and_not_twice(secretariat):
    page = secretariat.get(at("actor-ask", "verftet"))
    assert "The letter goes to post@verftet.example." in in_text(page)
    assert ConfirmationLetter.objects.count() == 0

    for _ in range(2):
        secretariat.post(at("actor-ask", "verftet"))

    assert (ConfirmationLetter.objects.count(), Letter.objects.count()) == (1, 1)
    assert b"http://testserver/nb/svar/" in bytes(Letter.objects.get().message)


def suggested(verft, **facts):
    given = {"kind": "correct", "field": "phone", "before": "69 00 00 00", "after": "69 11 11 11"}
    return Suggestion.objects.create(
        actor=verft, suggested_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC), **(given | facts)
    )


def test_suggestion_shows_what_stands_and_what_is_said_and_is_accepted(secretariat, verft):
    row = suggested(verft)

    text = in_text(secretariat.get(at("suggestions")))
    assert "1 suggestion waits for an answer" in text
    assert "Now: 69 00 00 00 → Suggested: 69 11 11 11" in text

    secretariat.post(at("suggestion-accept", row.key))
    assert Actor.objects.get().phone == "69 11 11 11"
    assert "No suggestion waits" in in_text(secretariat.get(at("suggestions")))
    assert "Accepted" in in_text(secretariat.get(f"{at('suggestions')}?state=answered"))


def test_declining_asks_for_a_reason(secretariat, verft):
    row = suggested(verft)

    assert secretariat.post(at("suggestion-decline", row.key), {"reason": ""}).status_code == 422
    secretariat.post(at("suggestion-decline", row.key), {"reason": "Feil nummer."})

    row.refresh_from_db()
    assert (row.state, row.reason) == ("declined", "Feil nummer.")
    assert Actor.objects.get().phone == "69 00 00 00"


def test_suggestion_that_cannot_be_kept_is_told_and_still_waits(secretariat, verft):
    row = suggested(verft, field="email", before="", after="ikke en adresse")

    page = secretariat.post(at("suggestion-accept", row.key), follow=True)

    assert "This cannot be kept as it is written" in in_text(page)
    row.refresh_from_db()
    assert row.state == "waiting"


def test_home_of_the_secretariat_says_how_many_wait(secretariat, verft):
    suggested(verft)
    suggested(verft, field="email", before="", after="ny@verftet.example")

    assert "2 suggestions wait for an answer" in in_text(secretariat.get(at("home")))


def test_list_of_suggestions_asks_as_often_for_three_as_for_one(secretariat, verft):
    def asked():
        with CaptureQueriesContext(connection) as asked:
            assert secretariat.get(at("suggestions")).status_code == 200
        return len(asked)

    suggested(verft)
    asked()
    for_one = asked()
    for name in ("Annen AS", "Tredje AS"):
        suggested(ActorFactory(named=name))

    assert asked() == for_one
    assert for_one <= 12
