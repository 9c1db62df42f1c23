"""What is read of people, mandates and the audit trail, each through its access function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from samskap.kernel.period import valid_on
from samskap.trust.models import AuditEntry, Invitation, Mandate, Person, Role, User
from samskap.trust.rules import MUST_HAVE_SECOND_STEP

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from samskap.trust.access import Reader

SECOND_STEPS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_KEEPS_PEOPLE: Final = frozenset({Role.SECRETARIAT, Role.AUDITOR, Role.ADMINISTRATOR})


def people_seen_by(reader: Reader) -> QuerySet[Person]:
    """Return those ``reader`` may see: everyone, or those who act for the same party."""
    people = Person.objects.order_by("name", "id")
    if reader.roles & _KEEPS_PEOPLE:
        return people
    return people.filter(mandates__party__in=reader.acts_for).distinct()


def mandates_seen_by(reader: Reader) -> QuerySet[Mandate]:
    """Return the mandates ``reader`` may see: all, or those of the parties acted for."""
    mandates = Mandate.objects.order_by("valid_from", "id")
    if reader.roles & _KEEPS_PEOPLE:
        return mandates
    return mandates.filter(party__in=reader.acts_for)


def audit_entries_seen_by(reader: Reader) -> QuerySet[AuditEntry]:
    """Return the whole trail to the auditor and the secretariat, nothing to others."""
    entries = AuditEntry.objects.order_by("-id")
    return entries if reader.sees_all else entries.none()


def changes_to(things: QuerySet[Any]) -> QuerySet[AuditEntry]:
    """Return what was done to ``things``, the newest first.

    Whoever may see a thing may see that it changed: hand in only what the reader may see, and show
    neither who did it nor why to one who may not read the trail.
    """
    keys = things.order_by().annotate(key_in_trail=Cast("key", TextField())).values("key_in_trail")
    return AuditEntry.objects.filter(
        about_kind=things.model._meta.label_lower, about_key__in=keys
    ).order_by("-id")


def mandates_that_lapse(reader: Reader, *, after: date, before: date) -> QuerySet[Mandate]:
    """Return the mandates held on ``after`` that end by ``before``, the first to end first."""
    return (
        mandates_seen_by(reader)
        .filter(valid_on(after), valid_to__lte=before)
        .select_related("person", "party")
        .order_by("valid_to", "id")
    )


def names_by_pseudonym(pseudonyms: Collection[UUID]) -> dict[UUID, str]:
    """Return who stands behind the trail's pseudonyms; one who is erased has no name here."""
    found = Person.objects.filter(user__pseudonym__in=pseudonyms, erased_at=None)
    return dict(found.values_list("user__pseudonym", "name"))


def pseudonyms_of(name: str) -> list[UUID]:
    """Return the pseudonyms of those whose name or address holds ``name``."""
    found = User.objects.filter(Q(person__name__icontains=name) | Q(email__icontains=name))
    return list(found.order_by("id").values_list("pseudonym", flat=True))


def demo_accounts() -> QuerySet[User]:
    """Return the open accounts of invented people: none, outside a demonstration."""
    return User.objects.filter(is_demo=True, is_active=True).order_by("id")


def has_second_step(user: User) -> bool:
    """Whether more than a password stands between the world and ``user``."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_STEPS).exists())


def who_lack_a_second_step(*, on: date) -> QuerySet[Person]:
    """Return those with an open account whose role on the day ``on`` asks for one, by name."""
    held = Mandate.objects.filter(
        valid_on(on), person=OuterRef("pk"), capacity__in=MUST_HAVE_SECOND_STEP
    )
    second = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_STEPS)
    asked = Person.objects.filter(Exists(held), user__is_active=True)
    return asked.filter(~Exists(second)).select_related("user").order_by("name", "id")


def open_invitation_of(person: Person) -> Invitation | None:
    """Return the invitation that ``person`` has neither accepted nor had withdrawn, if any."""
    waiting = Invitation.objects.filter(person=person, accepted_at=None, withdrawn_at=None)
    return waiting.select_related("invited_by").first()


def language_of(email: str) -> str | None:
    """Return the language we write to this address in; ``None`` when we know nobody there."""
    person = Person.objects.filter(user__email__iexact=email).first()
    return person.language if person else None
