"""A letter on its way: kept until it is delivered, then only that it was."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import datetime


class Letter(models.Model):
    """One mail, known by a key that makes it go out once.

    Until delivery it holds the message as it goes over the wire; after it, neither text nor
    address.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sender = models.CharField(max_length=320)
    recipients = models.JSONField(default=list)
    message = models.BinaryField(default=bytes)
    queued_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(message=b"", recipients=[]),
                name="kernel_letter_is_forgotten_once_delivered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    def forget(self, at: datetime) -> None:
        """Keep that the letter was delivered at ``at``, and nothing of what it said to whom."""
        self.message, self.recipients, self.delivered_at = b"", [], at
        self.save(update_fields=["message", "recipients", "delivered_at"])
