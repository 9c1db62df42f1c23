"""A place has a code for a time; when the code changes, another place takes over."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from samskap.evidence.models.source import Source
from samskap.kernel.identifiers import Country
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.models import Kept
from samskap.kernel.period import Lasting
from samskap.kernel.sorting import norwegian_sort_key
from samskap.kernel.text import LocalisedTextField


class Level(models.TextChoices):
    """How wide a place is."""

    COUNTRY = "country", _("Country")
    COUNTY = "county", _("County")
    MUNICIPALITY = "municipality", _("Municipality")
    SUB_REGION = "sub-region", _("Sub-region")
    LABOUR_MARKET_REGION = "labour-market-region", _("Labour-market region")


class DateRange(Func):
    """From a day until, and not including, another; an empty end never comes."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Place(Kept, Lasting):
    """A country, county, municipality or group of municipalities under one code.

    In data a code needs a date: 3003 was Sarpsborg until the year 2024, 3105 has been since.
    Places are official geography and therefore public, every one of them.
    """

    country = models.CharField(
        _("country"), max_length=2, choices=[(each.value, each.value) for each in Country]
    )
    code = models.CharField(_("code"), max_length=32)
    level = models.CharField(_("level"), max_length=32, choices=Level.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    name = LocalisedTextField(_("name"))
    # In Norwegian order, whatever order the database would choose.
    sort_key = models.TextField(db_collation="C", editable=False)
    # A point inside the place, in degrees north and east.
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    # The municipalities of a sub-region or a labour-market region; a county's are found through
    # ``parent``. One municipality may be a member of one of each.
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="sub_regions"
    )
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="places")

    class Meta(Lasting.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["sort_key", "id"]
        constraints = [
            *Lasting.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="evidence_place_known_level"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # A comparison with nothing is no refusal to the database: say that both are there.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="evidence_place_centroid_is_a_point",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="evidence_place_is_not_its_own_parent",
            ),
            ExclusionConstraint(
                name="evidence_place_one_place_a_code_a_day",
                expressions=[
                    ("country", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another place has this code in the same time."),
            ),
        ]
        indexes = [models.Index(fields=["parent", "level"], name="evidence_place_parts")]

    def __str__(self) -> str:
        return f"{self.country} {self.code} {self.name} ({self.valid_from})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key in step with the name."""
        self.sort_key = norwegian_sort_key(self.name.in_language(DEFAULT_LANGUAGE))
        super().save(*args, **kwargs)

    @property
    def centroid(self) -> tuple[float, float] | None:
        """Latitude and longitude of a point inside the place, when we know one."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude
