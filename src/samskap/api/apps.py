"""The room as Django sees it."""

from django.apps import AppConfig


class APIConfig(AppConfig):
    """One room of the house."""

    name = "samskap.api"
    label = "api"
