"""The room as Django sees it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrustConfig(AppConfig):
    """Trust: people, parties, mandates, visibility and the audit trail."""

    name = "samskap.trust"
    label = "trust"

    def ready(self) -> None:
        """Give the application's database role its rights after every migration."""
        from samskap.trust import checks  # noqa: F401, PLC0415 - registers itself
        from samskap.trust.database_roles import grant_after_migrate  # noqa: PLC0415

        post_migrate.connect(grant_after_migrate, dispatch_uid="samskap.trust.grant")
