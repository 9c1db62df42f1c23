"""The room as Django sees it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """One room of the house."""

    name = "samskap.ui"
    label = "ui"
