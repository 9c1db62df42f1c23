"""The room as Django sees it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """One room of the house."""

    name = "samskap.jobs"
    label = "jobs"
