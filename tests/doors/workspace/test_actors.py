"""Actors at the desk: registered and corrected by form, with everything typed kept."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskap.actors.models import Actor
from samskap.evidence.models import Source
from samskap.kernel.text import LocalisedText
from samskap.trust import audit
from samskap.trust.models import AuditEntry, Role, Visibility
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.region import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]

# 313001202 has a right check digit: 3*3+1*2+3*7+0*6+0*5+1*4+2*3+0*2 = 42, 42 mod 11 = 9, 11-9 = 2.
RIGHT_NUMBER = "313001202"
WRONG_NUMBER = "313001203"


@pytest.fixture
def typed():
    SourceFactory(key="enhetsregisteret")
    return {
        "name": "Nye Østfold Verksted AS",
        "name_sv": "",
        "name_en": "New Østfold Workshop",
        "country": "NO",
        "organisation_number": RIGHT_NUMBER,
        "official_name": "NYE ØSTFOLD VERKSTED AS",
        "kind": "company",
        "place": "NO:3105",
        "side": "employer",
        "counts_business": "on",
        "reason_business": "Bygger maskiner for treindustrien.",
        "reason_business_sv": "Bygger maskiner åt träindustrin.",
        "reason_business_en": "",
        "source": "enhetsregisteret",
        "source_note": "Slått opp i dag.",
        "visibility": "secretariat",
    }


@pytest.fixture
def secretariat(at_desk):
    return at_desk(Role.SECRETARIAT)


def send(client, typed):
    return client.post(reverse("workspace:actor-new"), typed)


def value_of(page, name):
    body = page.content.decode()
    tag = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', body)[0]
    found = re.search(r'value="([^"]*)"', tag)
    return found[1] if found else ""


def chosen_in(page, name):
    body = page.content.decode()
    menu = re.search(rf'<select[^>]*name="{name}".*?</select>', body, re.DOTALL)[0]
    return re.findall(r'<option value="([^"]*)" selected>', menu)


def test_the_secretariat_registers_an_actor_with_what_was_typed(secretariat, typed):
    answer = send(secretariat, typed)

    actor = Actor.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("workspace:actor", args=[actor.slug]))
    assert actor.name == {"nb": "Nye Østfold Verksted AS", "en": "New Østfold Workshop"}
    assert (actor.organisation_number, actor.kind, actor.side) == (
        RIGHT_NUMBER,
        "company",
        "employer",
    )
    assert (actor.place, actor.visibility) == (place("3105"), Visibility.SECRETARIAT)
    assert {row.factor: row.reason for row in actor.factors.all()} == {
        "business": {
            "nb": "Bygger maskiner for treindustrien.",
            "sv": "Bygger maskiner åt träindustrin.",
        }
    }
    entry = audit.history_of(actor)[0]
    assert (entry.verb, entry.door) == ("actor.registered", "workspace")


def test_a_form_that_fails_comes_back_with_everything_that_was_typed(secretariat, typed):
    typed |= {"organisation_number": WRONG_NUMBER}

    page = send(secretariat, typed)

    assert page.status_code == 422
    texts = [
        "name",
        "name_en",
        "organisation_number",
        "official_name",
        "reason_business",
        "reason_business_sv",
        "source_note",
    ]
    menus = ["country", "kind", "place", "side", "source", "visibility"]
    assert {name: value_of(page, name) for name in texts} == {name: typed[name] for name in texts}
    assert {name: chosen_in(page, name) for name in menus} == {
        name: [typed[name]] for name in menus
    }
    assert re.search(r'name="counts_business"[^>]*checked', page.content.decode())
    assert Actor.objects.count() == 0


def test_a_wrong_number_is_said_in_a_sentence(secretariat, typed):
    page = send(secretariat, typed | {"organisation_number": WRONG_NUMBER}).content.decode()

    assert f"“{WRONG_NUMBER}” is not an organisation number: check the digits." in page
    assert "One thing is not right yet" in page


def test_a_number_that_another_actor_has_is_refused_in_words(secretariat, typed):
    ActorFactory(place=place("3101"), organisation_number=RIGHT_NUMBER)

    page = send(secretariat, typed)

    assert page.status_code == 422
    assert (
        "Another actor has this number. Check the digits, or change that actor."
        in page.content.decode()
    )
    assert value_of(page, "name") == "Nye Østfold Verksted AS"
    assert Actor.objects.count() == 1


def test_a_factor_needs_a_reason_and_an_actor_a_factor(secretariat, typed):
    without_reason = send(secretariat, typed | {"reason_business": ""}).content.decode()
    del typed["counts_business"]
    without_factor = send(secretariat, typed).content.decode()

    assert "Say in a sentence why it counts here." in without_reason
    assert "Tick at least one factor, and say why it counts there." in without_factor
    assert Actor.objects.count() == 0


def test_what_an_actor_told_us_is_a_source_of_its_own(secretariat, typed):
    send(secretariat, typed | {"source": "told-us"})
    send(
        secretariat,
        typed | {"source": "told-us", "name": "En til AS", "organisation_number": ""},
    )

    assert Source.objects.filter(key="told-us").count() == 1
    assert set(Actor.objects.values_list("source__key", flat=True)) == {"told-us"}
    assert AuditEntry.objects.filter(verb="source.registered").count() == 1


def test_a_form_that_fails_leaves_no_source_behind(secretariat, typed):
    ActorFactory(place=place("3101"), organisation_number=RIGHT_NUMBER)

    send(secretariat, typed | {"source": "told-us"})

    assert not Source.objects.filter(key="told-us").exists()
    assert not AuditEntry.objects.filter(verb="source.registered").exists()


def test_an_actor_is_corrected_and_its_history_says_what_changed(secretariat, typed):
    send(secretariat, typed)
    actor = Actor.objects.get()

    secretariat.post(
        reverse("workspace:actor-edit", args=[actor.slug]), typed | {"place": "NO:3101"}
    )
    page = secretariat.get(reverse("workspace:actor-history", args=[actor.slug])).content.decode()

    assert Actor.objects.get().place == place("3101")
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Changed an actor" in said
    assert "Place Sarpsborg → Halden" in said


def test_saving_what_is_there_already_leaves_no_trace(secretariat, typed):
    send(secretariat, typed)
    actor = Actor.objects.get()
    form = secretariat.get(reverse("workspace:actor-edit", args=[actor.slug])).context["form"]
    as_it_stands = {
        bound.html_name: bound.value() for bound in form if bound.value() not in (None, False, "")
    }

    secretariat.post(reverse("workspace:actor-edit", args=[actor.slug]), as_it_stands)

    assert [entry.verb for entry in audit.history_of(actor)] == ["actor.registered"]


def test_what_the_source_says_in_other_languages_stays_until_it_is_changed(secretariat, typed):
    send(secretariat, typed)
    note = LocalisedText({"nb": "Slått opp i dag.", "sv": "Slaget upp i dag."})
    Actor.objects.update(source_note=note)
    where = reverse("workspace:actor-edit", args=[Actor.objects.get().slug])

    secretariat.post(where, typed | {"side": ""})
    kept = Actor.objects.get().source_note
    secretariat.post(where, typed | {"source_note": "Noe annet."})

    assert kept == note
    assert Actor.objects.get().source_note == {"nb": "Noe annet."}


def test_an_actor_can_be_kept_for_itself_and_the_secretariat(secretariat, typed):
    send(secretariat, typed)
    actor = Actor.objects.get()

    secretariat.post(
        reverse("workspace:actor-edit", args=[actor.slug]),
        typed | {"visibility": "party", "widen": "party"},
    )

    actor = Actor.objects.get()
    assert (actor.visibility, actor.visible_to_party) == (Visibility.PARTY, actor.party)


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        (RIGHT_NUMBER, "The check digit is right."),
        (WRONG_NUMBER, "is not an organisation number"),
        ("313001342", "This is the number of"),
        ("", ""),
    ],
)
def test_a_number_is_answered_while_it_is_typed(number, answer, secretariat):
    ActorFactory(named="Har Nummer AS", place=place("3101"), organisation_number="313001342")

    page = secretariat.post(
        reverse("workspace:actor-number"), {"organisation_number": number, "country": "NO"}
    ).content.decode()

    assert answer in page
    assert bool(page.strip()) == bool(answer)


# Who sees an actor -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.SECRETARIAT, ["Alle AS", "Partnerne AS", "Sekretariatet AS"]),
        (Role.AUDITOR, ["Alle AS", "Partnerne AS", "Sekretariatet AS"]),
        (Role.PARTNER_REPRESENTATIVE, ["Alle AS", "Partnerne AS"]),
        (Role.BOARD_MEMBER, ["Alle AS", "Partnerne AS"]),
        (Role.COMPANY_MEMBER, ["Alle AS"]),
    ],
)
def test_the_list_and_the_pages_show_what_the_reader_may_see(role, sees, at_desk):
    everything = {
        "Alle AS": Visibility.PUBLIC,
        "Partnerne AS": Visibility.PARTNERS,
        "Sekretariatet AS": Visibility.SECRETARIAT,
    }
    actors = {
        name: ActorFactory(named=name, place=place("3105"), visibility=level)
        for name, level in everything.items()
    }
    client = at_desk(role)

    page = client.get(reverse("workspace:actors")).content.decode()
    statuses = {
        name: client.get(reverse("workspace:actor", args=[actor.slug])).status_code
        for name, actor in actors.items()
    }

    assert [name for name in everything if name in page] == sees
    assert statuses == {name: 200 if name in sees else 404 for name in everything}


@pytest.mark.parametrize("role", [Role.PARTNER_REPRESENTATIVE, Role.BOARD_MEMBER])
def test_who_may_not_read_the_trail_sees_no_history(role, at_desk):
    actor = ActorFactory(place=place("3105"))

    page = at_desk(role).get(reverse("workspace:actor", args=[actor.slug])).content.decode()

    assert "What has been done" not in page


def test_a_search_finds_by_name_and_factor(secretariat):
    ActorFactory(named="Ørje Bruk", place=place("3122"), factors=["business"])
    ActorFactory(named="Ørje Sparebank", place=place("3122"), factors=["capital"])
    ActorFactory(named="Moss Havn", place=place("3103"), factors=["capital"])

    page = secretariat.get(reverse("workspace:actors"), {"q": "orje", "factor": "capital"})

    assert [str(row.line.name) for row in page.context["found"].rows] == ["Ørje Sparebank"]


def test_the_same_selection_is_a_list_a_map_and_a_network_of_what_the_desk_may_see(at_desk):
    ActorFactory(named="Kun for oss AS", place=place("3122"), visibility=Visibility.SECRETARIAT)
    desk, visitor = at_desk(Role.SECRETARIAT), at_desk(Role.COMPANY_MEMBER)
    here, network = reverse("workspace:actors"), reverse("workspace:network")
    asked = "?place=3122&freshness=fresh"

    page = desk.get(f"{here}{asked}&as=map").content.decode()

    ways = re.findall(r'<nav class="ways".*?</nav>', page, re.DOTALL)[0]
    shared = asked.replace("&", "&amp;")
    assert re.findall(r'href="([^"]+)"', ways) == [
        f"{here}{shared}",
        f"{here}{shared}&amp;as=map",
        f"{network}{shared}",
    ]
    assert 'aria-label="Marker: 1">1</a>' in page
    hidden = visitor.get(f"{here}?place=3122&as=map").content.decode()
    assert 'aria-label="Marker: 1">1</a>' not in hidden
    there = desk.get(f"{here}?place=3122&as=network")
    assert (there.status_code, there["Location"]) == (302, f"{network}?place=3122")
    drawn = desk.get(f"{network}?place=3122").content.decode()
    assert f'href="{here}?place=3122&amp;as=map"' in drawn
    assert "Kun for oss AS" in drawn


@pytest.mark.parametrize("shown_as", ["", "&as=map"])
def test_no_way_to_look_at_the_desk_asks_more_than_twelve_times(secretariat, shown_as):
    address = f"{reverse('workspace:actors')}?place=31{shown_as}"
    ActorFactory(named="Én AS", place=place("3105"))
    secretariat.get(address)
    asked = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            secretariat.get(address)
        asked.append(len(queries))
        ActorFactory.create_batch(2, place=place("3105"))
        secretariat.get(address)

    assert asked[0] == asked[1]
    assert asked[0] <= 12


# Somebody we may know -----------------------------------------------------------------------------
def test_one_much_like_another_is_asked_about_before_it_is_registered(secretariat, typed):
    twin = ActorFactory(named="Nye Østfold Verksted", place=place("3105"))

    page = send(secretariat, typed)

    body = page.content.decode()
    assert page.status_code == 422
    assert "Is it here already?" in body
    assert reverse("workspace:actor", args=[twin.slug]) in body
    assert reverse("workspace:actor-edit", args=[twin.slug]) in body
    assert value_of(page, "name") == typed["name"]
    assert list(Actor.objects.all()) == [twin]


def test_one_with_another_s_web_page_is_asked_about(secretariat, typed):
    twin = ActorFactory(named="Helt annet navn", web="https://verksted.example/om-oss")

    page = send(secretariat, typed | {"web": "https://www.verksted.example"})

    assert page.status_code == 422
    assert twin.slug in page.content.decode()


def test_one_that_was_seen_and_is_another_is_registered(secretariat, typed):
    twin = ActorFactory(named="Nye Østfold Verksted", place=place("3105"))

    page = send(secretariat, typed | {"seen": twin.slug})

    assert page.status_code == 302
    assert Actor.objects.count() == 2


def test_one_that_looks_like_yet_another_after_a_change_is_asked_about_again(secretariat, typed):
    first = ActorFactory(named="Nye Østfold Verksted", place=place("3105"))
    ActorFactory(named="Glomma Sag", place=place("3105"))

    page = send(secretariat, typed | {"name": "Glomma Sag AS", "seen": first.slug})

    assert page.status_code == 422
    assert Actor.objects.count() == 2


def test_one_whose_number_another_has_is_refused_even_when_it_was_seen(secretariat, typed):
    twin = ActorFactory(named="Nye Østfold Verksted", organisation_number=RIGHT_NUMBER)

    page = send(secretariat, typed | {"seen": twin.slug})

    assert page.status_code == 422
    assert Actor.objects.count() == 1
