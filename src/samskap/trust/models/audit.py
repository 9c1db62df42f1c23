"""What was done, by whom, when: written once, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from samskap.trust.models.rights import Party


class Door(models.TextChoices):
    """The way an action came in."""

    WORKSPACE = "workspace", _("Workspace")
    PORTAL = "portal", _("Portal")
    API = "api", _("API")
    CLI = "cli", _("Command line")
    JOBS = "jobs", _("Scheduled work")
    UNKNOWN = "unknown", _("Unknown")


class AuditEntry(models.Model):
    """One action on one object. The application's database role can add entries, nothing else."""

    verb = models.CharField(max_length=64)
    about_kind = models.CharField(max_length=64)
    about_key = models.CharField(max_length=64)
    # The pseudonym of the account; empty when it was done at the machine or by a job.
    by = models.UUIDField(null=True, blank=True)
    on_behalf_of = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # When it happened, as whoever did it says; an import may tell of last year.
    at = models.DateTimeField()
    # When it was written down, by the database's clock; empty in entries older than the column.
    recorded_at = models.DateTimeField(null=True, editable=False, db_default=Now())
    door = models.CharField(max_length=16, choices=Door.choices, default=Door.UNKNOWN)
    # Field name to [before, after]; personal values are left out and only the name stands.
    changes = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["about_kind", "about_key", "id"], name="trust_audit_about"),
            models.Index(fields=["at"], name="trust_audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.about_kind}:{self.about_key}"
