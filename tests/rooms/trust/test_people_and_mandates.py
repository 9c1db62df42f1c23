"""Who is let in, who acts for whom, and who may say so."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from samskap.trust import actions, audit, rules
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Mandate, Party, Person, Role, User
from tests.world.people import NOON, partnership, person_with_account, someone

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
ROLES = tuple(Role)

# Who may give which mandate: written out by hand.
SECRETARIAT_GIVES = {Role.PARTNER_REPRESENTATIVE, Role.COMPANY_MEMBER, Role.BOARD_MEMBER}
MAY_GIVE = {
    Role.SECRETARIAT: SECRETARIAT_GIVES,
    Role.ADMINISTRATOR: set(ROLES),
    Role.PARTNER_REPRESENTATIVE: set(),
    Role.COMPANY_MEMBER: set(),
    Role.BOARD_MEMBER: set(),
    Role.AUDITOR: set(),
}


def give(person: Person, capacity: Role, by=OPERATOR, **facts):
    party = partnership() if capacity in rules.FOR_THE_PARTNERSHIP else Party.objects.create()
    facts.setdefault("party", party)
    facts.setdefault("valid_from", TODAY)
    return actions.give_mandate(person=person, capacity=capacity, by=by, at=NOON, **facts)


@pytest.mark.parametrize("capacity", ROLES)
@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_may_give_a_mandate_can(role, capacity):
    giver, receiver = someone(role), person_with_account("mottaker@samskap.example")

    try:
        give(receiver, capacity, by=giver)
    except rules.NotPermittedError:
        given = False
    else:
        given = True

    assert given == (capacity in MAY_GIVE[role])
    assert reader_for(receiver.user, on=TODAY).roles == ({capacity} if given else set())


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_open_and_close_accounts(role):
    doer, person = someone(role), person_with_account("en@samskap.example")

    if role == Role.ADMINISTRATOR:
        actions.close_account(person=person, by=doer, at=NOON)
    else:
        with pytest.raises(rules.NotPermittedError):
            actions.close_account(person=person, by=doer, at=NOON)

    assert User.objects.get(pk=person.user_id).is_active == (role != Role.ADMINISTRATOR)


def test_nobody_gives_themselves_a_mandate():
    administrator = someone(Role.ADMINISTRATOR)

    with pytest.raises(rules.NotPermittedError):
        give(administrator.person, Role.SECRETARIAT, by=administrator)

    assert reader_for(administrator, on=TODAY).roles == {Role.ADMINISTRATOR}


def test_a_mandate_says_who_gave_it():
    secretariat, person = someone(Role.SECRETARIAT), person_with_account("en@samskap.example")

    mandate = give(person, Role.BOARD_MEMBER, by=secretariat)

    assert mandate.given_by == secretariat.person
    assert [
        (entry.verb, entry.by, entry.on_behalf_of, entry.changes["capacity"])
        for entry in audit.history_of(mandate)
    ] == [("mandate.given", secretariat.pseudonym, partnership(), [None, "board-member"])]


@pytest.mark.parametrize("capacity", ROLES)
def test_a_capacity_belongs_to_one_kind_of_party(capacity):
    person = person_with_account("en@samskap.example")
    wrong = Party.objects.create() if capacity in rules.FOR_THE_PARTNERSHIP else partnership()

    with pytest.raises(actions.WrongPartyForCapacityError):
        give(person, capacity, party=wrong)


def test_the_same_mandate_is_not_held_twice_at_once():
    person, party = person_with_account("en@samskap.example"), Party.objects.create()
    give(person, Role.COMPANY_MEMBER, party=party, valid_to=dt.date(2027, 1, 1))

    with pytest.raises(ValidationError, match="holds that mandate already"):
        give(person, Role.COMPANY_MEMBER, party=party, valid_from=dt.date(2026, 12, 31))
    give(person, Role.COMPANY_MEMBER, party=party, valid_from=dt.date(2027, 1, 1))

    assert person.mandates.count() == 2


@pytest.mark.database
def test_the_database_itself_refuses_the_same_mandate_twice():
    person, party = person_with_account("en@samskap.example"), Party.objects.create()
    mandate = give(person, Role.COMPANY_MEMBER, party=party)

    with pytest.raises(IntegrityError, match="trust_mandate_once_at_a_time"), transaction.atomic():
        Mandate.objects.create(
            person=person, party=party, capacity=mandate.capacity, valid_from=mandate.valid_from
        )


def test_an_ended_mandate_holds_until_that_day_and_not_on_it():
    person = person_with_account("en@samskap.example")
    mandate = give(person, Role.BOARD_MEMBER, valid_from=dt.date(2026, 1, 1))

    actions.end_mandate(mandate=mandate, on=TODAY, by=OPERATOR, at=NOON, reason="Ny jobb")

    yesterday = TODAY - dt.timedelta(days=1)
    assert reader_for(person.user, on=yesterday).roles == {Role.BOARD_MEMBER}
    assert reader_for(person.user, on=TODAY).roles == set()
    entry = audit.history_of(mandate)[0]
    assert (entry.verb, entry.changes, entry.reason) == (
        "mandate.ended",
        {"valid_to": [None, "2026-11-24"]},
        "Ny jobb",
    )


def test_a_mandate_that_has_not_lasted_a_day_is_taken_back_and_stays_in_the_log():
    person = person_with_account("en@samskap.example")
    mandate = give(person, Role.BOARD_MEMBER, valid_from=TODAY)
    key = str(mandate.key)

    actions.end_mandate(mandate=mandate, on=TODAY, by=OPERATOR, at=NOON)

    assert person.mandates.count() == 0
    entry = AuditEntry.objects.get(about_key=key, verb="mandate.taken-back")
    assert entry.changes["capacity"] == ["board-member", None]
    assert entry.changes["person"] == [str(person.key), None]


def test_an_ended_mandate_cannot_be_ended_again_later():
    person = person_with_account("en@samskap.example")
    mandate = give(
        person, Role.BOARD_MEMBER, valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 6, 1)
    )

    with pytest.raises(actions.MandateAlreadyEndedError):
        actions.end_mandate(mandate=mandate, on=TODAY, by=OPERATOR, at=NOON)


def test_the_last_administrator_can_neither_be_closed_out_nor_lose_the_mandate():
    administrator = someone(Role.ADMINISTRATOR)
    mandate = administrator.person.mandates.get()

    with pytest.raises(actions.LastAdministratorError):
        actions.close_account(person=administrator.person, by=OPERATOR, at=NOON)
    with pytest.raises(actions.LastAdministratorError):
        actions.end_mandate(mandate=mandate, on=TODAY, by=OPERATOR, at=NOON)

    someone(Role.ADMINISTRATOR)
    actions.close_account(person=administrator.person, by=OPERATOR, at=NOON)
    assert not User.objects.get(pk=administrator.pk).is_active


def test_a_closed_account_reads_as_the_public_does_and_comes_back_as_it_was():
    secretariat = someone(Role.SECRETARIAT)

    actions.close_account(person=secretariat.person, by=OPERATOR, at=NOON, reason="Permisjon")
    closed = reader_for(User.objects.get(pk=secretariat.pk), on=TODAY)
    actions.reopen_account(person=secretariat.person, by=OPERATOR, at=NOON)
    reopened = reader_for(User.objects.get(pk=secretariat.pk), on=TODAY)

    assert (closed.roles, closed.is_signed_in) == (set(), False)
    assert reopened.roles == {Role.SECRETARIAT}
    assert [entry.verb for entry in audit.history_of(secretariat.person)] == [
        "account.reopened",
        "account.closed",
        "account.second-step-on",
        "account.opened",
        "person.registered",
    ]


def test_an_address_opens_one_account_whatever_its_case():
    person_with_account("kari@samskap.example")
    other = actions.register_person(name="Ola", by=OPERATOR, at=NOON)

    with pytest.raises(ValidationError):
        actions.open_account(person=other, email="KARI@Samskap.example", by=OPERATOR, at=NOON)

    assert other.user is None
    assert EmailAddress.objects.count() == 1


def test_a_person_has_one_account():
    person = person_with_account("kari@samskap.example")

    with pytest.raises(actions.AccountAlreadyOpenError):
        actions.open_account(person=person, email="ny@samskap.example", by=OPERATOR, at=NOON)


def test_names_and_addresses_are_not_written_in_the_trail():
    person = person_with_account("kari.nordmann@samskap.example", name="Kari Nordmann")

    told = [str((entry.verb, entry.changes, entry.reason)) for entry in audit.history_of(person)]

    assert told == [
        "('account.opened', {'email': []}, '')",
        "('person.registered', {'name': []}, '')",
    ]


def test_an_action_that_fails_leaves_no_entry():
    person, party = person_with_account("en@samskap.example"), Party.objects.create()
    before = AuditEntry.objects.count()

    with pytest.raises(ValidationError), transaction.atomic():
        give(person, Role.COMPANY_MEMBER, party=party, valid_to=TODAY - dt.timedelta(days=1))

    assert AuditEntry.objects.count() == before
    assert person.mandates.count() == 0
