"""The room as Django sees it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """One room of the house."""

    name = "samskap.portal"
    label = "portal"
