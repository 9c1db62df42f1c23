"""Who was erased is remembered by key alone, and erased again when a restore brings them back."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from samskap.actors.actions.contacts import erase_contact
from samskap.actors.models import Contact, ContactEntry
from samskap.trust import actions
from samskap.trust.actions.erasing import erase_subject
from samskap.trust.doers import OPERATOR
from samskap.trust.guards import LastAdministratorError
from samskap.trust.models import AuditEntry, Erasure, Person, Role, User
from samskap.trust.privacy import erasures, ledger
from samskap.trust.privacy.subjects import subject_at, subject_called
from tests.world import talks
from tests.world.factories import ActorFactory
from tests.world.people import NOON, person_with_account, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


def lines():
    written = (Path(settings.DATA) / "erasures.jsonl").read_text()
    return [json.loads(line) for line in written.splitlines()]


def back(person):
    """Put a person back as a restored database has them."""
    Person.objects.filter(pk=person.pk).update(name="Kari Holm", erased_at=None)
    User.objects.filter(pk=person.user_id).update(email="kari@holm.example", is_active=True)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE trust_erasure DISABLE TRIGGER trust_erasure_append_only")
        cursor.execute("DELETE FROM trust_erasure")
        cursor.execute("ALTER TABLE trust_erasure ENABLE TRIGGER trust_erasure_append_only")
        cursor.execute("SELECT set_config('role', %s, true)", [settings.DATABASE_APP_ROLE])


def test_both_ledgers_know_the_key_of_who_was_erased_and_nothing_more():
    person = person_with_account("kari@holm.example", name="Kari Holm")

    actions.erase_person(person=person, by=OPERATOR, at=NOON)

    row = Erasure.objects.get()
    assert (row.kind, row.subject, row.erased_at) == ("trust.Person", person.key, NOON)
    assert lines() == [
        {"kind": "trust.Person", "key": str(person.key), "erased_at": NOON.isoformat()}
    ]


@pytest.mark.parametrize(
    "change",
    ["UPDATE {} SET erased_at = now()", "DELETE FROM {}", "TRUNCATE {}"],
)
@pytest.mark.parametrize(("role", "said"), [("", "append-only"), ("app", "permission denied")])
def test_nobody_takes_anyone_out_of_the_ledger_in_the_database(change, role, said):
    erase_subject(subject=subject_at("kari@holm.example"), by=OPERATOR, at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE trust_erasure ENABLE TRIGGER trust_erasure_never_emptied")
        if role:
            cursor.execute("SELECT set_config('role', %s, true)", [settings.DATABASE_APP_ROLE])

    with (
        pytest.raises(ProgrammingError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format("trust_erasure"))

    assert Erasure.objects.get().erased_at == NOON


def test_who_is_back_after_a_restore_is_erased_again_with_all_that_is_theirs():
    person = person_with_account("kari@holm.example", name="Kari Holm")
    actions.erase_person(person=person, by=OPERATOR, at=NOON)
    back(person)
    talks.contact(ActorFactory(), "Kari Holm", email="kari@holm.example")

    again = erasures.replay(at=timezone.now())

    found = Person.objects.select_related("user").get(pk=person.pk)
    assert again == 1
    assert (found.is_erased, found.name, found.user.is_active) == (True, "Slettet person", False)
    assert found.user.email.endswith("@erased.invalid")
    assert Contact.objects.count() == 0
    assert AuditEntry.objects.filter(verb="person.erased").count() == 2


def test_replaying_twice_erases_once_and_notes_nothing_twice():
    person = person_with_account("kari@holm.example", name="Kari Holm")
    actions.erase_person(person=person, by=OPERATOR, at=NOON)
    back(person)

    numbers = [erasures.replay(at=timezone.now()) for _ in range(2)]

    assert numbers == [1, 0]
    assert len(lines()) == 1


def test_what_was_erased_before_the_backup_is_passed_over_when_that_is_said():
    person = person_with_account("kari@holm.example", name="Kari Holm")
    actions.erase_person(person=person, by=OPERATOR, at=NOON)
    back(person)

    number = erasures.replay(at=timezone.now(), since=NOON + dt.timedelta(days=1))

    assert number == 0
    assert Person.objects.get(pk=person.pk).name == "Kari Holm"


def test_a_ledger_that_was_kept_beside_a_backup_is_read_in_place_of_ours(tmp_path):
    person = person_with_account("kari@holm.example", name="Kari Holm")
    beside = tmp_path / "beside.jsonl"
    told = {"kind": "trust.Person", "key": str(person.key), "erased_at": NOON.isoformat()}
    beside.write_text(json.dumps(told) + '\n{"kind": "trust.Pers')

    number = erasures.replay(at=timezone.now(), path=beside)

    assert number == 1
    assert Person.objects.get(pk=person.pk).is_erased


def test_a_forgotten_contact_who_is_back_is_forgotten_again_and_their_account_is_left():
    actor = ActorFactory()
    person = person_with_account("kari@holm.example", name="Kari Holm")
    contact = talks.contact(actor, "Kari Holm", email="kari@holm.example")
    erase_contact(contact=contact, by=OPERATOR, at=NOON)
    Contact.objects.bulk_create([contact])
    talks.talk(actor, "Kari Holm var der.")

    number = erasures.replay(at=timezone.now())

    assert number == 1
    assert Contact.objects.count() == 0
    assert ContactEntry.objects.get().text == "… var der."
    assert Person.objects.get(pk=person.pk).name == "Kari Holm"


def test_the_last_administrator_is_erased_again_after_a_restore_all_the_same():
    person = someone(Role.ADMINISTRATOR).person
    with pytest.raises(LastAdministratorError):
        actions.erase_person(person=person, by=OPERATOR, at=NOON)
    ledger.note([("trust.Person", person.key)], at=NOON)

    number = erasures.replay(at=timezone.now())

    assert number == 1
    assert Person.objects.get(pk=person.pk).is_erased


def test_an_address_that_stood_only_in_a_text_is_struck_again_and_the_ledger_does_not_tell_it():
    entry = talks.talk(ActorFactory(), "Skriv til ola.holm@holm.example.")
    subject = subject_at("Ola.Holm@holm.example")

    erase_subject(subject=subject, by=OPERATOR, at=NOON)
    first = ContactEntry.objects.get().text
    ContactEntry.objects.filter(pk=entry.pk).update(text="Skriv til ola.holm@holm.example.")
    number = erasures.replay(at=timezone.now())

    assert (first, ContactEntry.objects.get().text) == ("Skriv til ….", "Skriv til ….")
    assert number == 1
    assert [line["kind"] for line in lines()] == ["address"]
    assert "holm" not in str(lines())
    assert AuditEntry.objects.filter(verb="address.erased").count() == 1


def test_somebody_is_found_by_address_or_key_with_all_they_are():
    person = person_with_account("kari@holm.example", name="Kari Holm")
    contact = talks.contact(ActorFactory(), "K. Holm", email="KARI@holm.example")

    found = [
        subject_called(written)
        for written in ("Kari@Holm.example", str(person.key), str(contact.key))
    ]

    assert found[0] == found[1] == found[2]
    assert found[0].names == {"Kari Holm", "K. Holm"}


def test_an_address_of_a_desk_leads_to_none_of_those_who_sit_there():
    actor = ActorFactory(email="post@holm.example")
    contact = talks.contact(actor, "Kari Holm", email="post@holm.example")
    talks.contact(actor, "Ola Vik", email="post@holm.example")

    erase_contact(contact=contact, by=OPERATOR, at=NOON)

    assert Contact.objects.get().name == "Ola Vik"
    actor.refresh_from_db()
    assert actor.email == "post@holm.example"


def test_a_name_that_two_have_is_struck_only_where_it_is_hers():
    actor, other = ActorFactory(), ActorFactory()
    contact = talks.contact(actor, "Kari Holm", email="kari@a.example", phone="")
    talks.contact(other, "Kari Holm", email="kari@b.example", phone="")
    talks.talk(actor, "Kari Holm her.")
    talks.talk(other, "Kari Holm der.")

    erase_contact(contact=contact, by=OPERATOR, at=NOON)

    assert sorted(ContactEntry.objects.values_list("text", flat=True)) == [
        "Kari Holm der.",
        "… her.",
    ]
