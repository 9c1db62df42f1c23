"""A file that was brought in, and what became of each of its rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.models.actor import Actor
from samskap.evidence.models import Source
from samskap.kernel.models import Kept
from samskap.trust.models import Person, Visibility


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", pgettext_lazy("import", "Waiting to be read")
    READ = "read", pgettext_lazy("import", "Read, not brought in yet")
    REFUSED = "refused", pgettext_lazy("import", "Could not be read")
    APPLIED = "applied", pgettext_lazy("import", "Brought in")
    CANCELLED = "cancelled", pgettext_lazy("import", "Put away")


def upload_path(run: ImportRun, _filename: str) -> str:
    """Return where an upload is kept: under a name of our own, never the sender's."""
    return f"imports/{run.key}"


class ImportRun(Kept):
    """One file on its way in. Nothing of it is an actor before it is applied, then all of it."""

    file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    file_name = models.CharField(_("file name"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    # What it was read as: 'table', 'brreg-json', 'brreg-csv'.
    format = models.CharField(max_length=24, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imports")
    headers = models.JSONField(default=list)
    # Our field to the file's column.
    mapping = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    state = models.CharField(
        max_length=16, choices=ImportState.choices, default=ImportState.WAITING
    )
    # 'created', 'updated', 'unchanged', 'rejected'.
    counts = models.JSONField(default=dict)
    # The day the file is from: what somebody confirmed later is not overwritten.
    file_on = models.DateField(_("the file is from"), null=True)
    # Who may see the actors that are new.
    visibility = models.CharField(
        _("visible to"),
        max_length=16,
        choices=Visibility.choices,
        default=Visibility.SECRETARIAT,
        db_default=Visibility.SECRETARIAT,
    )
    # Bring in those, too, that look like somebody we know.
    admits_lookalikes = models.BooleanField(default=False, db_default=False)
    is_demo = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Somebody has said that it shall be brought in, and a job is about to.
    asked_for_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="actors_importrun_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.key})"


class RowOutcome(models.TextChoices):
    """What a row would lead to, or has led to."""

    CREATED = "created", pgettext_lazy("row of an import", "New")
    UPDATED = "updated", pgettext_lazy("row of an import", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("row of an import", "As before")
    REJECTED = "rejected", pgettext_lazy("row of an import", "Rejected")


class ImportRow(models.Model):
    """One row of a file: what stood there, what comes of it, and why when it is rejected."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    # The line it begins on in the file, counted from 1.
    line = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    outcome = models.CharField(max_length=16, choices=RowOutcome.choices)
    # Remarks, as ``Remark.kept`` has them; and the keys of actors it may be a duplicate of.
    reasons = models.JSONField(default=list)
    lookalikes = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["run", "line", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=RowOutcome.values), name="actors_importrow_known_outcome"
            ),
        ]
        indexes = [models.Index(fields=["run", "outcome", "line"], name="actors_importrow_of_run")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line} {self.outcome}"


class ColumnMapping(models.Model):
    """Which column meant what the last time a file came from this source."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="column_mapping")
    mapping = models.JSONField(default=dict)
    remembered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        ordering = ["source"]

    def __str__(self) -> str:
        return str(self.source_id)
