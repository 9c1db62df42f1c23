"""The room as Django sees it."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """One room of the house."""

    name = "samskap.strategy"
    label = "strategy"
