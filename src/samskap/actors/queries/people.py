"""Contacts and the contact log: the secretariat's own, and the auditor's to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.db.models import F, Q

from samskap.actors.models import Contact, ContactEntry

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.access import Reader

_SHORTEST_NAME: Final = 3  # letters


def contacts_seen_by(reader: Reader) -> QuerySet[Contact]:
    """Return the contacts ``reader`` may see; to anyone else there are none."""
    contacts = Contact.objects.filter(actor__merged_into__isnull=True)
    return (contacts if reader.sees_all else contacts.none()).order_by("actor", "name", "id")


def contacts_on(contacts: QuerySet[Contact], day: date) -> QuerySet[Contact]:
    """Return those of ``contacts`` who have not left by ``day``."""
    return contacts.filter(Q(left_on__isnull=True) | Q(left_on__gt=day))


def contact_entries_seen_by(reader: Reader) -> QuerySet[ContactEntry]:
    """Return the entries ``reader`` may see, the newest first; to anyone else there are none."""
    entries = ContactEntry.objects.filter(actor__merged_into__isnull=True)
    return (entries if reader.sees_all else entries.none()).order_by("-happened_on", "-id")


def open_steps(entries: QuerySet[ContactEntry]) -> QuerySet[ContactEntry]:
    """Return those of ``entries`` with a step that is not done: first what has waited longest.

    A step without a day comes after those that have one, the oldest talk first.
    """
    steps = entries.exclude(next_step="").filter(done_on__isnull=True)
    return steps.order_by(F("next_step_on").asc(nulls_last=True), "happened_on", "id")


def entries_that_may_name(contact: Contact, *, reader: Reader) -> QuerySet[ContactEntry]:
    """Return the entries about the contact's actor in which a part of their name stands."""
    named = Q(pk__in=[])
    for part in parts_of_name(contact.name):
        named |= Q(text__icontains=part) | Q(next_step__icontains=part)
    return contact_entries_seen_by(reader).filter(named, actor=contact.actor_id)


def parts_of_name(name: str) -> list[str]:
    """Return the words of a name that are long enough to look for.

    >>> parts_of_name("Kari N. Holm")
    ['Kari', 'Holm']
    """
    return [part for part in re.split(r"[\s.,-]+", name) if len(part) >= _SHORTEST_NAME]
