"""Two rows turned out to be one organisation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samskap.actors.models.actor import Actor
from samskap.kernel.models import Kept
from samskap.trust.models import Person


class Merge(Kept):
    """``absorbed`` became ``kept``. ``record`` holds all that it takes to undo it."""

    kept = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges_kept")
    absorbed = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges_absorbed")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    record = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("merge of two actors")
        verbose_name_plural = _("merges of actors")
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="actors_merge_is_of_two"),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="actors_merge_absorbed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} -> {self.kept_id}"


class NotTheSame(models.Model):
    """Someone looked at two actors that look alike and said that they are two."""

    first = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="actors_notthesame_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="actors_notthesame_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"
