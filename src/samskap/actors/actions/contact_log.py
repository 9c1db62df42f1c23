"""Write up a talk in a minute, and see to what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.actors import rules
from samskap.actors.models import ContactEntry
from samskap.trust import audit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from samskap.actors.models import Actor, Contact, ContactKind
    from samskap.trust.doers import Doer
    from samskap.trust.models import Person


class NoNextStepError(Exception):
    """The talk has no next step, or the step is as it is asked to be already."""


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """A talk: with whom, how, when, three lines, and what comes next.

    ``ours`` is who of ours it was; ``contacts`` are those of ``actor`` who were there.
    """

    actor: Actor
    kind: ContactKind
    happened_on: date
    text: str
    ours: Person | None
    contacts: Sequence[Contact] = ()
    next_step: str = ""
    next_step_on: date | None = None


@transaction.atomic
def write_up_talk(
    *, facts: TalkFacts, token: UUID, by: Doer, at: datetime, is_demo: bool = False
) -> ContactEntry:
    """Write a talk into the log, once for each ``token``.

    The same token again is the same talk sent twice: the entry that is there becomes as ``facts``
    say, which for a button that was pressed twice is as it was. Raises ``ValidationError`` when
    something is not right.
    """
    rules.require(rules.may_keep_contacts, by)
    there = ContactEntry.objects.filter(key=token).first()
    if there is not None:
        return edit_talk(entry=there, facts=facts, by=by, at=at)
    entry = ContactEntry(key=token, written_at=at, is_demo=is_demo, **_fields(facts))
    _check(entry, facts, at)
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        # The other of two at once was quicker.
        there = ContactEntry.objects.get(key=token)
        return edit_talk(entry=there, facts=facts, by=by, at=at)
    entry.contacts.set(facts.contacts)
    audit.record("talk.written-up", about=entry, by=by, at=at, changes=_told(facts))
    return entry


@transaction.atomic
def edit_talk(*, entry: ContactEntry, facts: TalkFacts, by: Doer, at: datetime) -> ContactEntry:
    """Let ``entry`` be as ``facts`` say; leaves no trace when it was so already."""
    rules.require(rules.may_keep_contacts, by)
    entry = ContactEntry.objects.select_for_update().get(pk=entry.pk)
    fields = _fields(facts)
    changed = [name for name, fact in fields.items() if getattr(entry, name) != fact]
    there = set(entry.contacts.values_list("pk", flat=True))
    if there != {contact.pk for contact in facts.contacts}:
        changed.append("contacts")
    if not changed:
        return entry
    for name, fact in fields.items():
        setattr(entry, name, fact)
    if not entry.next_step:
        entry.done_on = None
    _check(entry, facts, at)
    entry.save()
    entry.contacts.set(facts.contacts)
    audit.record("talk.edited", about=entry, by=by, at=at, changes={name: [] for name in changed})
    return entry


@transaction.atomic
def remove_talk(*, entry: ContactEntry, by: Doer, at: datetime) -> None:
    """Take a talk out of the log: it was written twice, or should not have been kept."""
    rules.require(rules.may_keep_contacts, by)
    audit.record(
        "talk.removed",
        about=entry,
        by=by,
        at=at,
        changes={
            "actor": [str(entry.actor.key), None],
            "kind": [entry.kind, None],
            "happened_on": [entry.happened_on.isoformat(), None],
            "text": [],
        },
    )
    entry.delete()


@transaction.atomic
def finish_next_step(*, entry: ContactEntry, by: Doer, at: datetime) -> ContactEntry:
    """Say that what was to come next is done. Raises ``NoNextStepError`` when nothing is open."""
    rules.require(rules.may_keep_contacts, by)
    entry = ContactEntry.objects.select_for_update().get(pk=entry.pk)
    if not entry.next_step or entry.done_on is not None:
        raise NoNextStepError(entry.key)
    entry.done_on = timezone.localdate(at)
    entry.save(update_fields=["done_on"])
    changes = {"done_on": [None, entry.done_on.isoformat()]}
    audit.record("next-step.done", about=entry, by=by, at=at, changes=changes)
    return entry


@transaction.atomic
def reopen_next_step(*, entry: ContactEntry, by: Doer, at: datetime) -> ContactEntry:
    """Say that it is not done after all. Raises ``NoNextStepError`` when it is open already."""
    rules.require(rules.may_keep_contacts, by)
    entry = ContactEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.done_on is None:
        raise NoNextStepError(entry.key)
    changes = {"done_on": [entry.done_on.isoformat(), None]}
    entry.done_on = None
    entry.save(update_fields=["done_on"])
    audit.record("next-step.reopened", about=entry, by=by, at=at, changes=changes)
    return entry


def _check(entry: ContactEntry, facts: TalkFacts, at: datetime) -> None:
    if facts.happened_on > timezone.localdate(at):
        raise ValidationError(
            {"happened_on": _("A talk is written up when it has been. Choose today or earlier.")}
        )
    if any(contact.actor_id != facts.actor.pk for contact in facts.contacts):
        raise ValidationError({"contacts": _("Choose those who work at this actor.")})
    # The token is asked for apart, and by the database.
    entry.full_clean(exclude=["key"])


def _fields(facts: TalkFacts) -> dict[str, Any]:
    return {
        "actor": facts.actor,
        "kind": facts.kind,
        "happened_on": facts.happened_on,
        "text": facts.text.strip(),
        "by": facts.ours,
        "next_step": facts.next_step.strip(),
        "next_step_on": facts.next_step_on,
    }


def _told(facts: TalkFacts) -> dict[str, list[Any]]:
    """Tell what is of no person: what was said, and with whom, stays out of the trail."""
    return {
        "actor": [None, str(facts.actor.key)],
        "kind": [None, str(facts.kind)],
        "happened_on": [None, facts.happened_on.isoformat()],
        "text": [],
    }
