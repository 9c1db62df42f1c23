"""Where a fact comes from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samskap.kernel.text import LocalisedTextField
from samskap.trust.models import Visible


class Source(Visible):
    """A register, a dataset, a report or a page that something here rests on."""

    key = models.SlugField(max_length=64, unique=True)
    title = LocalisedTextField(_("title"))
    publisher = models.CharField(_("publisher"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)

    class Meta(Visible.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.key
