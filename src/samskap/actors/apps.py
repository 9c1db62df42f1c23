"""The room as Django sees it."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """One room of the house."""

    name = "samskap.actors"
    label = "actors"
