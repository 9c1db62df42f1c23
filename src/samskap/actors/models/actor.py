"""An organisation the partnership knows. A person is never an actor."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.evidence.models import Place, Source
from samskap.kernel.folding import searchable
from samskap.kernel.identifiers import Country, clean_organisation_number
from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from samskap.kernel.models import Kept
from samskap.kernel.sorting import norwegian_sort_key
from samskap.kernel.text import LocalisedTextField
from samskap.strategy.keys import Factor, Side
from samskap.trust.models import Party, Visible


class ActorKind(models.TextChoices):
    """What sort of organisation an actor is: a closed list."""

    MUNICIPALITY = "municipality", pgettext_lazy("kind of actor", "Municipality")
    COUNTY = "county", pgettext_lazy("kind of actor", "County council")
    STATE_BODY = "state-body", pgettext_lazy("kind of actor", "State body")
    INTER_MUNICIPAL_COUNCIL = (
        "inter-municipal-council",
        pgettext_lazy("kind of actor", "Inter-municipal council"),
    )
    BUSINESS_ASSOCIATION = (
        "business-association",
        pgettext_lazy("kind of actor", "Business association"),
    )
    CLUSTER = "cluster", pgettext_lazy("kind of actor", "Cluster")
    INCUBATOR = "incubator", pgettext_lazy("kind of actor", "Incubator")
    RESEARCH = "research", pgettext_lazy("kind of actor", "University or research institute")
    SCHOOL = "school", pgettext_lazy("kind of actor", "School")
    COMPANY = "company", pgettext_lazy("kind of actor", "Company")
    INVESTOR = "investor", pgettext_lazy("kind of actor", "Investor")
    BANK = "bank", pgettext_lazy("kind of actor", "Bank")
    UNION = "union", pgettext_lazy("kind of actor", "Union")
    EMPLOYERS_ORGANISATION = (
        "employers-organisation",
        pgettext_lazy("kind of actor", "Employers’ organisation"),
    )
    DESTINATION_COMPANY = (
        "destination-company",
        pgettext_lazy("kind of actor", "Destination company"),
    )
    FOUNDATION = "foundation", pgettext_lazy("kind of actor", "Foundation")
    OTHER = "other", pgettext_lazy("kind of actor", "Other")


class Actor(Kept, Visible):
    """An organisation, with the one party that holds its rights.

    Every actor is known to the partnership; what more it is to the partnership is said elsewhere.
    """

    slug = models.SlugField(_("key in addresses"), max_length=80, unique=True)
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="actor")
    kind = models.CharField(_("kind"), max_length=32, choices=ActorKind.choices)
    country = models.CharField(
        _("country"), max_length=2, choices=[(each.value, each.value) for each in Country]
    )
    # Digits alone; empty when the organisation has no number of its own.
    organisation_number = models.CharField(_("organisation number"), max_length=10, blank=True)
    name = LocalisedTextField(_("name"))
    official_name = models.CharField(_("name in the register"), max_length=250, blank=True)
    # Where it works from; the area it works for, when that is wider than one municipality.
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="actors")
    side = models.CharField(_("side"), max_length=16, choices=Side.choices, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="actors")
    source_note = LocalisedTextField(_("what the source says"), blank=True)
    is_demo = models.BooleanField(default=False)

    # Computed from the names: the order in the default language, in each language, and what a
    # search looks in.
    sort_key = models.TextField(db_collation="C", editable=False)
    sort_keys = models.JSONField(default=dict, editable=False)
    search_text = models.TextField(editable=False)

    class Meta(Visible.Meta):
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["sort_key", "id"]
        constraints = [
            *Visible.Meta.constraints,
            models.UniqueConstraint(
                fields=["country", "organisation_number"],
                condition=~Q(organisation_number=""),
                name="actors_actor_one_for_each_number",
                violation_error_message=_(
                    "Another actor has this number. Check the digits, or change that actor."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ActorKind.values), name="actors_actor_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["", *Side.values]), name="actors_actor_known_side"
            ),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="actors_actor_order")]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """Refuse a number whose check digit is wrong; keep it as digits alone."""
        super().clean()
        if self.organisation_number:
            self.organisation_number = clean_organisation_number(
                self.organisation_number, country=self.country
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is computed from the names in step with them."""
        names = {language: self.name.in_language(language) for language in LANGUAGES}
        self.sort_keys = {language: norwegian_sort_key(name) for language, name in names.items()}
        self.sort_key = self.sort_keys[DEFAULT_LANGUAGE]
        self.search_text = searchable(
            *self.name.values(),
            self.official_name,
            self.organisation_number,
            *self.place.name.values(),
        )
        super().save(*args, **kwargs)


class ActorFactor(models.Model):
    """An actor counts under a factor, and why. It may count under several."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="factors")
    factor = models.CharField(_("factor"), max_length=32, choices=Factor.choices)
    reason = LocalisedTextField(_("reason"))

    class Meta:
        verbose_name = _("factor of an actor")
        verbose_name_plural = _("factors of actors")
        constraints = [
            models.UniqueConstraint(fields=["actor", "factor"], name="actors_actorfactor_once"),
            models.CheckConstraint(
                condition=Q(factor__in=Factor.values), name="actors_actorfactor_known_factor"
            ),
        ]
        indexes = [models.Index(fields=["factor", "actor"], name="actors_actorfactor_of_factor")]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.factor}"
