"""The room as Django sees it."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """One room of the house."""

    name = "samskap.workspace"
    label = "workspace"
