"""What more we say of an actor: codes, focus areas, sites, and where each field is known from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.models.actor import Actor
from samskap.evidence.models import Place, Source
from samskap.kernel.models import Checked, Kept
from samskap.strategy.keys import FocusAreaKey
from samskap.trust.models import Person


class CodeStandard(models.TextChoices):
    """A code of industry means something only in its standard."""

    SN2007 = "SN2007", "SN2007"
    SN2025 = "SN2025", "SN2025"
    SNI2007 = "SNI2007", "SNI 2007"
    SNI2025 = "SNI2025", "SNI 2025"


class IndustryCode(Checked):
    """What an actor does, as a register codes it. The first is the main one."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="industry_codes")
    standard = models.CharField(_("standard"), max_length=8, choices=CodeStandard.choices)
    # As it is written: '16.102', '16' or 'C'.
    code = models.CharField(_("code"), max_length=8)
    position = models.PositiveSmallIntegerField(default=1)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("industry code")
        verbose_name_plural = _("industry codes")
        ordering = ["actor", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "standard", "code"], name="actors_industrycode_once"
            ),
            models.CheckConstraint(
                condition=Q(standard__in=CodeStandard.values),
                name="actors_industrycode_known_standard",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^([A-V]|[0-9]{2}(\.[0-9]{1,3})?)$"),
                name="actors_industrycode_is_a_code",
                violation_error_message=_("Write an industry code as 16, 16.1 or 16.102."),
            ),
        ]
        indexes = [
            models.Index(fields=["standard", "code", "actor"], name="actors_industrycode_of_code")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.standard} {self.code}"


class ActorFocusArea(Checked):
    """An actor works within a focus area of the strategy."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="focus_areas")
    focus_area = models.CharField(_("focus area"), max_length=32, choices=FocusAreaKey.choices)

    class Meta:
        verbose_name = _("focus area of an actor")
        verbose_name_plural = _("focus areas of actors")
        ordering = ["actor", "focus_area"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "focus_area"], name="actors_actorfocusarea_once"
            ),
            models.CheckConstraint(
                condition=Q(focus_area__in=FocusAreaKey.values),
                name="actors_actorfocusarea_known",
            ),
        ]
        indexes = [
            models.Index(fields=["focus_area", "actor"], name="actors_actorfocusarea_of_area")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.focus_area}"


class Site(Kept):
    """A place where an actor works, beside the one it has its address at."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("name"), max_length=250)
    # The number of the sub-unit in the register, where it has one.
    organisation_number = models.CharField(_("organisation number"), max_length=10, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="sites")
    street = models.CharField(_("street address"), max_length=250, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    post_town = models.CharField(_("post town"), max_length=100, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["actor", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "organisation_number"],
                condition=~Q(organisation_number=""),
                name="actors_site_one_for_each_number",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="actors_site_is_a_point",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.name} ({self.key})"


class Confirmed(models.TextChoices):
    """Who says that a field is right."""

    ACTOR = "actor", pgettext_lazy("confirmed by", "The actor itself")
    SECRETARIAT = "secretariat", pgettext_lazy("confirmed by", "The secretariat")
    REGISTER = "register", pgettext_lazy("confirmed by", "A register")
    FILE = "file", pgettext_lazy("confirmed by", "A file that was brought in")


class FieldOrigin(models.Model):
    """Where one field of an actor is known from, and who confirmed it last, when.

    ``field`` is a field of ``Actor``, or 'factors', 'industry_codes', 'focus_areas', 'sites'.
    """

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="origins")
    field = models.CharField(max_length=40)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.CharField(max_length=16, choices=Confirmed.choices)
    confirmed_on = models.DateField()
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("origin of a field")
        verbose_name_plural = _("origins of fields")
        ordering = ["actor", "field"]
        constraints = [
            models.UniqueConstraint(fields=["actor", "field"], name="actors_fieldorigin_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__in=Confirmed.values),
                name="actors_fieldorigin_known_confirmer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}.{self.field} {self.confirmed_on}"
