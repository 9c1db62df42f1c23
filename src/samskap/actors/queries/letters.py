"""Letters that ask whether what we know is right, and the suggestions that came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from samskap.actors.letters import digest_of
from samskap.actors.models import (
    Actor,
    ActorStatus,
    ConfirmationLetter,
    Contact,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from samskap.actors.queries.people import contacts_on
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from samskap.trust.access import Reader


def open_letter(secret: str, *, at: datetime) -> ConfirmationLetter | None:
    """Return the letter whose link has ``secret``, if it can still be answered at ``at``.

    The link is all it takes: it reaches this letter and nothing else.
    """
    return (
        ConfirmationLetter.objects.filter(
            token_digest=digest_of(secret), answered_at__isnull=True, expires_at__gt=at
        )
        .select_related("actor__place", "contact")
        .first()
    )


def letters_seen_by(reader: Reader) -> QuerySet[ConfirmationLetter]:
    """Return the letters that were sent, the newest first; the secretariat's own."""
    letters = ConfirmationLetter.objects.order_by("-sent_at", "-id")
    return letters if reader.sees_all else letters.none()


def suggestions_seen_by(reader: Reader) -> QuerySet[Suggestion]:
    """Return the suggestions, the oldest first, to those who see all; to others there are none."""
    suggestions = Suggestion.objects.order_by("suggested_at", "id")
    return suggestions if reader.sees_all else suggestions.none()


def waiting(suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Return those of ``suggestions`` that nobody has answered."""
    return suggestions.filter(state=SuggestionState.WAITING)


def contact_to_ask(actor: Actor, *, at: datetime) -> Contact | None:
    """Return the one at ``actor`` whom we have known the longest and have an address of."""
    here = contacts_on(Contact.objects.filter(actor=actor), timezone.localdate(at))
    people = here.exclude(email="")
    return people.order_by("since", "id").first()


def due_for_a_letter(*, before: datetime) -> QuerySet[Actor]:
    """Return the actors whose last letter was sent before ``before``: those asked once before.

    Not those that are gone, merged, kept to the secretariat, or have asked to be taken out.
    """
    letters = ConfirmationLetter.objects.filter(actor=OuterRef("pk"))
    asked_out = Suggestion.objects.filter(actor=OuterRef("pk"), kind=SuggestionKind.REMOVE).exclude(
        state=SuggestionState.DECLINED
    )
    known = Actor.objects.filter(
        ~Q(visibility=Visibility.SECRETARIAT),
        merged_into__isnull=True,
        status=ActorStatus.ACTIVE,
    )
    return known.filter(
        Exists(letters), ~Exists(letters.filter(sent_at__gte=before)), ~Exists(asked_out)
    ).order_by("id")
