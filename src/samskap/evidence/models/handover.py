"""How much of a place another took over, where one became several."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samskap.evidence.models.place import Place
from samskap.evidence.models.source import Source
from samskap.kernel.models import Kept


class Handover(Kept):
    """The share of a predecessor that a successor took over when it was divided.

    A place that was renamed or merged went over whole, and needs no row here. ``source`` says
    what the share counts, such as inhabitants on the day.
    """

    predecessor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="handed_over")
    successor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="taken_over")
    share = models.FloatField(_("share"))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="handovers")

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["predecessor_id", "successor_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="evidence_handover_one_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="evidence_handover_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}, {self.successor}: {self.share:.4f}"
