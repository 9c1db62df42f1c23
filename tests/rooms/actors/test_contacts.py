"""People at an actor are the secretariat's own, and can be forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from samskap.actors import queries
from samskap.actors.actions import contacts
from samskap.actors.models import Basis, Contact, ContactEntry
from samskap.trust import audit
from samskap.trust.access import PUBLIC, reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Role
from samskap.trust.rules import NotPermittedError
from tests.world.factories import ActorFactory
from tests.world.people import NOON, someone
from tests.world.talks import TODAY, contact, talk

pytestmark = pytest.mark.django_db


def facts(**more):
    given = {"name": "Ola Eksempel", "basis": Basis.CONSENT, "source_note": "Sa det selv"}
    return contacts.ContactFacts(**given | more)


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.SECRETARIAT, ["Kari Eksempel"]),
        (Role.AUDITOR, ["Kari Eksempel"]),
        (Role.ADMINISTRATOR, []),
        (Role.BOARD_MEMBER, []),
        (Role.PARTNER_REPRESENTATIVE, []),
        (Role.COMPANY_MEMBER, []),
    ],
)
def test_a_contact_is_for_the_secretariat_and_the_auditor_alone(role, names):
    firm = ActorFactory()
    contact(firm)
    reader = reader_for(someone(role), on=TODAY)

    assert [each.name for each in queries.contacts_seen_by(reader)] == names


def test_not_even_the_actor_itself_reads_what_we_keep_of_its_people():
    firm = ActorFactory()
    contact(firm)
    talk(firm)
    reader = reader_for(someone(Role.COMPANY_MEMBER, party=firm.party), on=TODAY)

    assert list(queries.contacts_seen_by(reader)) == []
    assert list(queries.contact_entries_seen_by(reader)) == []
    assert list(queries.contacts_seen_by(PUBLIC)) == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECRETARIAT])
def test_only_the_secretariat_keeps_contacts(role):
    firm, by = ActorFactory(), someone(role)
    kept = contact(firm)

    for act in (
        lambda: contacts.add_contact(actor=firm, facts=facts(), by=by, at=NOON),
        lambda: contacts.edit_contact(contact=kept, facts=facts(), by=by, at=NOON),
        lambda: contacts.contact_has_left(contact=kept, on=TODAY, by=by, at=NOON),
        lambda: contacts.erase_contact(contact=kept, by=by, at=NOON),
    ):
        with pytest.raises(NotPermittedError):
            act()


def test_the_trail_tells_which_fields_were_kept_and_never_what_stood_in_them():
    kept = contact(ActorFactory())
    contacts.edit_contact(contact=kept, facts=facts(role="Styreleder"), by=OPERATOR, at=NOON)

    entries = list(audit.history_of(kept))

    assert [entry.verb for entry in entries] == ["contact.edited", "contact.added"]
    assert {tuple(values) for entry in entries for values in entry.changes.values()} == {()}


def test_saying_the_same_again_leaves_no_trace():
    kept = contacts.add_contact(actor=ActorFactory(), facts=facts(), by=OPERATOR, at=NOON)

    contacts.edit_contact(contact=kept, facts=facts(), by=OPERATOR, at=NOON)

    assert [entry.verb for entry in audit.history_of(kept)] == ["contact.added"]


def test_one_who_has_left_is_history_and_cannot_be_changed():
    kept = contact(ActorFactory())

    contacts.contact_has_left(contact=kept, on=dt.date(2026, 11, 1), by=OPERATOR, at=NOON)

    assert list(queries.contacts_on(Contact.objects.all(), dt.date(2026, 10, 31))) == [kept]
    assert list(queries.contacts_on(Contact.objects.all(), dt.date(2026, 11, 1))) == []
    with pytest.raises(contacts.ContactHasLeftError):
        contacts.edit_contact(contact=kept, facts=facts(), by=OPERATOR, at=NOON)
    with pytest.raises(contacts.ContactHasLeftError):
        contacts.contact_has_left(contact=kept, on=TODAY, by=OPERATOR, at=NOON)


def test_nobody_has_left_on_a_day_that_has_not_come():
    kept = contact(ActorFactory())

    with pytest.raises(ValidationError) as refused:
        contacts.contact_has_left(
            contact=kept, on=TODAY + dt.timedelta(days=1), by=OPERATOR, at=NOON
        )

    assert refused.value.message_dict == {"on": ["Choose today or a day that has been."]}


def test_an_erased_contact_stands_nowhere_any_more():
    firm = ActorFactory()
    kept = contact(firm, "Kari Hansen", email="kari@firma.example", phone="+47 90 12 34 56")
    entry = talk(
        firm,
        "KARI HANSEN tok imot. Ring +47 90 12 34 56 eller skriv til Kari@firma.example.",
        contacts=[kept],
        next_step="Svare Kari Hansen",
    )
    other = talk(firm, "Nils Berg viste oss hallen.")

    touched = contacts.erase_contact(contact=kept, by=OPERATOR, at=NOON)

    entry.refresh_from_db()
    other.refresh_from_db()
    assert touched == 1
    assert entry.text == "… tok imot. Ring … eller skriv til …."
    assert entry.next_step == "Svare …"
    assert other.text == "Nils Berg viste oss hallen."
    assert list(entry.contacts.all()) == []
    assert not Contact.objects.exists()
    trail = " ".join(str(values) for values in AuditEntry.objects.values_list("changes", "reason"))
    for personal in ("Kari", "Hansen", "firma.example", "90 12 34 56", "Daglig leder"):
        assert personal not in trail
    erased = AuditEntry.objects.get(verb="contact.erased")
    assert (erased.about_kind, erased.about_key) == ("actors.contact", str(kept.key))
    assert erased.changes == {
        "name": [],
        "role": [],
        "email": [],
        "phone": [],
        "source_note": [],
    }


def test_erasing_someone_without_address_or_number_strikes_the_name_alone():
    firm = ActorFactory()
    kept = contact(firm, "Per Li", email="", phone="")
    entry = talk(firm, "Per Li var der. Supert.")

    contacts.erase_contact(contact=kept, by=OPERATOR, at=NOON)

    assert ContactEntry.objects.get(pk=entry.pk).text == "… var der. Supert."


def test_talks_that_use_a_first_name_are_found_so_that_they_can_be_read_through():
    firm = ActorFactory()
    kept = contact(firm, "Kari Holm")
    named = talk(firm, "Kari viste rundt.")
    talk(firm, "Ingen hjemme.")
    reader = reader_for(someone(Role.SECRETARIAT), on=TODAY)

    assert list(queries.entries_that_may_name(kept, reader=reader)) == [named]


@pytest.mark.parametrize(
    "wrong", [{"email": "ikke en adresse"}, {"name": "  "}, {"source_note": ""}, {"basis": "fordi"}]
)
def test_a_contact_without_what_it_must_have_is_refused(wrong):
    firm = ActorFactory()

    with pytest.raises(ValidationError) as refused:
        contacts.add_contact(actor=firm, facts=facts(**wrong), by=OPERATOR, at=NOON)

    assert set(refused.value.message_dict) == set(wrong)
    assert not Contact.objects.exists()
