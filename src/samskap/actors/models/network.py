"""Where each actor stands in the picture of the network: computed by a job, never typed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samskap.actors.models.actor import Actor


class NetworkScope(models.TextChoices):
    """Of which ties a picture is drawn: what is private must not shape what the public sees."""

    PUBLIC = "public", _("Everyone")
    PARTNERS = "partners", _("The partners")
    ALL = "all", _("The secretariat")


class NetworkRun(models.Model):
    """One computation of the whole network, and how many it covered."""

    scope = models.CharField(max_length=16, choices=NetworkScope.choices, unique=True)
    computed_at = models.DateTimeField()
    # Digest of the actors and ties it was computed from: the same again is not computed again.
    fingerprint = models.CharField(max_length=64)
    actors = models.PositiveIntegerField()
    ties = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("computation of the network")
        verbose_name_plural = _("computations of the network")
        ordering = ["scope"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=NetworkScope.values), name="actors_networkrun_known_scope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.computed_at:%Y-%m-%d %H:%M}"


class NetworkPosition(models.Model):
    """An actor's point in the unit square, and how it stands among the others."""

    scope = models.CharField(max_length=16, choices=NetworkScope.choices)
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="positions")
    x = models.FloatField()
    y = models.FloatField()
    degree = models.PositiveIntegerField()
    # Share of all shortest paths between others that run through it, 0 to 1.
    betweenness = models.FloatField()
    component = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("place in the network")
        verbose_name_plural = _("places in the network")
        ordering = ["scope", "actor"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "actor"], name="actors_networkposition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.actor_id}"
