"""The invented people of a demonstration act for nobody real."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from samskap.kernel.documents import UnreadableDocumentError
from samskap.trust import actions, demo, queries
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Mandate, Party, Role, User
from tests.world.people import NOON, partnership

PEOPLE = Path(__file__).resolve().parents[3] / "regions" / "ostfold" / "demo" / "people.yaml"


def make(people, passwords=None):
    keys = {one.acts_for for one in people if one.acts_for}
    parties = {key: Party.objects.create() for key in sorted(keys)}
    passwords = passwords or {one.email: demo.make_password() for one in people}
    actions.make_demo_accounts(
        people=people, parties=parties, passwords=passwords, by=OPERATOR, at=NOON
    )
    return parties, passwords


def test_every_role_has_one_invented_person():
    assert sorted(one.role for one in demo.read_people(PEOPLE)) == sorted(Role)


def test_a_password_is_four_groups_that_can_be_read_aloud():
    made = {demo.make_password() for _ in range(200)}

    group = "[bdfgkmnprstv][aeiou][bdfgkmnprstv][aeiou]"
    assert all(re.fullmatch(f"{group}(-{group}){{3}}", one) for one in made)
    assert len(made) == 200


@pytest.mark.django_db
def test_each_invented_person_signs_in_as_an_example_with_the_role_they_have():
    people = demo.read_people(PEOPLE)

    _, passwords = make(people)

    for one in people:
        user = User.objects.get(email=one.email)
        assert (user.is_demo, user.person.is_demo) == (True, True)
        assert user.check_password(passwords[one.email])
        assert reader_for(user, on=NOON.date()).roles == {one.role}
    assert queries.demo_accounts().count() == 6


@pytest.mark.django_db
def test_invented_people_act_for_the_partnership_or_for_an_invented_actor():
    parties, _ = make(demo.read_people(PEOPLE))

    acted_for = set(Mandate.objects.order_by().values_list("party", flat=True))

    assert acted_for == {partnership().pk, *(party.pk for party in parties.values())}


@pytest.mark.django_db
def test_nobody_invented_acts_for_a_body_that_is_not_invented():
    people = demo.read_people(PEOPLE)
    passwords = {one.email: demo.make_password() for one in people}

    with pytest.raises(actions.NotADemonstrationError):
        actions.make_demo_accounts(
            people=people, parties={}, passwords=passwords, by=OPERATOR, at=NOON
        )

    assert User.objects.count() == 0


@pytest.mark.django_db
def test_making_them_again_changes_nothing():
    people = demo.read_people(PEOPLE)
    parties, passwords = make(people)
    before = AuditEntry.objects.count(), Mandate.objects.count(), User.objects.count()

    actions.make_demo_accounts(
        people=people, parties=parties, passwords=passwords, by=OPERATOR, at=NOON
    )

    assert (AuditEntry.objects.count(), Mandate.objects.count(), User.objects.count()) == before


@pytest.mark.django_db
def test_what_a_visitor_closed_is_open_again_after_the_next_start():
    people = demo.read_people(PEOPLE)
    parties, passwords = make(people)
    board = User.objects.get(person__mandates__capacity=Role.BOARD_MEMBER)
    actions.end_mandate(mandate=board.person.mandates.get(), on=NOON.date(), by=OPERATOR, at=NOON)
    actions.close_account(person=board.person, by=OPERATOR, at=NOON)

    actions.make_demo_accounts(
        people=people, parties=parties, passwords=passwords, by=OPERATOR, at=NOON
    )

    board = User.objects.get(pk=board.pk)
    assert reader_for(board, on=NOON.date()).roles == {Role.BOARD_MEMBER}


FAULTY = """\
people:
  - name: Kari
    email: kari@virkelig.no
    language: nb
    role: secretariat
  - name: Ola
    email: ola@demo.example
    language: nb
    role: company-member
  - name: Per
    email: ola@demo.example
    language: da
    role: auditor
    acts-for: sarpsborg-kommune
"""


def test_every_fault_of_the_file_is_told_at_once(tmp_path):
    path = tmp_path / "people.yaml"
    path.write_text(FAULTY, encoding="utf-8")

    with pytest.raises(UnreadableDocumentError) as told:
        demo.read_people(path)

    # An address that could receive mail; a member of nothing; an address used twice; a language
    # that is not ours; an auditor who acts for an organisation.
    assert [fault.line for fault in told.value.faults] == [3, 6, 11, 12, 14]


@pytest.mark.django_db
def test_what_the_file_says_anew_reaches_the_invented_people_there_are():
    people = demo.read_people(PEOPLE)
    parties, passwords = make(people)
    changed = next(one for one in people if one.role == Role.AUDITOR)
    gone = next(one for one in people if one.role == Role.BOARD_MEMBER)
    anew = [
        dataclasses.replace(one, name="Nytt Navn", language="sv", role=Role.BOARD_MEMBER)
        if one == changed
        else one
        for one in people
        if one != gone
    ]

    for _ in range(2):
        actions.make_demo_accounts(
            people=anew,
            parties=parties,
            passwords=passwords,
            no_longer=[gone.email],
            by=OPERATOR,
            at=NOON,
        )

    user = User.objects.get(email=changed.email)
    assert (user.person.name, user.person.language) == ("Nytt Navn", "sv")
    assert reader_for(user, on=NOON.date()).roles == {Role.BOARD_MEMBER}
    assert queries.demo_accounts().filter(email=gone.email).count() == 0
    assert queries.demo_accounts().count() == 5
    assert AuditEntry.objects.filter(verb="person.edited").count() == 1


@pytest.mark.django_db
def test_a_mandate_that_a_visitor_gave_an_invented_person_is_left_alone():
    people = demo.read_people(PEOPLE)
    parties, passwords = make(people)
    administrator, auditor = (
        next(User.objects.get(email=one.email) for one in people if one.role == role)
        for role in (Role.ADMINISTRATOR, Role.AUDITOR)
    )
    actions.give_mandate(
        person=auditor.person,
        party=partnership(),
        capacity=Role.BOARD_MEMBER,
        valid_from=NOON.date(),
        by=administrator,
        at=NOON,
    )

    actions.make_demo_accounts(
        people=people, parties=parties, passwords=passwords, by=OPERATOR, at=NOON
    )

    assert reader_for(auditor, on=NOON.date()).roles == {Role.AUDITOR, Role.BOARD_MEMBER}
