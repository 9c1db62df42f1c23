"""Which rows of this room are about somebody, and how they are forgotten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower, Right, StrIndex

from samskap.actors.models import (
    ConfirmationLetter,
    Contact,
    ContactEntry,
    FieldOrigin,
    ImportRun,
    Seat,
    Suggestion,
)
from samskap.kernel.naming import is_shared
from samskap.kernel.personal import Subject

if TYPE_CHECKING:
    from django.db.models import QuerySet

CONTACT: Final = "actors.Contact"
_PERSON: Final = "trust.Person"
# Without a country's code, which may stand before it or not.
_OWN_DIGITS: Final = 8


def identify(subject: Subject) -> Subject:
    """Add the contacts with one of the subject's own addresses, and what they are called.

    An address of a desk is several people's and leads to none of them.
    """
    own = [address for address in subject.addresses if not is_shared(address)]
    contacts = Contact.objects.annotate(small=Lower("email")).filter(
        Q(pk__in=subject.of(CONTACT)) | Q(small__in=own)
    )
    found = Subject()
    for contact in contacts.order_by("pk"):
        found |= known_of(contact)
    return subject | found


def known_of(contact: Contact) -> Subject:
    """Return what the row of one contact says of who they are."""
    return Subject(
        rows={CONTACT: frozenset({contact.pk})},
        addresses=frozenset({contact.email.lower()} - {""}),
        names=frozenset({contact.name}),
        phones=frozenset({contact.phone} - {""}),
    )


def known_in(text: str) -> Subject:
    """Return the names and the telephone numbers of contacts that stand in ``text``."""
    digits = re.sub(r"\D", "", text)
    bare = Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    found = Contact.objects.annotate(
        named=StrIndex(Lower(Value(text, TextField())), Lower("name")),
        number=Right(bare, _OWN_DIGITS, output_field=TextField()),
        called=StrIndex(Value(digits, TextField()), F("number")),
    ).filter(Q(named__gt=0) | Q(called__gt=0) & ~Q(number=""))
    rows = list(found.order_by("pk").values_list("name", "phone"))
    return Subject(
        names=frozenset(name for name, _ in rows),
        phones=frozenset(phone for _, phone in rows if phone),
    )


def the_contacts(subject: Subject) -> QuerySet[Contact]:
    """Return the rows that are the subject's as a contact at an actor."""
    return Contact.objects.filter(pk__in=subject.of(CONTACT)).order_by("pk")


def entries_of(subject: Subject) -> QuerySet[ContactEntry]:
    """Return the talks the subject took part in, on either side."""
    there = Q(contacts__in=subject.of(CONTACT)) | Q(by__in=subject.of(_PERSON))
    return ContactEntry.objects.filter(there).distinct().order_by("happened_on", "pk")


def entries_told(subject: Subject) -> QuerySet[ContactEntry]:
    """Return the talks whose words are the subject's to read: not those they only wrote down."""
    return ContactEntry.objects.filter(contacts__in=subject.of(CONTACT)).distinct()


def near_entries(subject: Subject) -> QuerySet[ContactEntry]:
    """Return the talks with the actors the subject works at."""
    actors = the_contacts(subject).values("actor")
    return ContactEntry.objects.filter(
        Q(actor__in=actors) | Q(contacts__in=subject.of(CONTACT))
    ).distinct()


def letters_of(subject: Subject) -> QuerySet[ConfirmationLetter]:
    """Return the letters that asked the subject."""
    return ConfirmationLetter.objects.filter(contact__in=subject.of(CONTACT)).order_by(
        "sent_at", "pk"
    )


def suggestions_of(subject: Subject) -> QuerySet[Suggestion]:
    """Return the suggestions the subject decided on, or made by answering a letter."""
    decided = Q(decided_by__in=subject.of(_PERSON))
    made = Q(letter__contact__in=subject.of(CONTACT))
    return Suggestion.objects.filter(decided | made).order_by("suggested_at", "pk")


def suggestions_told(subject: Subject) -> QuerySet[Suggestion]:
    """Return the suggestions whose words are the subject's own: not those they only decided on."""
    return Suggestion.objects.filter(letter__contact__in=subject.of(CONTACT))


def seats_of(subject: Subject) -> QuerySet[Seat]:
    """Return the seats the subject fills."""
    return Seat.objects.filter(person__in=subject.of(_PERSON)).order_by("valid_from", "pk")


def origins_of(subject: Subject) -> QuerySet[FieldOrigin]:
    """Return the fields the subject vouched for."""
    return FieldOrigin.objects.filter(person__in=subject.of(_PERSON)).order_by("pk")


def runs_of(subject: Subject) -> QuerySet[ImportRun]:
    """Return the files the subject brought in."""
    return ImportRun.objects.filter(uploaded_by__in=subject.of(_PERSON)).order_by(
        "uploaded_at", "pk"
    )
