"""The room as Django sees it."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The partners' desk."""

    name = "samskap.workspace"
    label = "workspace"

    def ready(self) -> None:
        """Listen to what allauth and Django tell of."""
        from samskap.workspace import guessing, sign_in, watching  # noqa: F401, PLC0415
