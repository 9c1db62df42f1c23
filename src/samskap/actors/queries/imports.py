"""What is read of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.actors.models import ImportRun
from samskap.trust.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.trust.access import Reader


def imports_seen_by(reader: Reader) -> QuerySet[ImportRun]:
    """Return the imports, the newest first, for the secretariat, which alone brings files in."""
    runs = ImportRun.objects.select_related("source").order_by("-uploaded_at", "-id")
    return runs if Role.SECRETARIAT in reader.roles else runs.none()
