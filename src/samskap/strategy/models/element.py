"""One thing that a version of the strategy says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from samskap.kernel.checking import Checked
from samskap.kernel.text import LocalisedTextField
from samskap.strategy.models.version import StrategyVersion


class ElementKind(models.TextChoices):
    """What a strategy is made of, in the order a reader meets it."""

    VISION = "vision", pgettext_lazy("strategy", "Vision")
    MISSION = "mission", pgettext_lazy("strategy", "Mission")
    ROLE = "role", pgettext_lazy("strategy", "Role")
    VALUE = "value", pgettext_lazy("strategy", "Value")
    PURPOSE = "purpose", pgettext_lazy("strategy", "Purpose")
    PRECONDITION = "precondition", pgettext_lazy("strategy", "Precondition")
    OUTCOME = "outcome", pgettext_lazy("strategy", "Outcome")
    FOCUS_AREA = "focus-area", pgettext_lazy("strategy", "Focus area")
    GOAL = "goal", pgettext_lazy("strategy", "Goal")
    THEME = "theme", pgettext_lazy("strategy", "Theme")
    FACTOR = "factor", pgettext_lazy("strategy", "Factor")
    SIDE = "side", pgettext_lazy("strategy", "Side")
    PRINCIPLE = "principle", pgettext_lazy("strategy", "Principle")
    NEIGHBOUR = "neighbour", pgettext_lazy("strategy", "Neighbouring region")
    SUB_REGION = "sub-region", pgettext_lazy("strategy", "Sub-region")
    EVIDENCE = "evidence", pgettext_lazy("strategy", "Evidence")
    NOTE = "note", pgettext_lazy("strategy", "Note")


class StrategyElement(Checked):
    """One thing the strategy says, with an address of its own: version, kind and key.

    ``attributes`` holds what only some kinds have, as the schema of ``strategy.yaml`` says:
    a focus area's ``kind`` and whom it ``serves``, an evidence's ``publisher`` and ``year``.
    A parent is of the same version; the database sees to it.
    """

    version = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="elements")
    kind = models.CharField(max_length=16, choices=ElementKind.choices)
    key = models.SlugField(max_length=64)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    # From 0, in the order of the document.
    position = models.PositiveIntegerField()
    title = LocalisedTextField()
    body = LocalisedTextField()
    attributes = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("strategy", "element of the strategy")
        verbose_name_plural = pgettext_lazy("strategy", "elements of the strategy")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "key"], name="strategy_element_one_of_a_key"
            ),
            models.UniqueConstraint(
                fields=["version", "position"], name="strategy_element_one_in_a_place"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ElementKind.values), name="strategy_element_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="strategy_element_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.label} {self.kind} {self.key}"
