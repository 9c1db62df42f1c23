"""A version of the strategy. Published, it never changes; the database sees to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from samskap.kernel.dates import day_in_words
from samskap.kernel.text import LocalisedTextField
from samskap.trust.models import Visibility, Visible

LABEL_PATTERN = r"^[0-9a-z]+([.-][0-9a-z]+)*$"
ADOPTED_PATTERN = r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"


def next_label(label: str) -> str:
    """Return a label for the version after ``label``.

    >>> next_label("2024-27"), next_label("2024-27.2")
    ('2024-27.2', '2024-27.3')
    """
    stem, dot, number = label.rpartition(".")
    return f"{stem}.{int(number) + 1}" if dot and number.isdigit() else f"{label}.2"


@dataclass(frozen=True, slots=True)
class AdoptionDate:
    """When a strategy was adopted, as exactly as we know: the day is ``None`` when we do not."""

    year: int
    month: int
    day: int | None = None

    @classmethod
    def from_iso(cls, written: str) -> AdoptionDate:
        """Read '2024-03' or '2024-03-15'."""
        return cls(*map(int, written.split("-")))

    @property
    def iso(self) -> str:
        """The same as text: '2024-03' or '2024-03-15'."""
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}{day}"

    @property
    def earliest(self) -> dt.date:
        """The first day it can have been."""
        return dt.date(self.year, self.month, self.day or 1)

    def __str__(self) -> str:
        if self.day is None:
            return f"{MONTHS[self.month]} {self.year}"
        return day_in_words(self.earliest)

    @property
    def when(self) -> str:
        """The same inside a sentence: 'in March 2024' or 'on 15 March 2024'."""
        if self.day is None:
            return pgettext("when", "in %(month)s") % {"month": self}
        return pgettext("when", "on %(day)s") % {"day": self}


class StrategyVersion(Visible):
    """The strategic platform as it stood: a draft for the secretariat, then published for all."""

    label = models.CharField(
        _("version"), max_length=32, unique=True, validators=[RegexValidator(LABEL_PATTERN)]
    )
    title = LocalisedTextField(_("title"))
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    # '2024-03' when the day is not known, else '2024-03-15'.
    adopted = models.CharField(
        _("adopted"), max_length=10, validators=[RegexValidator(ADOPTED_PATTERN)]
    )
    # What the version was read from, and a fingerprint of all that it says.
    source = LocalisedTextField(_("source"))
    digest = models.CharField(max_length=64, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    class Meta(Visible.Meta):
        verbose_name = _("version of the strategy")
        verbose_name_plural = _("versions of the strategy")
        ordering = ["-adopted", "-first_year", "label"]
        constraints = [
            *Visible.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="strategy_version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(adopted__regex=ADOPTED_PATTERN),
                name="strategy_version_adopted_is_a_date_or_month",
            ),
            models.CheckConstraint(
                condition=Q(label__regex=LABEL_PATTERN), name="strategy_version_label_is_a_slug"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, visibility=Visibility.SECRETARIAT)
                | Q(published_at__isnull=False, visibility=Visibility.PUBLIC),
                name="strategy_version_published_is_public",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        """What the audit trail calls this version."""
        return self.label

    @property
    def is_published(self) -> bool:
        """Whether everyone sees this version, and nobody can change it."""
        return self.published_at is not None

    @property
    def adopted_on(self) -> AdoptionDate:
        """When it was adopted, as exactly as we know."""
        return AdoptionDate.from_iso(self.adopted)

    def covers(self, year: int) -> bool:
        """Whether ``year`` is in the strategy's period."""
        return self.first_year <= year <= self.last_year
