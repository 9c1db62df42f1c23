"""A person who is erased: what says who they are is gone, what they did stays."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from psycopg import sql

from samskap.kernel import mail
from samskap.kernel.models import Letter
from samskap.trust import actions, audit, rules
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Party, Person, Role, Session, User
from samskap.trust.queries import names_by_pseudonym
from samskap.trust.session_store import SessionStore
from tests.world.people import NOON, partnership, person_with_account, someone

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NAME, EMAIL, SECOND = "Kanari Fuglesang", "kanari@samskap.example", "fuglesang@samskap.example"


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def canary():
    """Someone with everything that an account can have."""
    person = person_with_account(EMAIL, name=NAME, language="sv")
    EmailAddress.objects.create(user=person.user, email=SECOND)
    User.objects.filter(pk=person.user_id).update(last_login=NOON)
    Authenticator.objects.create(user=person.user, type="totp", data={"secret": "kanari-secret"})
    actions.give_mandate(
        person=person,
        party=partnership(),
        capacity=Role.BOARD_MEMBER,
        valid_from=dt.date(2024, 1, 1),
        by=OPERATOR,
        at=NOON,
    )
    return person


def erase(person, by=OPERATOR):
    actions.erase_person(person=person, by=by, at=timezone.now())


def post(to, text="Hei"):
    mail.post(to=[to], subject="Noe", text=text, language="nb")


def everything_in_the_database():
    """Every cell of every table of ours, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            name = sql.Identifier(table)
            cursor.execute(sql.SQL("SELECT {0}::text FROM {0}").format(name).as_string(None))
            rows += [f"{table}: {row[0]}" for row in cursor.fetchall()]
    return rows


def test_nothing_in_the_database_says_who_an_erased_person_was(canary):
    post(EMAIL)
    before = [row for row in everything_in_the_database() if "kanari" in row.lower()]

    erase(canary)

    assert len(before) >= 4
    assert [
        row
        for row in everything_in_the_database()
        if "kanari" in row.lower() or "fuglesang" in row.lower()
    ] == []


def test_an_erased_person_has_no_name_language_or_account(canary):
    erase(canary)

    person = Person.objects.select_related("user").get(pk=canary.pk)
    user = person.user
    assert (person.name, person.language, person.is_erased) == ("Slettet person", "nb", True)
    assert (user.is_active, user.has_usable_password(), user.last_login) == (False, False, None)
    assert user.email == f"{canary.user.pseudonym}@erased.invalid"
    assert user.pseudonym == canary.user.pseudonym
    assert EmailAddress.objects.count() == 0
    assert Authenticator.objects.count() == 0


def test_what_an_erased_person_did_and_held_stays_under_the_pseudonym(canary):
    registered = actions.register_person(name="Ola", by=OPERATOR, at=NOON)
    told = audit.record("person.registered", about=registered, by=canary.user, at=NOON)

    erase(canary)

    mandate = Person.objects.get(pk=canary.pk).mandates.get()
    assert (mandate.capacity, mandate.valid_from, mandate.valid_to) == (
        "board-member",
        dt.date(2024, 1, 1),
        TODAY,
    )
    assert AuditEntry.objects.get(pk=told.pk).by == canary.user.pseudonym
    assert names_by_pseudonym({canary.user.pseudonym}) == {}


def test_the_trail_tells_of_the_erasing_without_a_value_and_of_nothing_they_did_not_do(canary):
    erase(canary)

    entry = audit.history_of(canary)[0]
    assert (entry.verb, entry.changes, entry.reason) == (
        "person.erased",
        {"name": [], "email": []},
        "",
    )
    own = AuditEntry.objects.filter(by=canary.user.pseudonym).order_by("id")
    assert [row.verb for row in own] == ["account.second-step-on"]


def test_sessions_of_an_erased_person_are_gone_and_those_of_others_go_on(canary):
    other = person_with_account("andre@samskap.example")
    for person in (canary, other):
        session = SessionStore()
        session["_auth_user_id"] = str(person.user_id)
        session.create()

    erase(canary)

    assert [row.get_decoded()["_auth_user_id"] for row in Session.objects.all()] == [
        str(other.user_id)
    ]


def test_letters_to_an_erased_person_are_gone_and_those_to_others_stay(
    canary, django_capture_on_commit_callbacks
):
    post(EMAIL, "allerede levert")
    mail.deliver(Letter.objects.get().key, at=NOON)
    post(SECOND.upper(), "venter")
    post("andre@samskap.example", "en annens")

    with django_capture_on_commit_callbacks(execute=True):
        erase(canary)

    for letter in Letter.objects.filter(delivered_at=None):
        mail.deliver(letter.key, at=NOON)
    kept = mail.Outbox.of_this_installation().letters()
    assert [(letter.to, letter.text.strip()) for letter in kept] == [
        ("andre@samskap.example", "en annens")
    ]


def test_the_last_administrator_cannot_be_erased():
    administrator = someone(Role.ADMINISTRATOR)

    with pytest.raises(actions.LastAdministratorError):
        erase(administrator.person)

    assert Person.objects.get(pk=administrator.person.pk).is_erased is False
    someone(Role.ADMINISTRATOR)
    erase(administrator.person)
    assert Person.objects.get(pk=administrator.person.pk).is_erased is True


@pytest.mark.parametrize("role", tuple(Role))
def test_only_another_administrator_erases(role, canary):
    doer = someone(role)

    if role == Role.ADMINISTRATOR:
        with pytest.raises(rules.NotPermittedError):
            erase(doer.person, by=doer)
        erase(canary, by=doer)
    else:
        with pytest.raises(rules.NotPermittedError):
            erase(canary, by=doer)

    assert Person.objects.get(pk=canary.pk).is_erased == (role == Role.ADMINISTRATOR)


def test_a_mandate_that_had_not_begun_goes_with_the_person(canary):
    actions.give_mandate(
        person=canary,
        party=Party.objects.create(),
        capacity=Role.COMPANY_MEMBER,
        valid_from=TODAY + dt.timedelta(days=30),
        by=OPERATOR,
        at=NOON,
    )

    erase(canary)

    assert [row.capacity for row in canary.mandates.all()] == ["board-member"]


def test_nothing_more_is_done_with_an_erased_person(canary):
    erase(canary)
    erase(canary)
    person = Person.objects.get(pk=canary.pk)

    with pytest.raises(actions.PersonErasedError):
        actions.reopen_account(person=person, by=OPERATOR, at=NOON)
    with pytest.raises(actions.PersonErasedError):
        actions.open_account(person=person, email=EMAIL, by=OPERATOR, at=NOON)
    with pytest.raises(actions.PersonErasedError):
        actions.give_mandate(
            person=person,
            party=partnership(),
            capacity=Role.BOARD_MEMBER,
            valid_from=TODAY,
            by=OPERATOR,
            at=NOON,
        )
    assert [row.verb for row in audit.history_of(person)].count("person.erased") == 1


def test_a_person_without_account_can_be_erased():
    person = actions.register_person(name=NAME, by=OPERATOR, at=NOON)

    erase(person)

    assert Person.objects.get(pk=person.pk).name == "Slettet person"
    assert audit.history_of(person)[0].changes == {"name": []}


def test_the_address_of_an_erased_person_can_open_an_account_again(canary):
    erase(canary)

    again = person_with_account(EMAIL)

    assert again.user.email == EMAIL
    assert again.user.pseudonym != canary.user.pseudonym


@pytest.mark.parametrize(
    "reason", ["Kanari sluttet", "Bedt om av FUGLESANG.", "Se post til noen@samskap.example"]
)
def test_a_reason_that_names_the_person_is_not_let_into_the_trail(reason, canary):
    mandate = canary.mandates.get()

    with pytest.raises(ValidationError, match="for good"):
        actions.close_account(person=canary, by=OPERATOR, at=NOON, reason=reason)
    with pytest.raises(ValidationError, match="for good"):
        actions.end_mandate(mandate=mandate, on=TODAY, by=OPERATOR, at=NOON, reason=reason)
    actions.close_account(person=canary, by=OPERATOR, at=NOON, reason="Ny jobb")

    assert audit.history_of(canary)[0].reason == "Ny jobb"
