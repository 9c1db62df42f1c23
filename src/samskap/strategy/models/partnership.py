"""The partnership that this installation serves."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.kernel.identifiers import Country
from samskap.kernel.languages import LANGUAGES
from samskap.kernel.text import LocalisedTextField


class Host(models.TextChoices):
    """Whose rules the partnership works by: it decides on openness, archives and accessibility."""

    PUBLIC = "public", pgettext_lazy("host", "Public body")
    ASSOCIATION = "association", pgettext_lazy("host", "Association")


class Partnership(models.Model):
    """One installation serves one partnership: this table has one row."""

    key = models.SlugField(max_length=64, unique=True)
    name = LocalisedTextField(_("name"))
    short_name = LocalisedTextField(_("short name"))
    region_name = LocalisedTextField(_("region"))
    host = models.CharField(_("organised as"), max_length=16, choices=Host.choices)
    # The secretariat's own address, which anyone may write to; empty when none is known.
    contact = models.EmailField(_("contact address"), blank=True, default="", db_default="")
    languages = ArrayField(
        models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES]),
        verbose_name=_("languages"),
    )
    default_language = models.CharField(
        _("default language"), max_length=2, choices=[(code, code) for code in LANGUAGES]
    )
    # The home region, in the codes of the day the region folder was written for.
    home_country = models.CharField(
        max_length=2, choices=[(each.value, each.value) for each in Country]
    )
    home_place = models.CharField(max_length=32, validators=[RegexValidator(r"^[0-9A-Za-z-]+$")])
    municipalities = ArrayField(models.CharField(max_length=32))
    # Lists of {key, name, country, places}: ours, and those next door.
    sub_regions = models.JSONField(default=list, blank=True)
    neighbours = models.JSONField(default=list, blank=True)
    is_only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_only=True), name="strategy_partnership_is_the_only_one"
            ),
            models.CheckConstraint(
                condition=Q(host__in=Host.values), name="strategy_partnership_known_host"
            ),
            models.CheckConstraint(
                condition=Q(languages__contains=[models.F("default_language")]),
                name="strategy_partnership_speaks_its_default",
            ),
        ]

    def __str__(self) -> str:
        return self.key
