"""A row for every statement that changed what the directory is made of."""

from __future__ import annotations

from django.db import models


class DirectoryChange(models.Model):
    """Triggers write it: with the change and never without, seen by whoever sees the change.

    That nothing has changed since is all it tells. The newest are kept.
    """

    class Meta:
        verbose_name = "change of the directory"
        verbose_name_plural = "changes of the directory"

    def __str__(self) -> str:
        return str(self.pk)
