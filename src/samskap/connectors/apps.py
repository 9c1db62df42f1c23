"""The room as Django sees it."""

from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    """One room of the house."""

    name = "samskap.connectors"
    label = "connectors"
