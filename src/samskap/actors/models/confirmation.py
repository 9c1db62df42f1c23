"""“Stemmer dette?”: an actor is asked once a year, and what it answers is a suggestion."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.models.actor import Actor
from samskap.actors.models.contact import Contact
from samskap.kernel.models import Kept
from samskap.trust.models import Person


class ConfirmationLetter(Kept):
    """One letter with one link. The link opens one page, once answered never again."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="confirmation_letters")
    # To whom: a contact, or the organisation's own address.
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The link's secret is kept by its digest alone.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("letter that asks whether what we know is right")
        verbose_name_plural = _("letters that ask whether what we know is right")
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["actor", "-sent_at"], name="actors_confirmation_of_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.sent_at:%Y-%m-%d}"


class SuggestionKind(models.TextChoices):
    """What is suggested."""

    CORRECT = "correct", pgettext_lazy("suggestion", "Correct a field")
    REMOVE = "remove", pgettext_lazy("suggestion", "Take the actor out")
    COMMENT = "comment", pgettext_lazy("suggestion", "A comment")


class SuggestionState(models.TextChoices):
    """What came of it."""

    WAITING = "waiting", pgettext_lazy("suggestion", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("suggestion", "Accepted")
    DECLINED = "declined", pgettext_lazy("suggestion", "Declined")


class Suggestion(Kept):
    """A change of what we say of an actor, until the secretariat accepts or declines it."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="suggestions")
    # Where it came from: the actor's own answer, or an import whose value is not the confirmed one.
    letter = models.ForeignKey(
        ConfirmationLetter,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suggestions",
    )
    import_run = models.ForeignKey(
        "actors.ImportRun",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suggestions",
    )
    kind = models.CharField(max_length=16, choices=SuggestionKind.choices)
    field = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    comment = models.TextField(blank=True, max_length=2000)
    suggested_at = models.DateTimeField()
    state = models.CharField(
        max_length=16, choices=SuggestionState.choices, default=SuggestionState.WAITING
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["suggested_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SuggestionKind.values), name="actors_suggestion_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SuggestionState.values), name="actors_suggestion_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=SuggestionState.WAITING) | Q(decided_at__isnull=False),
                name="actors_suggestion_decided_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "suggested_at"], name="actors_suggestion_waiting")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.kind} {self.field} ({self.key})"
