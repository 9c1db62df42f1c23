"""From a day, to a day: when something holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from samskap.kernel.checking import Checked

if TYPE_CHECKING:
    from datetime import date


class Lasting(Checked):
    """Something that holds from ``valid_from`` until, and not including, ``valid_to``."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
            ),
        ]

    def is_valid_on(self, day: date) -> bool:
        """Whether this holds on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def valid_on(day: date, *, prefix: str = "") -> Q:
    """Select the rows that hold on ``day``; ``prefix`` reaches through a relation ('place__')."""
    starts = Q(**{f"{prefix}valid_from__lte": day})
    goes_on = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return starts & goes_on
