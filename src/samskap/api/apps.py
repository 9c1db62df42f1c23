"""The room as Django sees it."""

from django.apps import AppConfig


class APIConfig(AppConfig):
    """One room of the house."""

    name = "samskap.api"
    label = "api"

    def ready(self) -> None:
        """Let the checks be known."""
        from samskap.api import checks  # noqa: F401, PLC0415
