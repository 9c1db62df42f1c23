"""An organisation the partnership knows. A person is never an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.evidence.models import Place, Source
from samskap.kernel.folding import searchable
from samskap.kernel.identifiers import (
    FORMS_OF_PERSONS,
    Country,
    clean_organisation_number,
)
from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from samskap.kernel.models import Checked, Kept
from samskap.kernel.sorting import norwegian_sort_key
from samskap.kernel.text import LocalisedTextField
from samskap.strategy.keys import Factor, Side
from samskap.trust.models import Party, Visibility, Visible

if TYPE_CHECKING:
    from collections.abc import Iterator


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


class ActorStatus(models.TextChoices):
    """Whether the organisation is at work."""

    ACTIVE = "active", pgettext_lazy("status of an actor", "Active")
    WINDING_UP = "winding-up", pgettext_lazy("status of an actor", "Being wound up")
    BANKRUPT = "bankrupt", pgettext_lazy("status of an actor", "Bankrupt")
    CLOSED = "closed", pgettext_lazy("status of an actor", "Closed")


class Size(models.TextChoices):
    """How many it employs, in the bands Statistics Norway uses; few counts are hidden."""

    UNKNOWN = "unknown", pgettext_lazy("size", "Not known")
    NONE = "none", pgettext_lazy("size", "No employees")
    FEW = "1-4", pgettext_lazy("size", "1 to 4 employees")
    SMALL = "5-19", pgettext_lazy("size", "5 to 19 employees")
    MEDIUM = "20-49", pgettext_lazy("size", "20 to 49 employees")
    LARGE = "50-249", pgettext_lazy("size", "50 to 249 employees")
    LARGEST = "250+", pgettext_lazy("size", "250 employees or more")


_SIZES = ((250, Size.LARGEST), (50, Size.LARGE), (20, Size.MEDIUM), (5, Size.SMALL), (1, Size.FEW))


def size_of(employees: int | None, *, are_few: bool = False) -> Size:
    """Return the band of ``employees``; ``are_few`` says the register hides a number under 5."""
    if employees is None:
        return Size.FEW if are_few else Size.UNKNOWN
    return next((band for least, band in _SIZES if employees >= least), Size.NONE)


# Words that stand where an actor's key does in an address, in each language: a test holds them up
# to the addresses there are.
RESERVED_SLUGS = frozenset(
    {
        *("dobbelte", "dubbletter", "duplicates"),
        *("importer", "imports"),
        *("nettverk", "natverk", "network"),
        *("ny", "new"),
        *("nummer", "number"),
        *("sted", "plats", "place"),
        *("sammenslainger", "sammanslagningar", "merges"),
    }
)


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

    # The register's code: 'AS', 'KOMM', 'FLI'; 'AB' over the border.
    legal_form = models.CharField(
        _("legal form"), max_length=12, blank=True, default="", db_default=""
    )
    description = LocalisedTextField(
        _("what it does"), blank=True, db_default=Value({}, models.JSONField())
    )
    web = models.URLField(_("web page"), max_length=300, blank=True, default="", db_default="")
    # The organisation's own, which it shows to everyone; a person's stand with the person.
    email = models.EmailField(_("e-mail"), blank=True, default="", db_default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="", db_default="")
    street = models.CharField(
        _("street address"), max_length=250, blank=True, default="", db_default=""
    )
    postcode = models.CharField(_("postcode"), max_length=10, blank=True, default="", db_default="")
    post_town = models.CharField(
        _("post town"), max_length=100, blank=True, default="", db_default=""
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    # The register says that there are some and hides how many: fewer than five.
    employees_are_few = models.BooleanField(default=False, db_default=False)
    employees_on = models.DateField(_("counted on"), null=True, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=ActorStatus.choices,
        default=ActorStatus.ACTIVE,
        db_default=ActorStatus.ACTIVE,
    )
    # Which written norm a letter to it follows: 'nb' or 'nn'; empty when it has not said.
    written_norm = models.CharField(
        _("written norm"),
        max_length=2,
        choices=[("nb", "Bokmål"), ("nn", "Nynorsk")],
        blank=True,
        default="",
        db_default="",
    )
    # The day we first wrote it down, empty when that is longer ago than we remember; and the
    # first day one of its fields is out of date.
    known_since = models.DateField(
        _("known since"), default=timezone.localdate, null=True, blank=True
    )
    stale_from = models.DateField(null=True, blank=True, editable=False)
    # The other that this one turned out to be; a merge hands its number over.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    size = models.CharField(
        max_length=8,
        choices=Size.choices,
        default=Size.UNKNOWN,
        db_default=Size.UNKNOWN,
        editable=False,
    )

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
            models.CheckConstraint(
                condition=Q(status__in=ActorStatus.values), name="actors_actor_known_status"
            ),
            models.CheckConstraint(
                condition=Q(size__in=Size.values), name="actors_actor_known_size"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="actors_actor_is_a_point",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="actors_actor_is_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="actors_actor_order"),
            GinIndex(
                fields=["search_text"], name="actors_actor_search", opclasses=["gin_trgm_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """Refuse a number whose check digit is wrong; keep it as digits alone."""
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {
                    "slug": _(
                        "An address of ours has this name. Choose another, such as %(name)s-2."
                    )
                    % {"name": self.slug}
                }
            )
        if self.legal_form in FORMS_OF_PERSONS:
            raise ValidationError(
                {
                    "legal_form": _(
                        "A sole proprietor (%(form)s) is a person, and a person is never an actor."
                    )
                    % {"form": self.legal_form}
                }
            )
        if self.organisation_number:
            self.organisation_number = clean_organisation_number(
                self.organisation_number, country=self.country
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is computed from the other fields in step with them."""
        self.bring_in_step()
        super().save(*args, **kwargs)

    def bring_in_step(self) -> None:
        """Compute order, size and what a search looks in; for whoever writes many at once."""
        names = {language: self.name.in_language(language) for language in LANGUAGES}
        self.sort_keys = {language: norwegian_sort_key(name) for language, name in names.items()}
        self.sort_key = self.sort_keys[DEFAULT_LANGUAGE]
        self.size = size_of(self.employees, are_few=self.employees_are_few)
        self.search_text = searchable(
            *self.name.values(),
            self.official_name,
            self.organisation_number,
            *self.place.name.values(),
            *self._names_of_absorbed(),
            *self.description.values(),
        )

    def _names_of_absorbed(self) -> Iterator[str]:
        """Whoever looks for one that was merged into this one finds this one.

        A name that was for fewer than this one is for is not looked for: it would be told.
        """
        for other in self._all_absorbed():
            if other.is_for_all_of(self):
                yield from other.name.values()
                yield other.official_name

    def _all_absorbed(self) -> Iterator[Actor]:
        """Yield those that were merged into this one, and those that had been into them."""
        for other in self.absorbed.all() if self.pk else ():
            yield other
            yield from other._all_absorbed()

    def is_for_all_of(self, other: Actor) -> bool:
        """Tell whether everyone who may see ``other`` may see this one."""
        seen_alike = (self.visibility, self.visible_to_party_id) == (
            other.visibility,
            other.visible_to_party_id,
        )
        everyone, the_desk = Visibility.PUBLIC, Visibility.SECRETARIAT
        return seen_alike or self.visibility == everyone or other.visibility == the_desk


class ActorFactor(Checked):
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
