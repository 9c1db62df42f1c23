"""What is read of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.actors.models import ImportRun, ImportState
from samskap.trust.models import Role

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from samskap.trust.access import Reader


def imports_seen_by(reader: Reader) -> QuerySet[ImportRun]:
    """Return the imports, the newest first, for the secretariat, which alone brings files in."""
    runs = ImportRun.objects.select_related("source").order_by("-uploaded_at", "-id")
    return runs if Role.SECRETARIAT in reader.roles else runs.none()


def left_lying(*, since: datetime) -> QuerySet[ImportRun]:
    """Return the imports that came before ``since`` and that nobody has brought in or put away."""
    open_still = (ImportState.WAITING, ImportState.READ, ImportState.REFUSED)
    found = ImportRun.objects.filter(state__in=open_still, uploaded_at__lt=since)
    return found.filter(asked_for_at__isnull=True).order_by("id")
