"""An object's history where people work: who changed what, when and why, and a change undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from samskap.actors.actions.memberships import MembershipFacts, edit_membership, start_membership
from samskap.actors.actions.registering import edit_actor
from samskap.actors.models import Actor, MembershipKind
from samskap.actors.standing import facts_of
from samskap.kernel.text import LocalisedText
from samskap.trust import actions, audit
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role, Visibility
from tests.world.factories import ActorFactory
from tests.world.people import NOON, person_with_account, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def sawmill():
    return ActorFactory(named="Sagbruket", visibility=Visibility.PUBLIC)


def renamed(actor, name, by=OPERATOR):
    facts = replace(facts_of(actor, but={}), name=LocalisedText({"nb": name}))
    edit_actor(actor=actor, facts=facts, by=by, at=NOON)
    return audit.history_of(actor)[0]


def sign_in(client, role, **more):
    user = someone(role, **more)
    client.force_login(user)
    return user


def read(client, name, *args: object):
    return client.get(reverse(f"workspace:{name}", args=args))


def test_who_keeps_the_log_reads_who_changed_what_before_and_after(client, sawmill):
    secretary = sign_in(client, Role.SECRETARIAT)
    renamed(sawmill, "Bakeriet", by=secretary)

    page = read(client, "history", "actor", sawmill.key).content.decode()

    assert secretary.person.name in page
    assert "<del>Sagbruket</del>" in page
    assert "<ins>Bakeriet</ins>" in page


def test_others_read_what_was_done_to_what_they_may_see_but_not_by_whom_nor_from_what(
    client, sawmill
):
    secretary = someone(Role.SECRETARIAT)
    renamed(sawmill, "Bakeriet", by=secretary)
    sign_in(client, Role.PARTNER_REPRESENTATIVE)

    page = read(client, "history", "actor", sawmill.key).content.decode()

    assert "Changed an actor" in page
    assert secretary.person.name not in page
    assert "<del>" not in page
    assert "Sagbruket" not in page


def test_what_a_reader_may_not_see_has_no_history_for_them(client):
    hidden = ActorFactory(visibility=Visibility.SECRETARIAT)
    sign_in(client, Role.COMPANY_MEMBER)

    assert read(client, "history", "actor", hidden.key).status_code == 404
    assert read(client, "history", "nothing", hidden.key).status_code == 404


def test_of_a_membership_others_do_not_even_learn_which_terms_were_changed(client, sawmill):
    facts = MembershipFacts(
        kind=MembershipKind.PARTNER,
        valid_from=dt.date(2024, 1, 1),
        visibility=Visibility.PUBLIC,
    )
    membership = start_membership(actor=sawmill, facts=facts, by=OPERATOR, at=NOON)
    changed = replace(facts, agreement_ends_on=dt.date(2027, 1, 1))
    edit_membership(membership=membership, facts=changed, by=OPERATOR, at=NOON)
    sign_in(client, Role.PARTNER_REPRESENTATIVE)

    page = read(client, "history", "membership", membership.key).content.decode()

    assert "Changed a membership" in page
    assert '<details class="log__changes">' not in page


def test_a_persons_history_tells_of_mandates_too_also_of_one_that_was_taken_back(client):
    sign_in(client, Role.AUDITOR)
    person = person_with_account("kari@samskap.example", name="Kari Nordmann")
    today = dt.date.today()  # noqa: DTZ011 - a mandate of today, whatever day that is
    mandate = actions.give_mandate(
        person=person,
        party=actions.found_partnership(by=OPERATOR, at=NOON),
        capacity=Role.BOARD_MEMBER,
        valid_from=today,
        by=OPERATOR,
        at=NOON,
    )
    actions.end_mandate(mandate=mandate, on=today, by=OPERATOR, at=NOON)

    page = read(client, "person-history", person.key).content.decode()

    told = [
        "Registered a person",
        "Opened an account",
        "Gave a mandate",
        "Took a mandate back",
    ]
    assert [words for words in told if words not in page] == []


def test_the_same_number_of_questions_for_one_entry_and_for_three(
    client, sawmill, django_assert_max_num_queries
):
    sign_in(client, Role.SECRETARIAT)
    renamed(sawmill, "Bakeriet")
    read(client, "history", "actor", sawmill.key)
    with django_assert_max_num_queries(12) as one:
        read(client, "history", "actor", sawmill.key)
    for name in ("Meieriet", "Mølla"):
        renamed(Actor.objects.get(pk=sawmill.pk), name)

    with django_assert_max_num_queries(12) as three:
        read(client, "history", "actor", sawmill.key)

    assert len(three) == len(one)


def test_a_change_is_shown_before_it_is_undone_and_then_undone(client, sawmill):
    sign_in(client, Role.SECRETARIAT)
    entry = renamed(sawmill, "Bakeriet")
    where = reverse("workspace:undo", args=[entry.pk])

    listed = read(client, "history", "actor", sawmill.key).content.decode()
    asked = client.get(where).content.decode()
    answer = client.post(where)

    assert f'href="{where}"' in listed
    assert "<del>Bakeriet</del>" in asked
    assert "<ins>Sagbruket</ins>" in asked
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("workspace:actor", args=[sawmill.slug]),
    )
    assert Actor.objects.get(pk=sawmill.pk).name["nb"] == "Sagbruket"


def test_what_was_changed_since_is_shown_in_both_versions_and_not_undone(client, sawmill):
    sign_in(client, Role.SECRETARIAT)
    entry = renamed(sawmill, "Bakeriet")
    renamed(Actor.objects.get(pk=sawmill.pk), "Meieriet")
    where = reverse("workspace:undo", args=[entry.pk])

    answer = client.post(where)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bakeriet" in page
    assert "<strong>Meieriet</strong>" in page
    assert Actor.objects.get(pk=sawmill.pk).name["nb"] == "Meieriet"


def test_what_cannot_be_undone_has_no_page_for_it(client):
    sign_in(client, Role.SECRETARIAT)
    person = person_with_account("kari@samskap.example")
    entry = audit.history_of(person)[0]

    assert read(client, "undo", entry.pk).status_code == 404
    assert read(client, "undo", 10**9).status_code == 404


def test_an_auditor_reads_everything_and_is_offered_no_undoing(client, sawmill):
    entry = renamed(sawmill, "Bakeriet")
    sign_in(client, Role.AUDITOR)

    page = read(client, "history", "actor", sawmill.key).content.decode()

    assert "<ins>Bakeriet</ins>" in page
    assert reverse("workspace:undo", args=[entry.pk]) not in page
    assert client.post(reverse("workspace:undo", args=[entry.pk])).status_code == 403
