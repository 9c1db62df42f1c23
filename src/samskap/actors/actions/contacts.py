"""Keep whom we talk with at an actor, and forget them when they ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.actors import rules
from samskap.actors.forgetting import known_of
from samskap.actors.models import Basis, Contact
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.trust import audit
from samskap.trust.privacy import erasures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from samskap.actors.models import Actor
    from samskap.kernel.languages import Language
    from samskap.trust.doers import Doer


class ContactHasLeftError(Exception):
    """The contact has left already; what is said of them is history."""


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What we keep of someone at an actor: their work, how to reach them, and why we may."""

    name: str
    basis: Basis
    source_note: str
    role: str = ""
    email: str = ""
    phone: str = ""
    language: Language = DEFAULT_LANGUAGE


@transaction.atomic
def add_contact(
    *, actor: Actor, facts: ContactFacts, by: Doer, at: datetime, is_demo: bool = False
) -> Contact:
    """Keep someone who works at ``actor``. Raises ``ValidationError`` when a fact is not right."""
    rules.require(rules.may_keep_contacts, by)
    contact = Contact(actor=actor, since=timezone.localdate(at), is_demo=is_demo, **_fields(facts))
    contact.full_clean()
    contact.save()
    audit.record("contact.added", about=contact, by=by, at=at, changes=_names(_fields(facts)))
    return contact


@transaction.atomic
def edit_contact(*, contact: Contact, facts: ContactFacts, by: Doer, at: datetime) -> Contact:
    """Let what we keep of ``contact`` be as ``facts`` say; no trace when it was so already.

    Raises ``ContactHasLeftError`` for one who has left, else as ``add_contact`` does.
    """
    rules.require(rules.may_keep_contacts, by)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.left_on is not None:
        raise ContactHasLeftError(contact.key)
    changed = [name for name, fact in _fields(facts).items() if getattr(contact, name) != fact]
    if not changed:
        return contact
    for name in changed:
        setattr(contact, name, _fields(facts)[name])
    contact.full_clean()
    contact.save(update_fields=changed)
    audit.record("contact.edited", about=contact, by=by, at=at, changes=_names(changed))
    return contact


@transaction.atomic
def contact_has_left(*, contact: Contact, on: date, by: Doer, at: datetime) -> Contact:
    """Say that ``contact`` works there no more from ``on``; what was said with them stays.

    Raises ``ContactHasLeftError`` when they had left already, and ``ValidationError`` for a day
    that has not come.
    """
    rules.require(rules.may_keep_contacts, by)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.left_on is not None:
        raise ContactHasLeftError(contact.key)
    if on > timezone.localdate(at):
        raise ValidationError({"on": _("Choose today or a day that has been.")})
    contact.left_on = on
    contact.save(update_fields=["left_on"])
    audit.record(
        "contact.left", about=contact, by=by, at=at, changes={"left_on": [None, on.isoformat()]}
    )
    return contact


@transaction.atomic
def erase_contact(*, contact: Contact, by: Doer, at: datetime) -> int:
    """Forget ``contact``: their row, their place in the log, their name wherever it is written.

    The trail keeps that it was done, and no more. Where the whole name, the address or the
    telephone number stood in a text becomes ``STRUCK``. A first name alone is left:
    ``queries.entries_that_may_name`` finds those to read through. Returns how many entries of the
    contact log were changed.
    """
    rules.require(rules.may_keep_contacts, by)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    # The room's own part of it writes the entry in the trail: audit.record, "contact.erased".
    done = erasures.erase(known_of(contact), by=by, at=at)
    return done.struck.get("actors.ContactEntry", 0)


def _fields(facts: ContactFacts) -> dict[str, Any]:
    return {
        "name": facts.name.strip(),
        "role": facts.role.strip(),
        "email": facts.email.strip(),
        "phone": facts.phone.strip(),
        "language": facts.language,
        "basis": facts.basis,
        "source_note": facts.source_note.strip(),
    }


def _names(fields: Iterable[str]) -> dict[str, list[Any]]:
    """Name what was set or changed, without a value: what is personal stays out of the trail."""
    return {name: [] for name in fields}
