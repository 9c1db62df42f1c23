"""The room as Django sees it."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db.models.signals import post_delete, post_save


class StrategyConfig(AppConfig):
    """One room of the house."""

    name = "samskap.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Let the partnership be read once a request, and again when it changes."""
        from samskap.strategy import queries  # noqa: PLC0415 - models are ready first now
        from samskap.strategy.models import Partnership  # noqa: PLC0415

        request_started.connect(queries.begin_request)
        request_finished.connect(queries.end_request)
        for changed in (post_save, post_delete):
            changed.connect(queries.forget_partnership, sender=Partnership)
