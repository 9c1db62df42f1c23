"""Contacts and the contact log: the secretariat's own, and the auditor's to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.actors.models import Contact, ContactEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.trust.access import Reader


def contacts_seen_by(reader: Reader) -> QuerySet[Contact]:
    """Return the contacts ``reader`` may see; to anyone else there are none."""
    contacts = Contact.objects.filter(actor__merged_into__isnull=True)
    return (contacts if reader.sees_all else contacts.none()).order_by("actor", "name", "id")


def contact_entries_seen_by(reader: Reader) -> QuerySet[ContactEntry]:
    """Return the entries ``reader`` may see, the newest first; to anyone else there are none."""
    entries = ContactEntry.objects.filter(actor__merged_into__isnull=True)
    return (entries if reader.sees_all else entries.none()).order_by("-happened_on", "-id")
