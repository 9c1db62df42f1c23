"""Whoever acts for several organisations sees for which, and acts for that one alone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskap.actors.models import Actor
from samskap.trust import actions, audit
from samskap.trust.access import reader_for, visible_to
from samskap.trust.acting import acting_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Mandate, Person, Role, Visibility
from samskap.trust.rules import holds
from samskap.workspace.middleware import ACTING_FOR
from tests.world.factories import ActorFactory
from tests.world.people import NOON, partnership, someone
from tests.world.region import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


def give(person, party, capacity, **more):
    return actions.give_mandate(
        person=person,
        party=party,
        capacity=capacity,
        valid_from=dt.date(2024, 1, 1),
        by=OPERATOR,
        at=NOON,
        **more,
    )


@pytest.fixture
def sawmill():
    return ActorFactory(named="Sagbruket AS", place=place("3105"))


@pytest.fixture
def bakery():
    return ActorFactory(named="Bakeriet AS", place=place("3105"))


@pytest.fixture
def both(sawmill, bakery):
    """Someone who represents the sawmill, and then the bakery as a substitute."""
    user = someone(Role.PARTNER_REPRESENTATIVE, party=sawmill.party)
    give(user.person, bakery.party, Role.COMPANY_MEMBER, is_substitute=True)
    return user


def home(client):
    return client.get(reverse("workspace:home"))


def act_for(client, party):
    return client.post(reverse("workspace:act-for"), {"party": str(party.key)})


def header(page):
    """The page's head, without the marks of which language a name is in."""
    head = re.sub(r'<span lang="nb">([^<]*)</span>', r"\1", page.content.decode())
    return " ".join(head.partition("</header>")[0].split())


def acted_for(page):
    return header(page).partition("You act for</span> ")[2].partition("</span>")[0]


def test_the_header_says_for_whom_they_act_and_offers_the_others(sign_in, both):
    page = header(home(sign_in(both)))

    assert "You act for</span> Sagbruket AS" in page
    assert "Bakeriet AS<small>Company member, substitute</small>" in page
    assert page.count('name="party"') == 1


def test_one_with_a_single_organisation_sees_it_and_has_nothing_to_switch(at_desk, sawmill):
    page = home(at_desk(Role.COMPANY_MEMBER, party=sawmill.party))

    assert acted_for(page) == "Sagbruket AS"
    assert 'name="party"' not in header(page)


def test_a_switch_needs_no_script_and_lasts_from_page_to_page(sign_in, both, bakery):
    client = sign_in(both)

    answer = act_for(client, bakery.party)
    page = home(client)

    assert (answer.status_code, answer.url) == (302, reverse("workspace:home"))
    assert acted_for(page) == "Bakeriet AS"
    assert "You act for Bakeriet AS now." in page.content.decode()
    assert acted_for(client.get(reverse("workspace:actors"))) == "Bakeriet AS"


def test_what_is_seen_is_what_the_one_acted_for_may_see(sign_in, both, sawmill, bakery):
    for firm in (sawmill, bakery):
        ActorFactory(
            named=f"Hemmelig for {firm.name}",
            visibility=Visibility.PARTY,
            visible_to_party=firm.party,
            place=place("3105"),
        )
    client, actors = sign_in(both), reverse("workspace:actors")

    for_sawmill = client.get(actors).content.decode()
    act_for(client, bakery.party)
    for_bakery = client.get(actors).content.decode()

    assert "Hemmelig for Sagbruket AS" in for_sawmill
    assert "Hemmelig for Bakeriet AS" not in for_sawmill
    assert "Hemmelig for Sagbruket AS" not in for_bakery
    assert "Hemmelig for Bakeriet AS" in for_bakery


def test_the_api_answers_for_the_one_acted_for(sign_in, both, sawmill, bakery):
    ActorFactory(
        named="For sagbruket",
        visibility=Visibility.PARTY,
        visible_to_party=sawmill.party,
        place=place("3105"),
    )
    client = sign_in(both)
    assert client.get("/api/v1/actors").json()["count"] == 3

    act_for(client, bakery.party)

    assert client.get("/api/v1/actors").json()["count"] == 2


def test_what_is_done_is_done_on_behalf_of_the_one_acted_for(sign_in, sawmill):
    user = someone(Role.SECRETARIAT)
    give(user.person, sawmill.party, Role.COMPANY_MEMBER)

    sign_in(user).post(reverse("workspace:person-new"), {"name": "Kari Eksempel", "language": "nb"})

    entry = AuditEntry.objects.get(about_key=str(Person.objects.get(name="Kari Eksempel").key))
    assert (entry.verb, entry.by, entry.on_behalf_of) == (
        "person.registered",
        user.pseudonym,
        partnership(),
    )


def test_a_right_held_for_one_is_not_used_while_acting_for_another(sign_in, sawmill):
    user = someone(Role.SECRETARIAT)
    give(user.person, sawmill.party, Role.COMPANY_MEMBER)
    client = sign_in(user)
    act_for(client, sawmill.party)

    refused = client.post(reverse("workspace:person-new"), {"name": "Ola", "language": "nb"})

    assert refused.status_code == 403
    assert not Person.objects.filter(name="Ola").exists()
    with acting_for(user.pk, sawmill.party_id):
        assert not holds(user, Role.SECRETARIAT)
    assert holds(user, Role.SECRETARIAT)


def test_what_is_done_by_many_at_once_says_for_whom_each(sawmill, bakery):
    user, other = someone(Role.SECRETARIAT), someone(Role.SECRETARIAT)
    deeds = [audit.Deed("actor.edited", firm, {}) for firm in (sawmill, bakery)]

    with acting_for(user.pk, partnership().pk):
        audit.record_all(deeds, by=user, at=NOON)
        theirs = audit.record("actor.edited", about=sawmill, by=other, at=NOON)

    told = AuditEntry.objects.filter(verb="actor.edited", by=user.pseudonym)
    assert [each.on_behalf_of for each in told] == [partnership(), partnership()]
    assert theirs.on_behalf_of is None


def test_nobody_can_choose_one_they_hold_no_mandate_for(sign_in, both):
    stranger = ActorFactory(named="Fremmed AS", place=place("3105"))
    client = sign_in(both)

    for wanted in (str(stranger.party.key), "", "hvem som helst", "\0"):
        answer = client.post(reverse("workspace:act-for"), {"party": wanted})
        assert answer.status_code == 404

    assert acted_for(home(client)) == "Sagbruket AS"


def test_a_choice_left_in_a_session_gives_no_right_of_its_own(sign_in, both):
    stranger = ActorFactory(named="Fremmed AS", place=place("3105"))
    client = sign_in(both)
    session = client.session
    session[ACTING_FOR] = stranger.party_id
    session.save()

    assert acted_for(home(client)) == "Sagbruket AS"


def test_a_session_ends_when_the_mandate_that_is_acted_with_does(sign_in, both, bakery):
    client = sign_in(both)
    act_for(client, bakery.party)
    home(client)

    actions.end_mandate(
        mandate=Mandate.objects.get(person__user=both, party=bakery.party),
        on=timezone.localdate(),
        by=OPERATOR,
        at=timezone.now(),
    )

    assert home(client).status_code == 302
    assert "_auth_user_id" not in client.session
    client.force_login(both)
    assert acted_for(home(client)) == "Sagbruket AS"


def test_a_form_drawn_for_one_is_not_taken_for_another(settings, both, bakery, sawmill):
    """Two windows: in the first a form for the sawmill, in the second a switch to the bakery."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(both)
    home(client)
    drawn = client.cookies[settings.CSRF_COOKIE_NAME].value
    where = reverse("workspace:act-for")
    switched = client.post(where, {"party": str(bakery.party.key), "csrfmiddlewaretoken": drawn})

    late = client.post(where, {"party": str(sawmill.party.key), "csrfmiddlewaretoken": drawn})

    assert (switched.status_code, late.status_code) == (302, 403)
    assert acted_for(home(client)) == "Bakeriet AS"


def test_the_header_asks_as_often_for_four_organisations_as_for_two(sign_in, both):
    client = sign_in(both)
    client.get(reverse("workspace:bodies"))
    with CaptureQueriesContext(connection) as for_two:
        client.get(reverse("workspace:bodies"))
    for number in range(2):
        give(
            both.person,
            ActorFactory(named=f"Firma {number}", place=place("3105")).party,
            Role.COMPANY_MEMBER,
        )
    client.get(reverse("workspace:bodies"))
    with CaptureQueriesContext(connection) as for_four:
        client.get(reverse("workspace:bodies"))

    assert len(for_four) == len(for_two)


def test_the_reader_is_narrowed_to_one_organisation_and_widened_again(both, sawmill, bakery):
    on = dt.date(2026, 11, 24)
    with acting_for(both.pk, bakery.party_id):
        within = reader_for(both, on=on)
    without = reader_for(both, on=on)

    assert (within.roles, within.parties) == (
        frozenset({Role.COMPANY_MEMBER}),
        frozenset({bakery.party_id}),
    )
    assert without.parties == {sawmill.party_id, bakery.party_id}
    assert Actor.objects.filter(visible_to(within)).count() == 2
