"""What may be forgotten, in a table that every process of an installation shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class Cached(models.Model):
    """One remembered value; Django's database cache reads and writes the columns it expects."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "kernel"
        db_table = "kernel_cached"

    def __str__(self) -> str:
        return self.cache_key


def forget_expired(at: datetime) -> int:
    """Remove what nobody may read any more at ``at``, and count it."""
    return Cached.objects.filter(expires__lt=at).delete()[0]
