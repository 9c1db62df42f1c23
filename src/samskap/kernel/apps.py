"""The room as Django sees it."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """One room of the house."""

    name = "samskap.kernel"
    label = "kernel"
