"""A talk is written up on a phone in under a minute, and nothing that was typed is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samskap.actors.models import ContactEntry
from samskap.trust.models import Role
from tests.doors.workspace.test_sign_in import current_code
from tests.world.factories import ActorFactory
from tests.world.people import APP_KEY, PASSWORD, someone
from tests.world.region import place
from tests.world.talks import contact, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
NEW = "workspace:talk-new"


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def typed(client, workshop, **more):
    """What a browser would send from the form at an actor's page."""
    page = client.get(reverse(NEW), {"actor": workshop.slug})
    return {
        "token": hidden(page, "token"),
        "begun_by": hidden(page, "begun_by"),
        "actor": workshop.slug,
        "kind": "visit",
        "happened_on": timezone.localdate().isoformat(),
        "text": "De har sagflis til overs.",
        "next_step": "",
        "next_step_on": "",
        **more,
    }


def today_in(days):
    return timezone.localdate() + dt.timedelta(days=days)


def test_three_lines_and_a_button_are_enough(sign_in, workshop):
    adviser = someone(Role.SECRETARIAT)
    client = sign_in(adviser)
    page = client.get(reverse(NEW), {"actor": workshop.slug}).content.decode()
    ours = re.search(r'<option value="([^"]+)" selected', page)[1]

    answer = client.post(reverse(NEW), typed(client, workshop, ours=ours))

    kept = ContactEntry.objects.get()
    assert answer.url == reverse("workspace:briefing", args=[workshop.slug])
    assert (kept.actor, kept.kind, kept.happened_on, kept.by, kept.text) == (
        workshop,
        "visit",
        timezone.localdate(),
        adviser.person,
        "De har sagflis til overs.",
    )


def test_a_form_sent_twice_is_one_talk(at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    sent = typed(client, workshop)

    for _time in range(2):
        assert client.post(reverse(NEW), sent).status_code == 302

    assert ContactEntry.objects.count() == 1


def test_who_was_there_is_ticked_among_those_who_work_there(at_desk, workshop):
    client, kari = at_desk(Role.SECRETARIAT), contact(workshop)
    contact(ActorFactory(place=place("3101")), "Nils Annensteds")

    page = client.get(reverse(NEW), {"actor": workshop.slug}).content.decode()
    client.post(reverse(NEW), typed(client, workshop, contacts=[str(kari.key)]))

    assert "Kari Eksempel" in page
    assert "Nils Annensteds" not in page
    assert list(ContactEntry.objects.get().contacts.all()) == [kari]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": ""}, "Fill this in."),
        ({"actor": ""}, "Find the actor, and choose it."),
        ({"actor": "finnes-ikke"}, "Find the actor, and choose it."),
        ({"happened_on": "2999-01-01"}, "A talk is written up when it has been."),
        (
            {"next_step": "", "next_step_on": "2026-12-01"},
            "Say what the next step is, or leave its date out.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(wrong, said, at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    sent = typed(client, workshop, next_step="Ring banken", text="Varme til overs") | wrong

    page = client.post(reverse(NEW), sent)

    shown = page.content.decode()
    assert page.status_code == 422
    assert said in shown
    assert hidden(page, "token") == sent["token"]
    assert sent["text"] in shown
    assert f'value="{sent["next_step"]}"' in shown or not sent["next_step"]
    assert not ContactEntry.objects.exists()


# A session that ran out --------------------------------------------------------------------------
def sign_in_by_form(client, user, where):
    client.post(where, {"login": user.email, "password": PASSWORD})
    return client.post(reverse("mfa_authenticate"), {"code": current_code(APP_KEY)}, follow=True)


def test_one_who_was_signed_out_signs_in_and_finds_what_they_wrote(sign_in, workshop):
    adviser = someone(Role.SECRETARIAT)
    client = sign_in(adviser)
    sent = typed(client, workshop, text="Det jeg skrev i bilen", next_step="Ring")
    client.logout()

    led_on = client.post(reverse(NEW), sent)
    page = sign_in_by_form(client, adviser, led_on.url)

    shown = page.content.decode()
    assert page.request["PATH_INFO"] == reverse(NEW)
    assert "You were signed out. What you wrote is here still." in shown
    assert "Det jeg skrev i bilen" in shown
    assert 'value="Ring"' in shown
    assert hidden(page, "token") == sent["token"]
    assert "Det jeg skrev i bilen" not in client.get(reverse(NEW)).content.decode()


def test_another_who_signs_in_there_does_not_see_what_was_written(sign_in, workshop):
    client = sign_in(someone(Role.SECRETARIAT))
    sent = typed(client, workshop, text="Det jeg skrev i bilen")
    client.logout()

    led_on = client.post(reverse(NEW), sent)
    page = sign_in_by_form(client, someone(Role.SECRETARIAT), led_on.url)

    assert page.request["PATH_INFO"] == reverse(NEW)
    assert "Det jeg skrev i bilen" not in page.content.decode()


def test_one_who_signed_in_anew_in_another_window_sends_once_more_and_loses_nothing(workshop):
    client = Client(enforce_csrf_checks=True)
    client.force_login(someone(Role.SECRETARIAT))
    sent = typed(client, workshop, csrfmiddlewaretoken="a" * 32)

    page = client.post(reverse(NEW), sent, headers={"origin": "http://testserver"})

    assert page.status_code == 403
    assert "You signed in again in another window." in page.content.decode()
    assert "De har sagflis til overs." in page.content.decode()
    assert not ContactEntry.objects.exists()
    sent["csrfmiddlewaretoken"] = hidden(page, "csrfmiddlewaretoken")
    assert client.post(reverse(NEW), sent).status_code == 302
    assert ContactEntry.objects.count() == 1


@pytest.mark.parametrize("origin", ["https://angriper.example", "null", ""])
def test_a_form_from_another_site_is_refused(origin, workshop):
    client = Client(enforce_csrf_checks=True)
    client.force_login(someone(Role.SECRETARIAT))
    sent = typed(client, workshop)

    page = client.post(reverse(NEW), sent, headers={"origin": origin} if origin else {})

    assert page.status_code == 403
    assert "De har sagflis til overs." not in page.content.decode()
    assert not ContactEntry.objects.exists()


# Choosing the actor ------------------------------------------------------------------------------
def test_actors_are_found_as_one_types(at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)

    found = client.get(reverse("workspace:find-actor"), {"q": "eksempel verk"}).content.decode()
    nobody = client.get(reverse("workspace:find-actor"), {"q": "qqqqq"}).content.decode()

    assert f'value="{workshop.slug}"' in found
    assert "<html" not in found
    assert "Nobody by that name." in nobody


def test_without_a_script_the_search_is_a_button_that_keeps_the_rest(at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    sent = typed(client, workshop, actor="", q="Verksted", text="Skrevet først", find="1")

    page = client.post(reverse(NEW), sent)

    assert page.status_code == 200
    assert f'value="{workshop.slug}"' in page.content.decode()
    assert "Skrevet først" in page.content.decode()
    assert hidden(page, "token") == sent["token"]


# What comes next ---------------------------------------------------------------------------------
def test_ones_own_steps_come_first_overdue_before_all_and_the_others_are_a_tab_away(
    sign_in, workshop
):
    adviser = someone(Role.SECRETARIAT)
    client = sign_in(adviser)
    mine = {"ours": adviser.person}
    talk(workshop, next_step="Mitt snart", next_step_on=today_in(2), **mine)
    talk(workshop, next_step="Mitt sent", next_step_on=today_in(-2), **mine)
    talk(workshop, next_step="De andres", next_step_on=today_in(-9))

    own = client.get(reverse("workspace:next-steps")).content.decode()
    everyones = client.get(reverse("workspace:next-steps"), {"whose": "all"}).content.decode()

    assert "1 step is overdue" in own
    assert own.index("Mitt sent") < own.index("Mitt snart")
    assert "De andres" not in own
    assert "2 days late" in own
    assert "2 days left" in own
    assert everyones.index("De andres") < everyones.index("Mitt sent")


def test_a_step_is_done_with_one_button_and_leads_back(at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    entry = talk(workshop, next_step="Ring")
    back = reverse("workspace:briefing", args=[workshop.slug])

    first = client.post(reverse("workspace:step-done", args=[entry.key]), {"back": back})
    again = client.post(
        reverse("workspace:step-done", args=[entry.key]), {"back": "https://annet.example/"}
    )

    entry.refresh_from_db()
    assert first.url == back
    assert again.url == reverse("workspace:next-steps")
    assert entry.done_on == timezone.localdate()


def test_overdue_steps_stand_on_the_secretariats_home(at_desk, workshop):
    talk(workshop, next_step="Sende navnene", next_step_on=today_in(-1))
    talk(workshop, next_step="Har god tid", next_step_on=today_in(9))

    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:home")).content.decode()

    assert "Sende navnene" in page
    assert "Har god tid" not in page


@pytest.mark.parametrize("name", ["talks", "next-steps"])
def test_lists_of_talks_ask_as_often_for_three_as_for_one(
    name, at_desk, django_assert_max_num_queries
):
    client, counts = at_desk(Role.AUDITOR), []
    client.get(reverse(f"workspace:{name}"))
    for more in (1, 2):
        for _each in range(more):
            firm = ActorFactory(place=place("3105"))
            talk(firm, next_step="Ring", contacts=[contact(firm)])
        with django_assert_max_num_queries(12) as asked:
            client.get(reverse(f"workspace:{name}"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


# Before a visit ----------------------------------------------------------------------------------
def test_before_a_visit_one_page_tells_whom_to_call_and_what_was_said(at_desk, workshop):
    kari = contact(workshop, phone="+47 90 00 00 00")
    talk(workshop, "Silo full av flis", contacts=[kari], next_step="Finne en mottaker")

    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:briefing", args=[workshop.slug]))

    shown = page.content.decode()
    assert 'href="tel:+4790000000"' in shown
    assert 'href="mailto:kari@bedrift.example"' in shown
    assert "Silo full av flis" in shown
    assert "Finne en mottaker" in shown
    assert "They are neither partner nor observer." in shown


def test_the_page_before_a_visit_asks_no_more_when_there_is_more_to_tell(
    at_desk, workshop, django_assert_max_num_queries
):
    client, counts = at_desk(Role.SECRETARIAT), []
    client.get(reverse("workspace:briefing", args=[workshop.slug]))
    for more in (1, 2):
        for _each in range(more):
            talk(workshop, next_step="Ring", contacts=[contact(workshop)])
        with django_assert_max_num_queries(22) as asked:
            client.get(reverse("workspace:briefing", args=[workshop.slug]))
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["talk-new", "find-actor", "talk-people", "people"])
def test_a_sign_that_no_database_keeps_is_passed_over(name, at_desk):
    client = at_desk(Role.SECRETARIAT)

    answer = client.get(reverse(f"workspace:{name}"), {"actor": "a\0b", "q": "a\0b"})

    assert answer.status_code == 200


def test_such_a_sign_in_the_form_is_refused_in_words(at_desk):
    client = at_desk(Role.SECRETARIAT)

    answer = client.post(reverse("workspace:talk-new"), {"actor": "a\0b", "q": "a\0b"})

    assert answer.status_code == 422
