"""What is done with what we know of people: who was erased, what someone asks, what was let go."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.kernel.models import Kept
from samskap.trust.models.people import Person

LONGEST_WISH = 2000


class Erasure(Kept):
    """One row that was erased, known by its key alone: what is back after a restore goes again.

    The same stands in a file outside the database (``samskap.trust.privacy.ledger``).
    """

    # The model's label and the row's own key: 'trust.Person', 'actors.Contact'.
    kind = models.CharField(max_length=64)
    subject = models.UUIDField()
    erased_at = models.DateTimeField()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="trust_erasure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Wish(models.TextChoices):
    """What someone asks of what we have about them."""

    RECTIFY = "rectify", pgettext_lazy("privacy", "Put something right")
    ERASE = "erase", pgettext_lazy("privacy", "Erase what you have about me")
    RESTRICT = "restrict", pgettext_lazy("privacy", "Do not use it for now")
    OBJECT = "object", pgettext_lazy("privacy", "I do not want you to use it")


class PrivacyRequest(Kept):
    """Someone asks to have something put right or erased; the secretariat answers in a month."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="privacy_requests")
    wish = models.CharField(_("what you ask"), max_length=16, choices=Wish.choices)
    text = models.TextField(_("in your own words"), max_length=LONGEST_WISH, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(_("the answer"), max_length=LONGEST_WISH, blank=True)

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wish__in=Wish.values), name="trust_privacyrequest_known_wish"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish} {self.key}"


class RetentionRun(Kept):
    """One round of letting go what is past its time: how much, by rule."""

    ran_at = models.DateTimeField()
    # The rule's key to a number.
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("round of retention")
        verbose_name_plural = _("rounds of retention")
        ordering = ["-ran_at", "-id"]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"
