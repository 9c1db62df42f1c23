"""Where a place ends, and who lives on the other side."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samskap.evidence.models.place import Place
from samskap.evidence.models.source import Source
from samskap.kernel.models import Kept


class Boundary(Kept):
    """The outline of a place as one source draws it; a later drawing replaces the earlier.

    ``geometry`` is a GeoJSON MultiPolygon in degrees (WGS 84), simplified for maps on a screen;
    ``area_km2`` is what it encloses.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="boundaries")
    geometry = models.JSONField(_("geometry"))
    area_km2 = models.FloatField(_("area in square kilometres"))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="boundaries")
    fetched_on = models.DateField(_("fetched on"))

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        ordering = ["place_id", "-fetched_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "source"], name="evidence_boundary_one_a_place_and_source"
            ),
            models.CheckConstraint(
                condition=Q(area_km2__gt=0), name="evidence_boundary_encloses_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} ({self.source})"


class Neighbour(Kept):
    """Two places that lie beside each other, on the word of a source.

    Kept once for a pair: ``one`` is the row that was there first.
    """

    one = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="neighbours")

    class Meta:
        verbose_name = _("neighbour")
        verbose_name_plural = _("neighbours")
        ordering = ["one_id", "other_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="evidence_neighbour_one_a_pair"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="evidence_neighbour_first_row_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}, {self.other}"
