"""The room as Django sees it."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """One room of the house."""

    name = "samskap.evidence"
    label = "evidence"
